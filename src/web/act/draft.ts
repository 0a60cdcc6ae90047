import { readPlainJson } from "../../contract/plain-input.ts";
import type { Field, NamedField } from "./field.ts";

/** What stands in a form while it is filled: text in its fields, and the shape around them. */
export type Draft =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "group"; readonly parts: Readonly<Record<string, Draft>> }
  | { readonly kind: "list"; readonly items: readonly Draft[] }
  | { readonly kind: "record"; readonly rows: readonly { readonly key: string; readonly value: Draft }[] }
  /** `at` is -1 while none of the variants was chosen. */
  | { readonly kind: "variant"; readonly at: number; readonly value: Draft };

const text = (value: unknown): Draft => ({ kind: "text", text: String(value ?? "") });

/** The empty form for a field, or the form that holds a value already. */
export function draftOf(field: Field, value: unknown = field.byDefault): Draft {
  switch (field.kind) {
    case "group": {
      const given = asObject(value);
      return {
        kind: "group",
        parts: Object.fromEntries(
          field.fields.map((f) => [f.name, draftOf(f.field, given[f.name] ?? f.field.byDefault)]),
        ),
      };
    }
    case "list": {
      const given = Array.isArray(value) ? value : [];
      const missing = Array.from({ length: Math.max(0, field.min - given.length) }, () => undefined);
      return {
        kind: "list",
        items: [...given, ...missing].map((item) => draftOf(field.of, item ?? field.of.byDefault)),
      };
    }
    case "record":
      return {
        kind: "record",
        rows: Object.entries(asObject(value)).map(([key, item]) => ({ key, value: draftOf(field.of, item) })),
      };
    case "variants": {
      // Of lists the usual one is begun with; of forms one is chosen first.
      const none = field.options.every((option) => option.field.kind === "list") ? 0 : -1;
      const at = value === undefined ? none : field.options.findIndex((option) => fits(option.field, value));
      const option = field.options[at];
      return { kind: "variant", at, value: option ? draftOf(option.field, value) : text(undefined) };
    }
    case "instant":
      return text(typeof value === "string" ? localOf(value) : undefined);
    case "free":
      return text(value === undefined ? undefined : JSON.stringify(value, null, 1));
    case "mass":
      return text(typeof value === "string" ? value : undefined);
    default:
      return text(value);
  }
}

/** What the form says, as the API takes it; undefined where nothing was filled in. A number that is none is passed on as text, and refused by name. */
export function inputOf(field: Field, draft: Draft): unknown {
  switch (field.kind) {
    case "constant":
      return field.value;
    case "group": {
      if (draft.kind !== "group") return undefined;
      const filled = field.fields
        .map((f) => [f, inputOf(f.field, draft.parts[f.name] ?? draftOf(f.field))] as const)
        .filter(([, value]) => value !== undefined);
      const said = filled.filter(([f]) => f.field.kind !== "constant");
      if (said.length === 0 && !field.fields.every((f) => f.field.kind === "constant")) return undefined;
      const bare = field.fields
        .filter((f) => f.required && !filled.some(([of]) => of === f))
        .flatMap(emptyOf);
      return Object.fromEntries([...filled.map(([f, value]) => [f.name, value] as const), ...bare]);
    }
    case "list": {
      const items = draft.kind === "list" ? draft.items.map((item) => inputOf(field.of, item)) : [];
      const filled = items.filter((item) => item !== undefined);
      return filled.length > 0 ? filled : undefined;
    }
    case "record": {
      const rows = draft.kind === "record" ? draft.rows : [];
      const filled = rows
        .map((row) => [row.key.trim(), inputOf(field.of, row.value)] as const)
        .filter(([key]) => key !== "");
      return filled.length > 0 ? Object.fromEntries(filled) : undefined;
    }
    case "variants": {
      const option = draft.kind === "variant" ? field.options[draft.at] : undefined;
      return option && draft.kind === "variant" ? inputOf(option.field, draft.value) : undefined;
    }
    default:
      return draft.kind === "text" ? scalarOf(field, draft.text) : undefined;
  }
}

/** A list that must be there may be there with nothing in it, and what may be none is said to be none. */
function emptyOf({ name, field }: NamedField): readonly (readonly [string, unknown])[] {
  if (field.orNull) return [[name, null]];
  if (field.kind === "list" && field.min === 0) return [[name, []]];
  return field.kind === "record" ? [[name, {}]] : [];
}

function scalarOf(field: Field, written: string): unknown {
  const said = written.trim();
  if (said === "") return undefined;
  if (field.kind === "text" && said.includes("\n")) return written;
  if (field.kind === "yes") return said === "true";
  if (field.kind === "number" || field.kind === "whole")
    return Number.isFinite(Number(said)) ? Number(said) : said;
  if (field.kind === "instant") return Number.isNaN(Date.parse(said)) ? said : new Date(said).toISOString();
  if (field.kind === "choice") return field.options.find((option) => String(option) === said) ?? said;
  if (field.kind === "free") return parsed(said);
  return said;
}

/** Text that is no JSON, or states a name twice, goes as text: the API then names what it misses. */
function parsed(said: string): unknown {
  const read = readPlainJson(said, "");
  return read.ok ? read.value : said;
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

/** Whether a value has the constants and the required names of a variant. */
function fits(field: Field, value: unknown): boolean {
  if (field.kind === "constant") return field.value === value;
  if (field.kind === "list") return Array.isArray(value) && value.every((item) => fits(field.of, item));
  if (field.kind !== "group") return false;
  const given = asObject(value);
  return field.fields.every((f) =>
    f.field.kind === "constant" ? given[f.name] === f.field.value : !f.required || f.name in given,
  );
}

/** An instant as the reader's own clock writes it into a field of date and time. */
function localOf(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const two = (n: number) => String(n).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Fills a value from an address: "lots.0.lot=L-1" names the place by dots, numbers count from 0. */
export function fromAddress(search: Readonly<Record<string, unknown>>): unknown {
  const root: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(search)) {
    const steps = path.split(".");
    let at: Record<string, unknown> = root;
    for (const step of steps.slice(0, -1)) {
      at[step] ??= {};
      at = at[step] as Record<string, unknown>;
    }
    at[steps.at(-1) ?? ""] = value;
  }
  return listsIn(root);
}

function listsIn(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, listsIn(item)] as const);
  const isList = entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key));
  return isList ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}
