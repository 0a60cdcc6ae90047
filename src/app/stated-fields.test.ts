import assert from "node:assert/strict";
import { test } from "node:test";
import type { FieldMeta, RefersTo, Wanted } from "../contract/identifiers.ts";
import { inputSchema } from "./core/input-schema.ts";
import { findUseCase, useCases } from "./use-cases.ts";

interface Schema extends FieldMeta {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly propertyNames?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
}

interface Place {
  readonly path: string;
  readonly schema: Schema;
  /** The fields that stand beside it and above it. */
  readonly around: ReadonlySet<string>;
}

/** Every place of an input where text is given, with its path. */
function textsOf(schema: Schema, path: string, around: ReadonlySet<string> = new Set()): readonly Place[] {
  const { properties = {}, items, propertyNames, additionalProperties } = schema;
  const either = schema.anyOf ?? schema.oneOf ?? [];
  if (either.some((one) => one.properties?.["unit"])) return [];
  const within = (self: string) =>
    new Set([...around, ...Object.keys(properties).filter((name) => name !== self)]);
  const bare = schema.type === "string" && !schema.enum && schema.const === undefined && !schema.format;
  return [
    ...(bare ? [{ path, schema, around }] : []),
    ...Object.entries(properties).flatMap(([name, of]) => textsOf(of, `${path}.${name}`, within(name))),
    ...(items ? textsOf(items, `${path}[]`, around) : []),
    ...(propertyNames ? textsOf(propertyNames, `${path}{}`, around) : []),
    ...(typeof additionalProperties === "object" ? textsOf(additionalProperties, `${path}{}`, around) : []),
    ...either.flatMap((one) => textsOf(one, path, around)),
  ];
}

const places = useCases.flatMap((of) => textsOf(inputSchema(of) as Schema, `${of.room}/${of.verb}`));

const isStated = ({ schema }: Place) =>
  (["x-refers-to", "x-names", "x-own-reference", "x-offers", "x-unit"] as const).some((k) => k in schema);

/** Text that names nothing: words for people, figures as decimal text, and files. */
const PROSE =
  /\.(name|why|about|cause|correction|prevention|text|line|does|source|method|description|title|note|notes(\{\})?|corrects|relative|accept_open|evidence|destination|technique|tool|tool_version|category_(before|after)|type|manufacturer|model|from_name|marks(\{\})?|u|currency|amount|amount_per_kg|charge_per_t|weight_supplier|received_on|zip|from_zip|region)$/;

/** What is no name of the books, said one by one. */
const NOT_NAMES: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/\.after$/, "the next page, as the page before said it"],
  [/^overview\/find\.text$/, "the beginning of any number"],
  [
    /^(column|identify)\//,
    "these rooms read a contract of their own, which names what stands in the same input",
  ],
  [/^programme\/(parties\.kind|sites\.status)$/, "a word that a list is narrowed by"],
  [/^intake\/(offer\.needs|lines\.class)$/, "words that a list is narrowed by"],
  [/^intake\/read-manifest\.columns\./, "a heading of the file that is read"],
  [/^ledger\/entries\.kind$/, "a kind of entry"],
  [/^programme\/define-product\.formulas\{\}$/, "the element and its formula"],
  [/^settle\/return-oxide\.certificate$/, "a digest"],
  [/^settle\/(statement|agree)\.agreement\{\}$/, "a clause"],
  [/^settle\/statement\.assays\{\}\{\}$/, "a side"],
  [/^trust\/(duties\.command|(register-)?token\.scope\[\])$/, "a use case"],
  [/^trust\/register-(token|invitation)\.digest$/, "a digest"],
  [/^trust\/admit\.status$/, "what lets them in, in the words of whoever does"],
  [/^trust\/propose\./, "a use case, and what it takes"],
  [/^notices\/register-webhook\.url$/, "an address of a system of the party's own"],
  [/^trust\/name-directory\.(roles\[\]\.value|scopes\[\])$/, "a word of the directory's own"],
  [/^jobs\//, "a use case, and what it takes"],
];

test("A20: every name in an input says what it refers to, what it names anew, or that it is a firm's own", () => {
  const unstated = places
    .filter((place) => !isStated(place))
    .map(({ path }) => path)
    .filter((path) => !PROSE.test(path) && !NOT_NAMES.some(([pattern]) => pattern.test(path)));
  assert.deepEqual(unstated, []);
  const all = places.map(({ path }) => path);
  for (const [pattern, why] of NOT_NAMES)
    assert.ok(
      all.some((path) => pattern.test(path)),
      `no field is ${why}`,
    );
});

test("A20: what has the shape of a name on the books is never let off as prose", () => {
  const names = places.filter((p) => p.schema.pattern?.startsWith("^[A-Za-z0-9][A-Za-z0-9._:-]"));
  assert.ok(names.length > 150, `${names.length}`);
  assert.deepEqual(
    names.filter((place) => !isStated(place)).map(({ path }) => path),
    [],
  );
});

/** The run of a campaign is a step whose kind is not asked for. */
const KIND_IS_SETTLED = /^refine\/record-run\.run\./;

const fieldsOf = (wanted: readonly (Wanted | readonly Wanted[])[]) =>
  wanted.flat().flatMap((one) => (typeof one === "object" ? [one.field] : []));

function sound(refers: RefersTo, place: Place): void {
  const { room, verb, filter = {}, fits = {}, one, made_by, among } = refers;
  const asked = findUseCase(room, verb);
  assert.equal(asked?.type, "query", `${place.path} is chosen by ${room} ${verb}`);
  const takes = (inputSchema(asked) as Schema).properties ?? {};
  for (const name of Object.keys(filter)) assert.ok(takes[name], `${room} ${verb} is not asked by ${name}`);
  for (const field of fieldsOf([...Object.values(filter), ...Object.values(fits)]))
    assert.ok(
      place.around.has(field) || (field === "kind" && KIND_IS_SETTLED.test(place.path)),
      `${place.path} leans on ${field}, which does not stand beside it`,
    );
  if (one) {
    const shown = findUseCase(room, one.verb);
    assert.ok(shown && (inputSchema(shown) as Schema).properties?.[one.field], `${room} ${one.verb}`);
  }
  if (made_by)
    assert.equal(findUseCase(...(made_by.split("/") as [string, string]))?.type, "command", made_by);
  if (among) sound(among, place);
}

test("A20: what a field refers to is a query that can be asked so, beside fields that are there", () => {
  for (const place of places) if (place.schema["x-refers-to"]) sound(place.schema["x-refers-to"], place);
});
