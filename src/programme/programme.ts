import type { Book } from "../ledger/index.ts";
import { assert, done, type Refusal, type Result, refuse } from "../quantity/index.ts";

export type PartyKind = "recycler" | "refiner" | "laboratory" | "carrier" | "buyer" | "auditor";

export interface Party {
  readonly id: string;
  readonly name: string;
  readonly kind: PartyKind;
  /** Made up for the sample programme: every document says so. */
  readonly sample: boolean;
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
}

export interface Unit {
  readonly id: string;
  readonly site: string;
  readonly kind: string;
  readonly name: string;
  readonly diameter_mm?: number;
  readonly bed_length_mm?: number;
  readonly scale_sd_mg?: number;
}

export interface SiteChanged {
  readonly site: string;
  readonly why: string;
  readonly at: string;
  readonly capabilities?: readonly string[];
  readonly status?: Site["status"];
}

/** The roles that act in the loop (G6). Others may be stated, and are kept as stated. */
export const ROLES = [
  "intake lead",
  "weigher",
  "operator",
  "sampler",
  "chemist",
  "approver",
  "accountant",
  "commercial manager",
  "process engineer",
  "planner",
  "auditor",
] as const;

export type ProgrammeRefusal = Refusal<
  | "party_name_taken"
  | "party_unknown"
  | "site_name_taken"
  | "site_unknown"
  | "unit_name_taken"
  | "bed_missing"
  | "scale_doubt_missing"
  | "nothing_changed"
>;

export function decideSite(
  before: Site | undefined,
  owner: Party | undefined,
  given: Site,
): Result<Site, ProgrammeRefusal> {
  if (before) return refuse("site_name_taken", "site", `${given.id} is registered already`);
  if (!owner) return refuse("party_unknown", "party", `no party ${given.party} is registered`);
  return done(given);
}

export function decideUnit(
  before: Unit | undefined,
  site: Site | undefined,
  given: Unit,
): Result<Unit, ProgrammeRefusal> {
  if (before) return refuse("unit_name_taken", "unit", `${given.id} is registered already`);
  if (!site) return refuse("site_unknown", "site", `no site ${given.site} is registered`);
  if (given.kind === "column" && (given.diameter_mm === undefined || given.bed_length_mm === undefined)) {
    return refuse("bed_missing", "diameter_mm", "a column states its diameter and bed length");
  }
  if (given.kind === "scale" && given.scale_sd_mg === undefined) {
    return refuse("scale_doubt_missing", "scale_sd", "a scale states its standard uncertainty");
  }
  return done(given);
}

export function decideSiteChange(
  site: Site | undefined,
  given: SiteChanged,
): Result<SiteChanged, ProgrammeRefusal> {
  if (!site) return refuse("site_unknown", "site", `no site ${given.site} is registered`);
  if (given.capabilities === undefined && given.status === undefined) {
    return refuse("nothing_changed", "site", "state what changes");
  }
  return done(given);
}

export interface ProgrammeBodies {
  party_registered: Party;
  site_registered: Site;
  unit_registered: Unit;
  site_changed: SiteChanged;
}
export type ProgrammeEntry = {
  [K in keyof ProgrammeBodies]: { readonly kind: K; readonly body: ProgrammeBodies[K] };
}[keyof ProgrammeBodies];
export const PROGRAMME_KINDS: { readonly [K in keyof ProgrammeBodies]: true } = {
  party_registered: true,
  site_registered: true,
  unit_registered: true,
  site_changed: true,
};

export async function applyProgramme(book: Book, entry: ProgrammeEntry): Promise<void> {
  switch (entry.kind) {
    case "party_registered":
      return book.put("party", entry.body.id, entry.body);
    case "site_registered":
      return book.put("site", entry.body.id, entry.body);
    case "unit_registered":
      return book.put("unit", entry.body.id, entry.body);
    case "site_changed": {
      const { site: id, capabilities, status } = entry.body;
      const site = await book.get<Site>("site", id);
      assert(site, `site ${id} is registered`);
      return book.put("site", id, {
        ...site,
        ...(capabilities ? { capabilities } : {}),
        ...(status ? { status } : {}),
      });
    }
  }
}
