import { z } from "zod";
import { ATOMIC_WEIGHTS } from "../chemistry/elements.ts";
import { TRADED_OXIDE } from "../chemistry/traded-oxides.ts";
import type { PartyKind } from "../programme/index.ts";
import { Id } from "./fields.ts";

/** What another field of the same input says, or what the record named there holds: of a shipment, where it went. */
export interface FieldValue {
  readonly field: string;
  readonly member?: string;
}
/** A member as people read it: with its unit, or after a word. */
export interface Shown {
  readonly member: string;
  readonly unit?: string;
  readonly says?: string;
}

/** A value that is asked for; `true` asks that there is one. */
export type Wanted = string | true | FieldValue;

/** Where the names stand that a field may give. Published with the input as `x-refers-to`; every face chooses from it. */
export interface RefersTo {
  readonly room: string;
  readonly verb: string;
  /** The member of the answer that holds the things to choose among; `items` where left out. */
  readonly items?: string;
  /** The member of a thing that is given; one that holds several gives each of them. */
  readonly value: string;
  /** Values that are not for giving. */
  readonly except?: readonly string[];
  /** What is read in place of the value, and what is read beside it. */
  readonly label?: string;
  readonly shows?: readonly (string | Shown)[];
  /** Asked of the query. What another field does not say yet is not asked. */
  readonly filter?: Readonly<Record<string, string | FieldValue>>;
  /** What each thing must hold, at a path or at one of several (`a|b`): one of the values, where several are given. */
  readonly fits?: Readonly<Record<string, Wanted | readonly Wanted[]>>;
  /** Only what is also named there. */
  readonly among?: RefersTo;
  /** The query that answers one thing by its name. */
  readonly one?: { readonly verb: string; readonly field: string };
  /** Another word may be given too. */
  readonly open?: true;
  /** The command by which there comes to be one. */
  readonly made_by?: string;
}

/** What a field of an input says of itself beside its shape. */
export interface FieldMeta {
  /** Its label, where its name does not read as one. */
  readonly title?: string;
  readonly "x-unit"?: string;
  readonly "x-refers-to"?: RefersTo;
  /** It gives a name that must not be taken: what is named so. */
  readonly "x-names"?: string;
  /** A firm's own reference, theirs to word and looked up nowhere: what it refers to. */
  readonly "x-own-reference"?: string;
  /** Words that are offered; others may be written. */
  readonly "x-offers"?: readonly string[];
  /** It may be left out and nearly never is. */
  readonly "x-expected"?: true;
}

export const saying = <S extends z.ZodType>(schema: S, meta: FieldMeta): S =>
  schema.meta(meta as Record<string, unknown>);

/** A field under a label of its own. */
export const titled = <S extends z.ZodType>(schema: S, title: string): S => saying(schema, { title });

/** A number, or numbers, in one unit. */
export const inUnit = <S extends z.ZodType>(schema: S, unit: string): S => saying(schema, { "x-unit": unit });

/** A standard uncertainty, in the shape it is asked in. */
export const Sd = <S extends z.ZodType>(schema: S): S => titled(schema, "standard uncertainty");

const referring = <S extends z.ZodType>(schema: S, to: RefersTo): S => saying(schema, { "x-refers-to": to });

export const beside = (field: string, member?: string): FieldValue =>
  member === undefined ? { field } : { field, member };

/** A name that must not be taken. */
export const NewId = (what: string) => saying(Id.describe("a new name without spaces"), { "x-names": what });

/** A name that must not be taken, or none: then one is made. */
export const NewOrMadeId = (what: string) =>
  NewId(what).optional().describe("a new name without spaces; made where left out");

/** A firm's own reference, in the shape it is asked in. */
export const OwnReference = <S extends z.ZodType>(schema: S, what: string): S =>
  saying(schema, { "x-own-reference": what });

/** A lot that the same input makes, in the shape it is asked in. */
export const LotMade = <S extends z.ZodType>(schema: S): S =>
  saying(schema, { title: "lot made", "x-names": "lot" });

const parties = (kinds: readonly PartyKind[]): RefersTo => ({
  room: "programme",
  verb: "parties",
  value: "id",
  label: "name",
  ...(kinds.length === 1 ? { filter: { kind: kinds[0] as string } } : {}),
  ...(kinds.length > 1 ? { fits: { kind: kinds } } : {}),
  made_by: "programme/register-party",
});

export const PartyId = (...kinds: readonly PartyKind[]) => referring(Id, parties(kinds));

/** Someone who acts for a party. */
export const PersonId = () =>
  referring(Id, { room: "trust", verb: "people", value: "id", shows: ["role", "party"] });

/** A token, by its id. */
export const TokenId = () =>
  referring(Id, { room: "trust", verb: "tokens", value: "id", shows: ["role", "party", "until"] });

/** A signing key that a party has or had. */
export const DidKey = () =>
  referring(
    z
      .string()
      .regex(/^did:key:z(6Mk|Dn[1-9A-HJ-NP-Za-km-z]{2})[1-9A-HJ-NP-Za-km-z]{44}$/, "a did:key")
      .meta({ title: "signing key" }),
    {
      ...{ room: "certify", verb: "issuers", items: "issuers", value: "id", label: "name" },
      filter: { party: { field: "party" } },
    },
  );

/** A party, in the shape it is asked in. */
export const PartyName = <S extends z.ZodType>(schema: S): S => referring(schema, parties([]));

/** A party registered as a buyer, in one of these states of qualification. */
export const BuyerId = (...states: readonly ("unqualified" | "trial" | "qualified")[]) =>
  referring(Id, {
    ...parties([]),
    among: {
      room: "orders",
      verb: "buyers",
      value: "buyer",
      ...(states.length > 0 ? { fits: { state: states } } : {}),
    },
    made_by: "orders/register-buyer",
  });

const sites = (can: Wanted | undefined): RefersTo => ({
  room: "programme",
  verb: "sites",
  value: "id",
  label: "name",
  shows: ["city"],
  ...(can === undefined ? {} : { fits: { capabilities: can } }),
  made_by: "programme/register-site",
});

/** A place on the books, in the shape it is asked in: a site or another that lots are at. */
export const PlaceName = <S extends z.ZodType>(schema: S): S =>
  referring(schema, { ...sites(undefined), open: true });

/** A site; with `can`, one that is registered for that capability. */
export const SiteId = (given: { readonly can?: Wanted } = {}) => referring(Id, sites(given.can));

const units = (kind: string | undefined, at: Wanted | readonly Wanted[] | undefined): RefersTo => ({
  room: "programme",
  verb: "units",
  value: "id",
  label: "name",
  shows: ["site"],
  ...(kind === undefined ? {} : { filter: { kind } }),
  ...(at === undefined ? {} : { fits: { site: at } }),
  made_by: "programme/register-unit",
});

/** A registered unit of a kind, at a site where one is stated. */
export const UnitId = (kind?: string, at?: Wanted | readonly Wanted[]) => referring(Id, units(kind, at));

/**
 * The scale a weight was read on; its doubt is used. What a scale carries is not on the books, so that every scale at the
 * site is offered.
 */
export const ScaleId = (at?: Wanted | readonly Wanted[]) =>
  saying(UnitId("scale", at), { "x-expected": true });

/** A lot on the books, of those that fit. */
export const LotId = (given: Pick<RefersTo, "filter" | "fits"> = {}) =>
  referring(Id, {
    room: "ledger",
    verb: "lots",
    value: "id",
    shows: ["kind", { member: "mass_mg.best", unit: "mg" }, "place"],
    one: { verb: "lot", field: "lot" },
    ...given,
  });

/** A lot that stands at a site now: the one stated, or any. */
export const LotOnHandId = (place?: string | FieldValue, fits?: RefersTo["fits"]) =>
  LotId({
    filter: { state: "on_hand", ...(place === undefined ? {} : { place }) },
    ...(fits ? { fits } : {}),
  });

/** A lot that somebody holds, on hand or on its way. */
export const HeldLotId = () => LotId({ fits: { state: ["on_hand", "in_transit"] } });

/** A lot of a product that stands somewhere now, whether its product or its oxide was noted. */
export const OxideLotId = () => LotOnHandId(undefined, { "notes.product|notes.oxide": true });

const PRODUCTS: RefersTo = {
  room: "programme",
  verb: "products",
  value: "product",
  label: "name",
  made_by: "programme/define-product",
};

/** A product that was defined, or a single oxide by its formula. */
export const ProductId = () => saying(referring(Id, { ...PRODUCTS, open: true }), { title: "product" });

/** A lot named in a list that another record holds. */
export const LotIn = (record: Pick<RefersTo, "room" | "verb" | "filter" | "items">, mass: Shown) =>
  referring(Id, { ...record, value: "lot", shows: [mass] });

export const ConsignmentId = (filter?: RefersTo["filter"]) =>
  referring(Id, {
    room: "intake",
    verb: "list",
    value: "consignment",
    shows: ["owner", "site", "state"],
    one: { verb: "show", field: "consignment" },
    made_by: "intake/receive",
    ...(filter ? { filter } : {}),
  });

/** One of the manifests that were read into the consignment named beside it, by its name or digest. */
export const ManifestName = <S extends z.ZodType>(schema: S): S =>
  referring(schema, {
    room: "intake",
    verb: "show",
    filter: { consignment: beside("consignment") },
    items: "manifests",
    value: "digest",
    label: "name",
    open: true,
  });

export const ShipmentId = (filter?: RefersTo["filter"], fits?: RefersTo["fits"]) =>
  referring(Id, {
    room: "ship",
    verb: "list",
    value: "shipment",
    shows: ["from", { member: "to", says: "to" }, "state"],
    one: { verb: "show", field: "shipment" },
    made_by: "ship/send",
    ...(filter ? { filter } : {}),
    ...(fits ? { fits } : {}),
  });

export const SampleId = (filter?: RefersTo["filter"]) =>
  referring(Id, {
    room: "assay",
    verb: "list",
    value: "sample",
    shows: ["lot", "state"],
    one: { verb: "show", field: "sample" },
    made_by: "assay/sample",
    ...(filter ? { filter } : {}),
  });

export const ReferenceId = () =>
  referring(Id, {
    room: "assay",
    verb: "references",
    value: "reference",
    label: "name",
    made_by: "assay/register-reference",
  });

export const AgreementId = () =>
  referring(Id, {
    room: "settle",
    verb: "agreements",
    value: "agreement.id",
    shows: ["agreement.title"],
    made_by: "settle/agree",
  });

/** A lot that has a statement. */
export const SettledLotId = () =>
  referring(Id, {
    room: "settle",
    verb: "statements",
    value: "lot",
    shows: ["agreement", "status"],
    made_by: "settle/lot",
  });

export const OrderId = (filter?: RefersTo["filter"], fits?: RefersTo["fits"]) =>
  referring(Id, {
    room: "orders",
    verb: "list",
    value: "order",
    shows: ["buyer", "oxide", "state"],
    one: { verb: "show", field: "order" },
    made_by: "orders/place",
    ...(filter ? { filter } : {}),
    ...(fits ? { fits } : {}),
  });

export const PassportId = (filter?: RefersTo["filter"]) =>
  referring(Id, {
    room: "certify",
    verb: "passports",
    value: "passport",
    shows: ["lot", "oxide"],
    made_by: "certify/issue",
    ...(filter ? { filter } : {}),
  });

export const CampaignId = (filter?: RefersTo["filter"]) =>
  referring(Id, {
    room: "refine",
    verb: "list",
    value: "campaign",
    shows: ["lot", "state"],
    one: { verb: "show", field: "campaign" },
    made_by: "refine/plan",
    ...(filter ? { filter } : {}),
  });

export const JobId = () =>
  referring(Id, { room: "jobs", verb: "list", value: "job", shows: ["use_case", "state"] });

export const StepId = () =>
  referring(Id, { room: "prepare", verb: "steps", value: "step", shows: ["kind", "site", "at"] });

const SPECIFICATIONS: RefersTo = {
  room: "certify",
  verb: "specifications",
  value: "id",
  shows: ["title"],
};

export const SpecificationId = () => SpecificationName(Id);

export const ColumnSystemId = () =>
  referring(Id, { room: "refine", verb: "systems", value: "id", shows: ["title"] });

/** A specification, in the shape it is asked in. */
export const SpecificationName = <S extends z.ZodType>(schema: S): S => referring(schema, SPECIFICATIONS);

const KINDS = { room: "prepare", verb: "kinds" } as const;

/** A kind of step that can be done. */
export const StepKindId = () => referring(Id, { ...KINDS, value: "kind", made_by: "prepare/define-kind" });

/** A kind of step, known or to be defined. */
export const StepKindName = () => referring(Id, { ...KINDS, value: "kind", open: true });

/** What a kind of step makes; with a field that names the kind, what that one makes. Other words are allowed. */
export const MaterialKind = <S extends z.ZodType>(schema: S, of?: FieldValue): S =>
  referring(schema, {
    ...KINDS,
    value: "contents",
    except: ["*"],
    ...(of ? { fits: { kind: of } } : {}),
    open: true,
  });

/** A place mass is lost to. Other words are allowed. */
export const LossPlace = <S extends z.ZodType>(schema: S, of?: FieldValue): S =>
  referring(schema, { ...KINDS, value: "losses", ...(of ? { fits: { kind: of } } : {}), open: true });

/** What a site is able to do: take consignments in, or what some kind of step asks of it. */
export const Capability = () =>
  saying(referring(Id, { ...KINDS, value: "capability", open: true }), { "x-offers": ["intake"] });

/** Kinds of units that something here asks for; any other may be registered too. */
export const UnitKind = () => saying(Id, { "x-offers": ["scale", "column", "shredder", "furnace"] });

/** Who acts, by what they do. Other roles may act, and are marked. */
export const Role = <S extends z.ZodType>(schema: S): S =>
  referring(schema, { room: "programme", verb: "roles", value: "role", open: true });

const TRADED_OXIDES: readonly string[] = [...new Set(Object.values(TRADED_OXIDE))];

/** The symbol of an element, in the shape it is asked in. */
export const ElementSymbol = <S extends z.ZodType>(schema: S): S =>
  saying(schema, { title: "element", "x-offers": Object.keys(ATOMIC_WEIGHTS) });

/** The formula of an oxide, in the shape it is asked in: those that rare earths are traded in are offered. */
export const OxideFormula = <S extends z.ZodType>(schema: S): S =>
  saying(schema, { title: "oxide", "x-offers": TRADED_OXIDES });

/** What a certificate names a result by: an element or an oxide, in the shape it is asked in. */
export const Analyte = <S extends z.ZodType>(schema: S): S =>
  saying(schema, { "x-offers": [...TRADED_OXIDES, ...Object.keys(ATOMIC_WEIGHTS)] });

/** What a laboratory found, by element. */
export const ElementResults = <V extends z.ZodType>(value: V) =>
  saying(z.record(ElementSymbol(z.string().max(3)), value), { title: "results", "x-unit": "mg/kg" });
