import type { Json } from "../app/core/published.ts";
import { FACE_CODES } from "../app/core/refusals.ts";

type Schemas = Readonly<Record<string, Json>>;
type Responses = Readonly<Record<string, Json>>;

export interface AnsweredField {
  /** With its place: `items[].mass_mg`. */
  readonly name: string;
  readonly schema: Json;
  readonly required: boolean;
}

/** How deep the page spells an answer out; the OpenAPI document holds all of it. */
const DEPTH_MAX = 3;

/** The fields of an answer, those of a list's items and of what a command answers spelled out. */
export function answeredFields(responses: Responses, schemas: Schemas): AnsweredField[] {
  const content = responses["200"]?.["content"] as Record<string, { schema: Json }> | undefined;
  const schema = content?.["application/json"]?.schema;
  return schema ? fieldsOf(schema, schemas, { at: "", depth: 0 }) : [];
}

function fieldsOf(schema: Json, schemas: Schemas, where: { at: string; depth: number }): AnsweredField[] {
  const { at, depth } = where;
  if (depth > DEPTH_MAX) return [];
  const of = resolved(schema, schemas);
  const parts = of["allOf"] as readonly Json[] | undefined;
  if (parts) return parts.flatMap((part) => fieldsOf(part, schemas, where));
  if (of["type"] === "array")
    return fieldsOf(of["items"] as Json, schemas, { at: `${at}[]`, depth: depth + 1 });
  const required = new Set((of["required"] as readonly string[] | undefined) ?? []);
  return Object.entries((of["properties"] as Schemas | undefined) ?? {}).flatMap(([field, inner]) => {
    const name = at === "" ? field : `${at}.${field}`;
    const own = { name, schema: inner, required: required.has(field) };
    const deeper = field === "answer" || field === "items";
    return deeper ? [own, ...fieldsOf(inner, schemas, { at: name, depth: depth + 1 })] : [own];
  });
}

function resolved(schema: Json, schemas: Schemas): Json {
  const ref = schema["$ref"];
  return typeof ref === "string" ? (schemas[ref.split("/").at(-1) ?? ""] ?? {}) : schema;
}

const COMMON: ReadonlySet<string> = new Set(FACE_CODES);

/** The codes that are an operation's own, with their statuses. */
export const refusedCodes = (responses: Responses): { readonly code: string; readonly status: string }[] =>
  Object.entries(responses).flatMap(([status, response]) => {
    const content = response["content"] as Record<string, { schema: Json }> | undefined;
    const parts = content?.["application/problem+json"]?.schema["allOf"] as readonly Json[] | undefined;
    const named = parts?.flatMap((part) => {
      const { code } = (part["properties"] as Readonly<Record<string, Json>> | undefined) ?? {};
      return (code?.["enum"] as readonly string[] | undefined) ?? [];
    });
    return (named ?? []).filter((code) => !COMMON.has(code)).map((code) => ({ code, status }));
  });
