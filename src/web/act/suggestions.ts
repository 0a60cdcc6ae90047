import { TRADED_OXIDE } from "../../chemistry/traded-oxides.ts";
import type { PartyRecord, SiteRecord, UnitRecord } from "../kit/who.tsx";

/** What the programme knows by name, offered wherever a field asks for one of them. */
export interface Suggestions {
  /** The command asked for: what it registers has a new name, not one to choose. */
  readonly act: string;
  readonly parties: readonly PartyRecord[];
  readonly sites: readonly SiteRecord[];
  readonly units: readonly UnitRecord[];
  readonly kinds: readonly { readonly kind: string; readonly capability: string }[];
  readonly agreements: readonly string[];
  readonly specifications: readonly string[];
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

const PARTY_FIELDS = /^(party|owner|seller|buyer|carrier|shipper|consignee|supplier|processor)$/;
const SITE_FIELDS = /^(site|place|at_site)$/;

/** The names to choose from for a field called so; undefined where anything may be written. */
export function optionsFor(name: string, known: Suggestions): readonly Option[] | undefined {
  if (known.act.endsWith(`/register-${name}`)) return undefined;
  if (PARTY_FIELDS.test(name)) return orNone(known.parties.map((p) => ({ value: p.id, label: p.name })));
  if (/^laborator(y|ies)$/.test(name)) {
    const labs = known.parties.filter((p) => p.kind === "laboratory");
    return orNone(labs.map((p) => ({ value: p.id, label: p.name })));
  }
  if (SITE_FIELDS.test(name) || name === "to")
    return orNone(known.sites.map((s) => ({ value: s.id, label: s.name })));
  if (name === "scale") {
    const scales = known.units.filter((u) => u.scale_sd_mg !== undefined);
    return orNone(scales.map((u) => ({ value: u.id, label: `${u.name}, ${u.site}` })));
  }
  if (/^columns?( \d+)?$/.test(name)) {
    const columns = known.units.filter((u) => u.kind === "column");
    return orNone(columns.map((u) => ({ value: u.id, label: `${u.name}, ${u.site}` })));
  }
  return undefined;
}

/** Nothing registered yet: then the name is written. */
const orNone = (options: readonly Option[]) => (options.length > 0 ? options : undefined);

/** Kinds of units the programme itself knows what to do with; any other may be registered too. */
const UNIT_KINDS = ["scale", "column", "shredder", "furnace"];

/** Words offered where others may be written too. */
export function hintsFor(name: string, known: Suggestions): readonly string[] {
  if (/^capability( \d+)?$/.test(name)) return unique(["intake", ...known.kinds.map((k) => k.capability)]);
  if (name === "kind" && known.act === "prepare/step") return known.kinds.map((k) => k.kind);
  if (name === "kind" && known.act === "programme/register-unit") return UNIT_KINDS;
  if (name === "agreement") return known.agreements;
  if (name === "oxide") return OXIDES;
  if (name === "specification") return known.specifications;
  return [];
}

/** Oxides as rare earths are traded in. */
const OXIDES = Object.values(TRADED_OXIDE);

const unique = (words: readonly string[]): readonly string[] => [...new Set(words)].sort();
