import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { openApi } from "../src/api/openapi.ts";
import { answerSchema, type Json, published, refusalsOf } from "../src/app/core/published.ts";
import { useCases } from "../src/app/use-cases.ts";

const root = join(import.meta.dirname, "..");
/** Where its generator is installed, with the older compiler that it asks for. */
const here = join(root, "generated-client");

/** How a stranger would call what was generated: the path, what it takes, what it answers, why it may be refused. */
const CALLING = `
import type { paths } from "./client.ts";
type Body<O> = O extends { requestBody: { content: { "application/json": infer B } } } ? B : undefined;
type Asked<Q> = [Exclude<Q, undefined>] extends [never] ? object : Q;
type Query<O> = O extends { parameters: { query?: infer Q } } ? Asked<Q> : undefined;
type Ok<O> = O extends { responses: { 200: { content: { "application/json": infer A } } } } ? A : never;
type Refusals<R> = { [S in keyof R]: R[S] extends { content: { "application/problem+json": infer P } } ? P : never }[keyof R];
type Refused<O> = O extends { responses: infer R } ? Refusals<R> : never;
export declare function get<P extends keyof paths>(path: P, query: Query<paths[P]["get"]>): Ok<paths[P]["get"]>;
export declare function post<P extends keyof paths>(path: P, body: Body<paths[P]["post"]>): Ok<paths[P]["post"]>;
export declare function refusedGet<P extends keyof paths>(path: P): Refused<paths[P]["get"]>;
export declare function refusedPost<P extends keyof paths>(path: P): Refused<paths[P]["post"]>;
`;

interface Call {
  readonly path: string;
  readonly lines: readonly string[];
}

/** A call of each operation with its example, a field of its answer read by name, and each code compared. */
const calls: readonly Call[] = useCases.map((useCase, i) => {
  const path = `/api/${useCase.room}/${useCase.verb}`;
  const verb = useCase.type === "query" ? "get" : "post";
  const answer = useCase.type === "command" ? `answered${i}.answer` : `answered${i}`;
  const codes = Object.keys(refusalsOf(useCase)).map((code) => `refused${i}.code === "${code}"`);
  return {
    path,
    lines: [
      `const answered${i} = ${verb}("${path}", ${JSON.stringify(useCase.example)});`,
      `void ${reading(answerSchema(useCase), answer)};`,
      `const refused${i} = refused${verb === "get" ? "Get" : "Post"}("${path}");`,
      `void [${["refused".concat(String(i), ".detail"), ...codes].join(", ")}];`,
    ],
  };
});

/** Reads a field that is always there; of a list, one of its first item. */
function reading(schema: Json, from: string): string {
  const ref = schema["$ref"];
  if (typeof ref === "string")
    return reading(published().definitions[ref.split("/").at(-1) ?? ""] ?? {}, from);
  if (schema["type"] === "array") return reading(schema["items"] as Json, `${from}[0]!`);
  const [field] = (schema["required"] as readonly string[] | undefined) ?? [];
  return field === undefined ? from : `${from}[${JSON.stringify(field)}]`;
}

describe("a client that a stranger generates from the OpenAPI document", () => {
  // Inside the repository, so that the compiler finds what the generated code imports.
  const folder = mkdtempSync(join(here, "generated-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  before(() => {
    writeFileSync(join(folder, "openapi.json"), JSON.stringify(openApi(useCases, "test")));
    const generator = join(here, "node_modules", "openapi-typescript", "bin", "cli.js");
    const made = spawnSync(process.execPath, [generator, "openapi.json", "-o", "client.ts"], {
      cwd: folder,
      encoding: "utf8",
    });
    assert.equal(made.status, 0, made.stderr);
    writeFileSync(join(folder, "calling.ts"), CALLING);
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: "../../tsconfig.json",
        include: ["*.ts"],
        exclude: [],
        compilerOptions: { types: [] },
      }),
    );
  });

  /** What the compiler says of these lines, strictly. */
  function compiled(lines: readonly string[]): string {
    const imports =
      'import { get, post, refusedGet, refusedPost } from "./calling.ts";\nvoid [get, post, refusedGet, refusedPost];';
    writeFileSync(join(folder, "calls.ts"), `${imports}\n${lines.join("\n")}\n`);
    const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
    return spawnSync(process.execPath, [compiler, "-p", "tsconfig.json"], { cwd: folder, encoding: "utf8" })
      .stdout;
  }

  it(`A22 compiles a call of each of ${calls.length} operations, a named field of its answer, and its codes`, () => {
    assert.equal(compiled(calls.flatMap(({ lines }) => lines)), "");
  });

  it("does not compile a field that is not answered, a field that is not taken, or a code that is not refused", () => {
    for (const line of [
      'void get("/api/ledger/trace", { lot: "L" }).lotz;',
      'post("/api/orders/allocate", { order: "O", lot: "L", mas: "1 kg" });',
      'void (refusedPost("/api/orders/allocate").code === "promised_twice");',
    ])
      assert.match(compiled([line]), /error TS/, line);
  });
});
