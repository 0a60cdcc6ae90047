import type { Chance } from "../../test/histories/chance.ts";
import { NAMES, NUMBERS, TEXTS } from "./hostile.ts";
import type { Known } from "./known.ts";
import { fields, list, raw, said, type Tree, treeOf } from "./tree.ts";

export type Schema = Readonly<Record<string, unknown>>;

/** How often a field that may be left out is there, a required one is not, and a value is none that the schema allows. */
const OPTIONAL = 0.4;
const FORGOTTEN = 0.02;
const STRANGE = 0.04;
const ITEMS_MAX = 4;

const choicesOf = ({ anyOf, oneOf, allOf }: Schema) =>
  (anyOf ?? oneOf ?? allOf) as readonly Schema[] | undefined;
const fieldsOf = (schema: Schema) => (schema["properties"] ?? {}) as Readonly<Record<string, Schema>>;

/** What a schema allows, mostly: with things that exist where something is named. */
export function fromSchema(
  schema: Schema,
  name: string,
  by: { readonly dice: Chance; readonly known: Known },
): Tree {
  const { dice, known } = by;
  const choices = choicesOf(schema);
  if (choices) return fromSchema(dice.pick(choices), name, by);
  if (dice.odds(STRANGE)) return dice.odds(0.5) ? said(dice.pick(TEXTS)) : raw(dice.pick(NUMBERS));
  if ("const" in schema) return treeOf(schema["const"]);
  if (Array.isArray(schema["enum"])) return treeOf(dice.pick(schema["enum"]));
  const heard = known.of(dice, name);
  switch (schema["type"]) {
    case "object":
      return objectFrom(schema, by);
    case "array": {
      const least = Number(schema["minItems"] ?? 0);
      const first = (schema["prefixItems"] ?? []) as readonly Schema[];
      if (first.length > 0) return list(first.map((item) => fromSchema(item, name, by)));
      const items = (schema["items"] || {}) as Schema;
      const count = Math.min(50, dice.whole(least, Math.max(least, ITEMS_MAX)));
      return list(Array.from({ length: count }, () => fromSchema(items, name, by)));
    }
    case "boolean":
      return raw(dice.odds(0.5) ? "true" : "false");
    case "integer":
    case "number":
      return numberFrom(schema, heard, dice);
    case "string":
      return typeof heard === "string" && dice.odds(0.9) ? said(heard) : said(known.word(dice));
    default:
      return heard === undefined ? said(known.word(dice)) : treeOf(heard);
  }
}

function objectFrom(schema: Schema, by: { readonly dice: Chance; readonly known: Known }): Tree {
  const { dice, known } = by;
  const required = new Set((schema["required"] ?? []) as readonly string[]);
  const own = Object.entries(fieldsOf(schema)).filter(([name]) =>
    required.has(name) ? !dice.odds(FORGOTTEN) : dice.odds(OPTIONAL),
  );
  const others = schema["additionalProperties"];
  const more = typeof others === "object" && others !== null ? dice.whole(0, 3) : 0;
  const data = Array.from({ length: more }, () => {
    const name = dice.odds(0.1) ? dice.pick(NAMES) : dice.pick(["Nd", "Pr", "Dy", "Fe", known.word(dice)]);
    return [name, fromSchema(others as Schema, name, by)] as const;
  });
  return fields([...own.map(([name, inner]) => [name, fromSchema(inner, name, by)] as const), ...data]);
}

function numberFrom(schema: Schema, heard: unknown, dice: Chance): Tree {
  if (typeof heard === "number" && dice.odds(0.7)) return treeOf(heard);
  const least = Number(schema["minimum"] ?? schema["exclusiveMinimum"] ?? 0);
  const most = Number(schema["maximum"] ?? schema["exclusiveMaximum"] ?? 1000);
  const between = least + (Math.min(most, 1e6) - least) * dice.uniform();
  const value = dice.odds(0.2) ? dice.pick([least, most]) : between;
  return treeOf(schema["type"] === "integer" ? Math.round(value) : Number(value.toPrecision(4)));
}

/** What a schema says of the part below these names, if anything. */
export function schemaAt(schema: Schema, names: readonly string[]): Schema | undefined {
  const choices = choicesOf(schema);
  if (choices) {
    for (const choice of choices) {
      const found = schemaAt(choice, names);
      if (found) return found;
    }
    return undefined;
  }
  const items = schema["items"] as Schema | undefined;
  if (items) return schemaAt(items, names);
  const [next, ...rest] = names;
  if (next === undefined) return schema;
  const inner = Object.hasOwn(fieldsOf(schema), next) ? fieldsOf(schema)[next] : undefined;
  const others = schema["additionalProperties"];
  const found = inner ?? (typeof others === "object" && others !== null ? (others as Schema) : undefined);
  return found && schemaAt(found, rest);
}

/** A field that may stand in the object below these names, as the schema has it. */
export function anotherField(
  schema: Schema,
  names: readonly string[],
  by: { readonly dice: Chance; readonly known: Known },
): readonly [string, Tree] | undefined {
  const here = schemaAt(schema, names);
  const found = by.dice.some(Object.entries(here ? fieldsOf(here) : {}));
  return found && [found[0], fromSchema(found[1], found[0], by)];
}
