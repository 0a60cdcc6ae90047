// What every use case answers and may refuse with, written down as schemas from its types.
import { resolve } from "node:path";
import { API, type Checker, type Type } from "typescript/unstable/sync";
import { type Json, Schemas } from "./schema-of.ts";

export type { Json } from "./schema-of.ts";

export interface PublishedSchemas {
  readonly answers: Readonly<Record<string, Json>>;
  /** Codes a use case may refuse with, in the order of the alphabet, with the schemas of what else such a refusal names. */
  readonly refusals: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly definitions: Readonly<Record<string, Json>>;
}

/** Where it stands, made by `npm run publish-types`. */
export const PUBLISHED = "src/contract/published.json";

const LIST = "src/app/use-cases.ts";

/** What any refusal holds. */
const IN_EVERY_REFUSAL = new Set(["code", "at", "message", "numbers"]);

export function publish(root = "."): PublishedSchemas {
  const api = new API({ cwd: resolve(root) });
  try {
    const project = api.updateSnapshot({ openProject: resolve(root, "tsconfig.json") }).getProjects()[0];
    const file = project?.program.getSourceFile(resolve(root, LIST));
    const list = file && project?.checker.getSymbolAtLocation(file);
    if (!project || !list) throw new Error(`${LIST} is not part of the project`);
    const { checker } = project;
    const published = checker.getExportsOfModule(list).find(({ name }) => name === "Published");
    if (!published) throw new Error(`${LIST} exports no type Published`);
    const { answers, refusals } = membersOf(checker, checker.getDeclaredTypeOfSymbol(published));
    if (!answers || !refusals) throw new Error("Published has answers and refusals");
    const schemas = new Schemas(checker);
    const written = {
      answers: mapped(membersOf(checker, answers), (type, path) => schemas.of(type, path)),
      refusals: mapped(membersOf(checker, refusals), (type) => codesOf(checker, type, schemas)),
      definitions: sorted(schemas.definitions),
    };
    if (schemas.faults.length > 0) throw new Error(`these are not plain JSON:\n${schemas.faults.join("\n")}`);
    return written;
  } finally {
    api.close();
  }
}

function membersOf(checker: Checker, type: Type): Record<string, Type> {
  const members = checker.getPropertiesOfType(type);
  const types = checker.getTypeOfSymbol(members);
  return Object.fromEntries(members.flatMap(({ name }, i) => (types[i] ? [[name, types[i]]] : [])));
}

function codesOf(checker: Checker, type: Type, schemas: Schemas): Record<string, Json> {
  const found: Record<string, Record<string, Json>> = {};
  for (const one of type.isUnionType() ? type.getTypes() : [type]) {
    if (one.isIntrinsicType()) continue;
    const { code, ...members } = membersOf(checker, one);
    const named = Object.entries(members).filter(([name]) => !IN_EVERY_REFUSAL.has(name));
    for (const literal of code?.isUnionType() ? code.getTypes() : [code])
      if (literal?.isStringLiteralType())
        found[literal.value] = {
          // A code may be refused here with more beside it and there with less.
          ...found[literal.value],
          ...mapped(Object.fromEntries(named), (of, name) => schemas.of(of, name)),
        };
  }
  return sorted(found);
}

const mapped = <T, U>(
  all: Readonly<Record<string, T>>,
  change: (one: T, name: string) => U,
): Record<string, U> =>
  sorted(Object.fromEntries(Object.entries(all).map(([name, one]) => [name, change(one, name)])));

const sorted = <T>(all: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
