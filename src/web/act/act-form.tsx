import { useId, useState } from "react";
import type { Beside, Choice, Choices } from "../../contract/choices.ts";
import { words } from "../kit/show/figure-text.ts";
import { Go } from "../kit/show/go.tsx";
import { type Draft, draftOf } from "./draft.ts";
import type { Field, NamedField } from "./field.ts";
import { labelOf, singular } from "./labels.ts";
import { useChoices } from "./use-choices.ts";

interface At<F extends Field = Field, D extends Draft = Draft> {
  readonly label: string;
  /** The place in the input, as a refusal names it: "lots.0.mass". */
  readonly path: string;
  readonly field: F;
  readonly draft: D;
  readonly required: boolean;
  /** What the worked example says at this place. */
  readonly example: unknown;
  readonly refusedAt: string | undefined;
  readonly beside: Beside;
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

function Group({ draft, field, ...at }: At<Of<"group">, Drafted<"group">>) {
  // What may be left out whole asks for its parts only once one of them is written.
  const asked = at.required || isFilled(draft);
  const besideOf =
    (self: NamedField): Beside =>
    (name) => {
      const found = name === self.name ? undefined : field.fields.find((f) => f.name === name)?.field;
      if (!found) return at.beside(name);
      const said = draft.parts[name];
      return {
        said: said?.kind === "text" ? said.text.trim() : "",
        ...(found.refers ? { refers: found.refers } : {}),
      };
    };
  const one = (f: NamedField) => (
    <PlaceFields
      key={f.name}
      {...at}
      label={labelOf(f.name, f.field)}
      path={below(at.path, f.name)}
      beside={besideOf(f)}
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
  const first = field.fields.filter((f) => f.required || shown.includes(f.name) || f.field.expected);
  const more = field.fields.filter((f) => !first.includes(f));
  return (
    <Box label={at.label} path={at.path}>
      <div className="act-fields">{first.map(one)}</div>
      {more.length > 0 ? (
        <details className="act-more">
          <summary>More: {more.map((f) => labelOf(f.name, f.field)).join(" · ")}</summary>
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
      return draft.items.some(isFilled);
    case "record":
      return draft.rows.length > 0;
    case "variant":
      return draft.at >= 0;
    default:
      return false;
  }
}

/** The whole input needs no frame; what lies within it gets one with its name. */
function Box({ label, path, children }: { label: string; path: string; children: React.ReactNode }) {
  if (path === "") return <>{children}</>;
  return (
    <fieldset className="act-box">
      <legend>{label}</legend>
      {children}
    </fieldset>
  );
}

function List({ draft, field, ...at }: At<Of<"list">, Drafted<"list">>) {
  const { items } = draft;
  const one = singular(at.label);
  // A list that may be left out asks for its first items only once one of them is written.
  const asked = at.required || isFilled(draft);
  const put = (next: readonly Draft[]) => at.change({ kind: "list", items: next });
  return (
    <Box label={at.label} path={at.path}>
      {items.map((item, k) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name but their place, and are only added at the end
        <div key={k} className="act-item">
          <PlaceFields
            {...at}
            label={`${one} ${k + 1}`}
            path={below(at.path, k)}
            field={field.of}
            draft={item}
            required={asked && k < field.min}
            example={part(at.example, k) ?? part(at.example, 0)}
            change={(next) => put(items.map((old, n) => (n === k ? next : old)))}
          />
          {k >= field.min ? (
            <button type="button" className="plain" onClick={() => put(items.filter((_, n) => n !== k))}>
              Take {one} {k + 1} out
            </button>
          ) : null}
        </div>
      ))}
      {items.length < field.max ? (
        <button type="button" className="plain" onClick={() => put([...items, draftOf(field.of)])}>
          Add {items.length > 0 ? "another" : /^[aeiou]/.test(one) ? "an" : "a"} {one}
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
    <Box label={at.label} path={at.path}>
      {rows.map((row, k) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row's name is what is being written
        <div key={k} className="act-row">
          <Scalar
            {...at}
            label={field.key.title ?? "name"}
            field={field.key}
            draft={{ kind: "text", text: row.key }}
            required={false}
            example={samples[k]?.[0] ?? samples[0]?.[0]}
            change={(next) =>
              put(rows.map((old, n) => (n === k && next.kind === "text" ? { ...old, key: next.text } : old)))
            }
          />
          <PlaceFields
            {...at}
            label={row.key || "value"}
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
        Add to {at.label}
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
      <label htmlFor={id}>{at.label}</label>
      <select
        id={id}
        value={draft.at}
        required={at.required}
        onChange={(e) => choose(Number(e.currentTarget.value))}
      >
        <option value={-1}>{at.required ? "choose" : "not stated"}</option>
        {field.options.map((option, k) => (
          <option key={option.name} value={k}>
            {words(option.name)}
          </option>
        ))}
      </select>
      {chosen ? (
        <PlaceFields
          {...at}
          label={words(chosen.name)}
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
  const found = useChoices(field.refers, at.beside, draft.text);
  const toChoose =
    optionsOf(field) ??
    (field.refers?.open || found?.more ? undefined : field.refers && (found?.options ?? []));
  const offered = toChoose ? [] : [...(field.offers ?? []), ...(found?.options ?? []).map((o) => o.value)];
  const none = found && toChoose?.length === 0 ? missing(field, found) : undefined;
  return (
    <div className="act-field" data-wide={isWide(field, sample) || undefined}>
      <label htmlFor={id}>
        {at.label}
        {common.required ? <span aria-hidden="true"> *</span> : null}
      </label>
      {toChoose ? (
        <select {...common} onChange={(e) => set(e.currentTarget.value)}>
          <option value="">{none?.says ?? (common.required ? "choose" : "not stated")}</option>
          {toChoose.some((c) => c.value === draft.text) || draft.text === "" ? null : (
            <option value={draft.text}>{draft.text}</option>
          )}
          {toChoose.map((c) => (
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
          list={offered.length > 0 ? `${id}-offered` : undefined}
          type={INPUT_TYPES[field.kind] ?? "text"}
          inputMode={field.kind === "number" ? "decimal" : field.kind === "whole" ? "numeric" : undefined}
          placeholder={field.kind === "mass" ? sample || "24.6 kg" : sample}
          onChange={(e) => set(e.currentTarget.value)}
        />
      )}
      {offered.length > 0 ? (
        <datalist id={`${id}-offered`}>
          {[...new Set(offered)].map((word) => (
            <option key={word} value={word} />
          ))}
        </datalist>
      ) : null}
      {none?.madeBy ? <Go to={`/do/${none.madeBy}`}>Put one on the books</Go> : null}
      {field.help ? (
        <span id={`${id}-help`} className="dim small">
          {field.help}
        </span>
      ) : null}
    </div>
  );
}

/** What a field of few words may say, from its shape alone. */
function optionsOf(field: Field): readonly Choice[] | undefined {
  if (field.kind === "choice")
    return field.options.map((o) => ({
      value: String(o),
      label: field.titles?.[String(o)] ?? words(String(o)),
    }));
  if (field.kind !== "yes") return undefined;
  return [
    { value: "true", label: "yes" },
    { value: "false", label: "no" },
  ];
}

/** Why nothing can be chosen, and what makes something to choose. */
function missing(field: Field, { waitsFor }: Choices): { says: string; madeBy?: string | undefined } {
  return waitsFor === undefined
    ? { says: "none on the books fits", madeBy: field.refers?.made_by }
    : { says: `the ${words(waitsFor)} comes first` };
}

/** Options longer than this need the whole width to be read, in characters. */
const LONG_OPTION = 40;

const isWide = (field: Field, sample: string): boolean =>
  field.kind === "free" ||
  sample.includes("\n") ||
  (field.kind === "choice" && Object.values(field.titles ?? {}).some((t) => t.length > LONG_OPTION));
