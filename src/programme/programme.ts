import { type Book, beforeGrounds, type CollectionOf } from "../ledger/index.ts";
import { assert, done, inHalves, refuse } from "../quantity/index.ts";
import {
  type Method,
  type MethodChanged,
  type MethodRegistered,
  methodKey,
  withLevel,
  withLevelChanged,
} from "./method.ts";
import type { ProductDefined } from "./product.ts";
import type { Readings } from "./reading-doubt.ts";

export type PartyKind = "recycler" | "refiner" | "laboratory" | "carrier" | "buyer" | "customer" | "auditor";

/** What a party's passports are signed with (trust Z55). */
export const SIGNS_WITH = ["Ed25519", "P-256"] as const;

export interface Party {
  readonly id: string;
  readonly name: string;
  readonly kind: PartyKind;
  /** Made up for the sample programme: every document says so. */
  readonly sample: boolean;
  /** Left out, whatever the programme signs with. */
  readonly signs_with?: (typeof SIGNS_WITH)[number];
  readonly registered_at?: string;
  /** The server's time when it became what it is, where it was registered as something else. */
  readonly kind_since?: string;
}

export interface Site {
  readonly id: string;
  readonly party: string;
  readonly name: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly lat: number;
  readonly lon: number;
  readonly capabilities: readonly string[];
  readonly status: "open" | "closing" | "closed";
  /** ISO 3166-1 alpha-2, as its party states it; absent where nobody did (G7). */
  readonly country?: string;
  readonly registered_at?: string;
}

export interface Unit {
  readonly id: string;
  readonly site: string;
  readonly kind: string;
  readonly name: string;
  readonly diameter_mm?: number;
  readonly bed_length_mm?: number;
  /** The whole doubt of a scale, where its parts were not stated. */
  readonly scale_sd_mg?: number;
  readonly readings?: Readings;
  readonly registered_at?: string;
}

/** Why and when a registration was corrected; the registration itself stays in the log (G4). */
interface Change {
  readonly why: string;
  readonly at: string;
}

/** Where a site lies, as its party states it: shown to whoever checks where a step was done, without the rest of the site. */
export interface SiteCountryStated {
  readonly site: string;
  readonly country: string;
  /** The state, where the country is the United States. */
  readonly region?: string;
  readonly why?: string;
  readonly at: string;
}

export interface PartyChanged extends Change, Partial<Omit<Party, "id" | "registered_at">> {
  readonly party: string;
}

/** A new place comes whole: ZIP code, city, state and centroid together. */
export interface SiteChanged
  extends Change,
    Partial<Omit<Site, "id" | "party" | "country" | "registered_at">> {
  readonly site: string;
}

export interface UnitChanged extends Change, Partial<Omit<Unit, "id" | "site" | "kind" | "registered_at">> {
  readonly unit: string;
}

/** Who states nobody goes under this name: no party has it. */
const NOBODY = "unstated";

export function decideParty(before: Party | undefined, given: Party) {
  if (given.id === NOBODY)
    return refuse("party_name_taken", "party", `"${NOBODY}" is what nobody is called: choose another name`);
  return before ? refuse("party_name_taken", "party", `${given.id} is registered already`) : done(given);
}

export function decideSite(before: Site | undefined, owner: Party | undefined, given: Site) {
  if (before) return refuse("site_name_taken", "site", `${given.id} is registered already`);
  if (!owner) return refuse("party_unknown", "party", `no party ${given.party} is registered`);
  return done(given);
}

export function decideUnit(before: Unit | undefined, site: Site | undefined, given: Unit) {
  if (before) return refuse("unit_name_taken", "unit", `${given.id} is registered already`);
  if (!site) return refuse("site_unknown", "site", `no site ${given.site} is registered`);
  return measuredUnit(given);
}

/** G5: what a column or a scale must state. */
function measuredUnit(unit: Unit) {
  if (unit.kind === "column" && (unit.diameter_mm === undefined || unit.bed_length_mm === undefined)) {
    return refuse("bed_missing", "diameter_mm", "a column states its diameter and bed length");
  }
  if (unit.kind === "scale" && unit.scale_sd_mg === undefined && unit.readings === undefined) {
    return refuse(
      "scale_doubt_missing",
      "scale_sd",
      "a scale states its standard uncertainty, or repeatability and bias",
    );
  }
  return done(unit);
}

export function decidePartyChange(party: Party | undefined, given: PartyChanged, now: string) {
  if (!party) return refuse("party_unknown", "party", `no party ${given.party} is registered`);
  const other = given.kind !== undefined && given.kind !== party.kind;
  return changing(party, other ? { ...given, kind_since: now } : given);
}

export function decideSiteChange(site: Site | undefined, given: SiteChanged) {
  if (!site) return refuse("site_unknown", "site", `no site ${given.site} is registered`);
  return changing(site, given);
}

/** G7: what is written of the country of a site; nothing where it was stated so before and the place is the same. */
export function countryStatement(
  site: Pick<Site, "id" | "country" | "state"> | undefined,
  given: { readonly site: string; readonly country?: string; readonly state: string },
): Pick<SiteCountryStated, "site" | "country" | "region"> | undefined {
  const country = given.country ?? site?.country;
  if (country === undefined) return undefined;
  if (country === site?.country && given.state === site.state) return undefined;
  return { site: given.site, country, ...(country === "US" ? { region: given.state } : {}) };
}

export function decideUnitChange(unit: Unit | undefined, given: UnitChanged) {
  if (!unit) return refuse("unit_unknown", "unit", `no unit ${given.unit} is registered`);
  return changing(unit, given);
}

/** A change changes something: the same values again are refused, not written. */
function changing<C extends Change>(before: { readonly registered_at?: string }, given: C) {
  const now = changed(before, given);
  const known = before as Record<string, unknown>;
  const differs = Object.entries(now).some(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(known[field]),
  );
  if (!differs) return refuse("nothing_changed", "why", "state a value that differs from what is registered");
  return beforeGrounds(given.at, [["it was registered", before.registered_at]]) ?? done(given);
}

/** What a scale's readings are known by now: its parts, or a whole doubt of which each is half the square (G9). */
export const readingsOfUnit = ({ readings, scale_sd_mg }: Unit): Readings | undefined => {
  if (readings) return readings;
  if (scale_sd_mg === undefined) return undefined;
  const half = { sd: inHalves(scale_sd_mg).random };
  return { repeatability: half, bias: half };
};

/** A registration with the stated values in place of the old ones; a doubt stated anew takes the place of the one before. */
function changed<R extends object>(before: R, change: Change): R {
  const {
    why: _why,
    at: _at,
    party: _party,
    site: _site,
    unit: _unit,
    ...values
  } = change as Change & {
    party?: string;
    site?: string;
    unit?: string;
  };
  const { readings: _was, scale_sd_mg: _sd, ...others } = before as R & Partial<Unit>;
  return (
    "readings" in values || "scale_sd_mg" in values ? { ...others, ...values } : { ...before, ...values }
  ) as R;
}

export interface ProgrammeBodies {
  party_registered: Party;
  site_registered: Site;
  unit_registered: Unit;
  site_country_stated: SiteCountryStated;
  product_defined: ProductDefined;
  party_changed: PartyChanged;
  site_changed: SiteChanged;
  unit_changed: UnitChanged;
  method_registered: MethodRegistered;
  method_changed: MethodChanged;
}
export type ProgrammeEntry = {
  [K in keyof ProgrammeBodies]: { readonly kind: K; readonly body: ProgrammeBodies[K] };
}[keyof ProgrammeBodies];
/** The kinds of entry this room folds, each in the words of those who read the books. */
export const PROGRAMME_KINDS: { readonly [K in keyof ProgrammeBodies]: string } = {
  party_registered: "party registered",
  site_registered: "site registered",
  unit_registered: "scale or other unit registered",
  site_country_stated: "country of a site stated",
  product_defined: "product defined",
  party_changed: "party changed",
  site_changed: "site changed",
  unit_changed: "scale or other unit changed",
  method_registered: "method of a laboratory registered",
  method_changed: "method of a laboratory changed",
};

/** What entries of this room fold to, by collection. */
export interface ProgrammeRecords {
  readonly party: Party;
  readonly site: Site;
  readonly unit: Unit;
  readonly product: ProductDefined;
  /** By laboratory, element and method. */
  readonly method: Method;
}

export async function applyProgramme(book: Book<ProgrammeRecords>, entry: ProgrammeEntry): Promise<void> {
  switch (entry.kind) {
    case "party_registered":
      return book.put("party", entry.body.id, entry.body);
    case "site_registered":
      return book.put("site", entry.body.id, entry.body);
    case "unit_registered":
      return book.put("unit", entry.body.id, entry.body);
    case "site_country_stated": {
      const site = await book.get("site", entry.body.site);
      assert(site, `site ${entry.body.site} is registered`);
      return book.put("site", site.id, { ...site, country: entry.body.country });
    }
    case "product_defined":
      return book.put("product", entry.body.product, entry.body);
    case "party_changed":
      return change(book, "party", { id: entry.body.party, change: entry.body });
    case "site_changed":
      return change(book, "site", { id: entry.body.site, change: entry.body });
    case "unit_changed":
      return change(book, "unit", { id: entry.body.unit, change: entry.body });
    case "method_registered": {
      const key = methodKey(entry.body);
      return book.put("method", key, withLevel(await book.get("method", key), entry.body));
    }
    case "method_changed": {
      const key = methodKey(entry.body);
      const before = await book.get("method", key);
      assert(before, `method ${key} is registered`);
      return book.put("method", key, withLevelChanged(before, entry.body));
    }
  }
}

async function change<K extends CollectionOf<ProgrammeRecords>>(
  book: Book<ProgrammeRecords>,
  collection: K,
  given: { id: string; change: Change },
): Promise<void> {
  const before = await book.get(collection, given.id);
  assert(before, `${collection} ${given.id} is registered`);
  book.put(collection, given.id, changed(before, given.change));
}
