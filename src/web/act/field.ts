import type { FieldMeta, RefersTo } from "../../contract/identifiers.ts";

/** The part of JSON Schema that the API's inputs use (draft 2020-12, as in /api/openapi.json). */
export interface Schema extends FieldMeta {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly (string | number)[];
  readonly const?: unknown;
  readonly format?: string;
  readonly description?: string;
  readonly default?: unknown;
}

interface Told {
  readonly help?: string;
  /** Left empty it says null: there is none, which is not the same as nothing said. */
  readonly orNull?: true;
  readonly byDefault?: unknown;
  readonly title?: string;
  readonly unit?: string;
  /** Where what may be given stands; else it is written. */
  readonly refers?: RefersTo;
  /** Words offered where others may be written. */
  readonly offers?: readonly string[];
  /** Shown with what must be given. */
  readonly expected?: true;
}

/** What a form shows for one place of an input. */
export type Field = Told &
  (
    | { readonly kind: "text" | "mass" | "number" | "whole" | "instant" | "day" | "free" }
    | { readonly kind: "yes" }
    | { readonly kind: "choice"; readonly options: readonly (string | number)[]; readonly titles?: Titles }
    | { readonly kind: "constant"; readonly value: unknown }
    | { readonly kind: "group"; readonly fields: readonly NamedField[] }
    | { readonly kind: "list"; readonly of: Field; readonly min: number; readonly max: number }
    | { readonly kind: "record"; readonly key: Field; readonly of: Field }
    | { readonly kind: "variants"; readonly options: readonly Variant[] }
  );

/** What the options of a choice say, where the contract says it better than their codes do. */
type Titles = Readonly<Record<string, string>>;

export interface NamedField {
  readonly name: string;
  readonly field: Field;
  readonly required: boolean;
}

export interface Variant {
  readonly name: string;
  readonly field: Field;
}

/** Said of every field of its kind, so said nowhere: the field's own shape tells it. */
const GENERAL = /^(a name without spaces|an instant|a mass with its unit|a date)/;

const LIST_MAX = 500;

/** The field for a schema. What cannot be shown as fields is taken as a file. */
export function fieldOf(schema: Schema): Field {
  const told: Told = {
    ...(schema.description && !GENERAL.test(schema.description) ? { help: schema.description } : {}),
    ...(schema.default === undefined ? {} : { byDefault: schema.default }),
    ...(schema.title === undefined ? {} : { title: schema.title }),
    ...(schema["x-unit"] === undefined ? {} : { unit: schema["x-unit"] }),
    ...(schema["x-refers-to"] === undefined ? {} : { refers: schema["x-refers-to"] }),
    ...(schema["x-offers"] === undefined ? {} : { offers: schema["x-offers"] }),
    ...(schema["x-expected"] === undefined ? {} : { expected: true }),
  };
  return { ...told, ...shapeOf(schema) } as Field;
}

function shapeOf(schema: Schema): Field {
  if (schema.const !== undefined) return { kind: "constant", value: schema.const };
  if (schema.enum) return { kind: "choice", options: schema.enum };
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return unionOf(variants);
  switch (schema.type) {
    case "string":
      return { kind: schema.format === "date-time" ? "instant" : schema.format === "date" ? "day" : "text" };
    case "number":
      return { kind: "number" };
    case "integer":
      return { kind: "whole" };
    case "boolean":
      return { kind: "yes" };
    case "array":
      return schema.items
        ? {
            kind: "list",
            of: fieldOf(schema.items),
            min: schema.minItems ?? 0,
            max: schema.maxItems ?? LIST_MAX,
          }
        : { kind: "free" };
    case "object":
      return objectOf(schema);
    default:
      return { kind: "free" };
  }
}

function objectOf(schema: Schema): Field {
  if (schema.properties) {
    const required = new Set(schema.required);
    const fields = Object.entries(schema.properties).map(([name, of]) => ({
      name,
      field: fieldOf(of),
      required: required.has(name),
    }));
    return { kind: "group", fields };
  }
  const of = schema.additionalProperties;
  return typeof of === "object" && Object.keys(of).length > 0
    ? { kind: "record", key: fieldOf({ type: "string", ...schema.propertyNames }), of: fieldOf(of) }
    : { kind: "free" };
}

/** A mass is text with its unit or its parts; people write the text. Other unions are told apart by a constant or a name. */
function unionOf(given: readonly Schema[]): Field {
  const variants = given.filter((v) => v.type !== "null");
  if (variants.length < given.length && variants[0]) {
    return { ...(variants.length === 1 ? fieldOf(variants[0]) : unionOf(variants)), orNull: true };
  }
  if (variants.every((v) => v.const !== undefined)) return choiceOf(variants);
  const isMass = variants.some((v) => v.type === "string") && variants.some((v) => v.properties?.["unit"]);
  if (isMass) return { kind: "mass" };
  const scalar = variants.find((v) => v.type === "string");
  if (scalar && variants.some((v) => v.type === "number")) return { kind: "text" };
  const isForm = (v: Schema) => v.const !== undefined || (v.type === "object" && v.properties);
  // Lists of different things are told apart by what they are called.
  if (variants.every(isForm) || variants.every((v) => v.type === "array" && v.title !== undefined))
    return { kind: "variants", options: variants.map((v) => ({ name: nameOf(v), field: fieldOf(v) })) };
  return variants[0] ? fieldOf(variants[0]) : { kind: "free" };
}

function choiceOf(variants: readonly Schema[]): Field {
  const titles = variants.flatMap((v) => (v.title ? [[String(v.const), v.title] as const] : []));
  return {
    kind: "choice",
    options: variants.map((v) => v.const as string | number),
    ...(titles.length > 0 ? { titles: Object.fromEntries(titles) } : {}),
  };
}

function nameOf({ properties = {}, required = [], title }: Schema): string {
  if (title) return title;
  const constant = Object.values(properties).find((p) => p.const !== undefined);
  return constant ? String(constant.const) : required.join(", ");
}
