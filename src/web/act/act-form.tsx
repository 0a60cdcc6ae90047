import { useId, useState } from "react";
import { words } from "../kit/show/figure-text.ts";
import { type Draft, draftOf } from "./draft.ts";
import type { Field, NamedField } from "./field.ts";
import { Hints } from "./hints.tsx";
import { keyOf, labelOf, singular } from "./labels.ts";
import { optionsFor, type Suggestions } from "./suggestions.ts";

interface At<F extends Field = Field, D extends Draft = Draft> {
  readonly name: string;
  /** The place in the input, as a refusal names it: "lots.0.mass". */
  readonly path: string;
  readonly field: F;
  readonly draft: D;
  readonly required: boolean;
  /** What the worked example says at this place. */
  readonly example: unknown;
  readonly refusedAt: string | undefined;
  readonly suggestions: Suggestions;
  readonly change: (draft: Draft) => void;
}

type Of<K extends Field["kind"]> = Extract<Field, { readonly kind: K }>;
type Drafted<K extends Draft["kind"]> = Extract<Draft, { readonly kind: K }>;

/** The fields of one place of an input, by its shape; whatever it holds is drawn the same way. */
export function PlaceFields(at: At) {
  const { field, draft } = at;
  if (field.kind === "constant") return null;
  if (field.kind === "group" && draft.kind === "group") return <Group {...at} field={field} draft={draft} />;
  if (field.kind === "list" && draft.kind === "list") return <List {...at} field={field} draft={draft} />;
  if (field.kind === "record" && draft.kind === "record") return <Rows {...at} field={field} draft={draft} />;
  if (field.kind === "variants" && draft.kind === "variant")
    return <Variants {...at} field={field} draft={draft} />;
  return draft.kind === "text" ? <Scalar {...at} draft={draft} /> : null;
}

const below = (path: string, name: string | number) => (path === "" ? String(name) : `${path}.${name}`);
const part = (example: unknown, name: string | number): unknown =>
  typeof example === "object" && example !== null
    ? (example as Record<string | number, unknown>)[name]
    : undefined;

/** What may be left out and nearly never is: a weight names its scale. */
const EXPECTED = new Set(["scale"]);

function Group({ draft, field, ...at }: At<Of<"group">, Drafted<"group">>) {
  // What may be left out whole asks for its parts only once one of them is written.
  const asked = at.required || isFilled(draft);
  const one = (f: NamedField) => (
    <PlaceFields
      key={f.name}
      {...at}
      name={f.name}
      path={below(at.path, f.name)}
      field={f.field}
      draft={draft.parts[f.name] ?? draftOf(f.field)}
      required={f.required && asked}
      example={part(at.example, f.name)}
      change={(next) => at.change({ kind: "group", parts: { ...draft.parts, [f.name]: next } })}
    />
  );
  // Settled when the group is first shown: a field that moved while it is written in would lose its reader's place.
  const [shown] = useState(() =>
    field.fields.filter((f) => isFilled(draft.parts[f.name])).map((f) => f.name),
  );
  const first = field.fields.filter((f) => f.required || shown.includes(f.name) || EXPECTED.has(f.name));
  const more = field.fields.filter((f) => !first.includes(f));
  return (
    <Box name={at.name} path={at.path}>
      <div className="act-fields">{first.map(one)}</div>
      {more.length > 0 ? (
        <details className="act-more">
          <summary>More: {more.map((f) => labelOf(f.name)).join(" · ")}</summary>
          <div className="act-fields">{more.map(one)}</div>
        </details>
      ) : null}
    </Box>
  );
}

/** Anything written in it, or in what it holds: then it is not folded away. */
function isFilled(draft: Draft | undefined): boolean {
  switch (draft?.kind) {
    case "text":
      return draft.text !== "";
    case "group":
      return Object.values(draft.parts).some(isFilled);
    case "list":
      return draft.items.length > 0;
    case "record":
      return draft.rows.length > 0;
    case "variant":
      return draft.at >= 0;
    default:
      return false;
  }
}

/** The whole input needs no frame; what lies within it gets one with its name. */
function Box({ name, path, children }: { name: string; path: string; children: React.ReactNode }) {
  if (path === "") return <>{children}</>;
  return (
    <fieldset className="act-box">
      <legend>{labelOf(name)}</legend>
      {children}
    </fieldset>
  );
}

function List({ draft, field, ...at }: At<Of<"list">, Drafted<"list">>) {
  const { items } = draft;
  const put = (next: readonly Draft[]) => at.change({ kind: "list", items: next });
  return (
    <Box name={at.name} path={at.path}>
      {items.map((item, k) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name but their place, and are only added at the end
        <div key={k} className="act-item">
          <PlaceFields
            {...at}
            name={`${singular(at.name)} ${k + 1}`}
            path={below(at.path, k)}
            field={field.of}
            draft={item}
            required={k < field.min}
            example={part(at.example, k) ?? part(at.example, 0)}
            change={(next) => put(items.map((old, n) => (n === k ? next : old)))}
          />
          {k >= field.min ? (
            <button type="button" className="plain" onClick={() => put(items.filter((_, n) => n !== k))}>
              Take {singular(at.name)} {k + 1} out
            </button>
          ) : null}
        </div>
      ))}
      {items.length < field.max ? (
        <button type="button" className="plain" onClick={() => put([...items, draftOf(field.of)])}>
          Add {items.length > 0 ? "another" : /^[aeiou]/.test(singular(at.name)) ? "an" : "a"}{" "}
          {singular(at.name)}
        </button>
      ) : null}
    </Box>
  );
}

function Rows({ draft, field, ...at }: At<Of<"record">, Drafted<"record">>) {
  const { rows } = draft;
  const put = (next: typeof rows) => at.change({ kind: "record", rows: next });
  const samples = Object.entries(typeof at.example === "object" && at.example !== null ? at.example : {});
  return (
    <Box name={at.name} path={at.path}>
      {rows.map((row, k) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row's name is what is being written
        <div key={k} className="act-row">
          <label>
            {keyOf(at.name)}
            <input
              value={row.key}
              placeholder={samples[k]?.[0] ?? samples[0]?.[0] ?? ""}
              onChange={(e) =>
                put(rows.map((old, n) => (n === k ? { ...old, key: e.currentTarget.value } : old)))
              }
            />
          </label>
          <PlaceFields
            {...at}
            name={row.key || "value"}
            path={below(at.path, row.key)}
            field={field.of}
            draft={row.value}
            required={true}
            example={part(at.example, row.key) ?? samples[0]?.[1]}
            change={(next) => put(rows.map((old, n) => (n === k ? { ...old, value: next } : old)))}
          />
          <button type="button" className="plain" onClick={() => put(rows.filter((_, n) => n !== k))}>
            Take it out
          </button>
        </div>
      ))}
      <button
        type="button"
        className="plain"
        onClick={() => put([...rows, { key: "", value: draftOf(field.of) }])}
      >
        Add to {labelOf(at.name)}
      </button>
    </Box>
  );
}

function Variants({ draft, field, ...at }: At<Of<"variants">, Drafted<"variant">>) {
  const id = useId();
  const chosen = field.options[draft.at];
  const choose = (to: number) => {
    const option = field.options[to];
    at.change({
      kind: "variant",
      at: to,
      value: option ? draftOf(option.field) : { kind: "text", text: "" },
    });
  };
  return (
    <div className="act-variants">
      <label htmlFor={id}>{labelOf(at.name)}</label>
      <select
        id={id}
        value={draft.at}
        required={at.required}
        onChange={(e) => choose(Number(e.currentTarget.value))}
      >
        <option value={-1}>{at.required ? "choose" : "not stated"}</option>
        {field.options.map((option, k) => (
          <option key={option.name} value={k}>
            {labelOf(option.name)}
          </option>
        ))}
      </select>
      {chosen ? (
        <PlaceFields
          {...at}
          name={chosen.name}
          field={chosen.field}
          draft={draft.value}
          change={(value) => at.change({ kind: "variant", at: draft.at, value })}
        />
      ) : null}
    </div>
  );
}

const INPUT_TYPES: Readonly<Record<string, string>> = { instant: "datetime-local", day: "date" };

function Scalar({ field, draft, ...at }: At<Field, Drafted<"text">>) {
  const id = useId();
  const set = (text: string) => at.change({ kind: "text", text });
  const wrong =
    at.refusedAt !== undefined && (at.refusedAt === at.path || at.refusedAt.endsWith(`.${at.path}`));
  const common = {
    id,
    value: draft.text,
    required: at.required && field.kind !== "yes" && !field.orNull,
    "aria-invalid": wrong || undefined,
    "aria-describedby": field.help ? `${id}-help` : undefined,
  };
  const sample = typeof at.example === "string" || typeof at.example === "number" ? String(at.example) : "";
  const choices =
    field.kind === "choice"
      ? field.options.map((o) => ({ value: String(o), label: field.titles?.[String(o)] ?? words(String(o)) }))
      : field.kind === "yes"
        ? [
            { value: "true", label: "yes" },
            { value: "false", label: "no" },
          ]
        : field.kind === "text"
          ? optionsFor(at.name, at.suggestions)
          : undefined;
  return (
    <div className="act-field" data-wide={isWide(field, sample) || undefined}>
      <label htmlFor={id}>
        {labelOf(at.name)}
        {common.required ? <span aria-hidden="true"> *</span> : null}
      </label>
      {choices ? (
        <select {...common} onChange={(e) => set(e.currentTarget.value)}>
          <option value="">{common.required ? "choose" : "not stated"}</option>
          {choices.some((c) => c.value === draft.text) || draft.text === "" ? null : (
            <option value={draft.text}>{draft.text}</option>
          )}
          {choices.map((c) => (
            <option key={c.value} value={c.value}>
              {c.label}
            </option>
          ))}
        </select>
      ) : field.kind === "free" || sample.includes("\n") ? (
        <textarea {...common} rows={8} placeholder={sample} onChange={(e) => set(e.currentTarget.value)} />
      ) : (
        <input
          {...common}
          list={field.kind === "text" ? `${id}-hints` : undefined}
          type={INPUT_TYPES[field.kind] ?? "text"}
          inputMode={field.kind === "number" ? "decimal" : field.kind === "whole" ? "numeric" : undefined}
          placeholder={field.kind === "mass" ? sample || "24.6 kg" : sample}
          onChange={(e) => set(e.currentTarget.value)}
        />
      )}
      {field.kind === "text" && !choices ? (
        <Hints id={`${id}-hints`} name={at.name} text={draft.text} suggestions={at.suggestions} />
      ) : null}
      {field.help ? (
        <span id={`${id}-help`} className="dim small">
          {field.help}
        </span>
      ) : null}
    </div>
  );
}

/** Options longer than this need the whole width to be read, in characters. */
const LONG_OPTION = 40;

const isWide = (field: Field, sample: string): boolean =>
  field.kind === "free" ||
  sample.includes("\n") ||
  (field.kind === "choice" && Object.values(field.titles ?? {}).some((t) => t.length > LONG_OPTION));
