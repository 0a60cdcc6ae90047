import { z } from "zod";
import { Country } from "../../contract/countries.ts";
import { Instant, Mass, notInFuture, PageOf, positiveMass, Text, UsZip } from "../../contract/fields.ts";
import {
  Capability,
  inUnit,
  NewId,
  PartyId,
  Role,
  SiteId,
  saying,
  titled,
  UnitId,
  UnitKind,
} from "../../contract/identifiers.ts";
import { beforeGrounds } from "../../ledger/index.ts";
import {
  countryStatement,
  decideParty,
  decidePartyChange,
  decideSite,
  decideSiteChange,
  decideUnit,
  decideUnitChange,
  listRoles,
  markRole,
  type Site,
  type Unit,
} from "../../programme/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { pageOf } from "../core/pages.ts";
import type { NewEntry } from "../core/ports.ts";
import { command, query, type Scope } from "../core/use-case.ts";
import { ofSite } from "../core/whose.ts";
import { defineProduct, products } from "./products.ts";

const PartyKindField = z.enum(["recycler", "refiner", "laboratory", "carrier", "buyer", "auditor"]);

const Bed = {
  diameter_mm: inUnit(z.number().positive().max(100_000), "mm").optional(),
  bed_length_mm: inUnit(z.number().positive().max(100_000), "mm").optional(),
  scale_sd: titled(Mass, "doubt of the scale").optional().describe("standard uncertainty of one weighing"),
};

const Change = { why: Text, at: Instant.optional() };

/** The place of a site, from its ZIP code. */
function placeOf(scope: Scope, zip: string) {
  const place = scope.ports.zips.find(zip.slice(0, 5));
  if (!place) return refuse("zip_unknown", "zip", `no place is known for the ZIP code ${zip}`);
  const { city, state, lat, lon } = place;
  return done({ zip, city, state, lat, lon });
}

function scaleDoubt(given: Mass) {
  const sd = positiveMass(given, "scale_sd");
  return sd.ok ? done({ scale_sd_mg: sd.value }) : sd;
}

/** A correcting entry as it is written: what was not stated is left out, and the time is one that has happened. */
function changeOf<G extends { readonly at?: string | undefined; readonly why: string }>(
  scope: Scope,
  { at, ...given }: G,
) {
  const when = notInFuture(at, scope.now);
  if (!when.ok) return when;
  const stated = Object.entries(given).filter(([, value]) => value !== undefined);
  return done({ ...Object.fromEntries(stated), at: when.value } as Stated<Omit<G, "at">> & { at: string });
}

/** The same fields; what is there is not undefined. */
type Stated<G> = { [K in keyof G]: Exclude<G[K], undefined> };

const registerParty = command({
  room: "programme",
  verb: "register-party",
  summary: "Register a party: a recycler, refiner, laboratory, carrier, buyer or auditor.",
  input: z.strictObject({
    party: NewId("party"),
    name: Text,
    kind: PartyKindField,
    sample: z.boolean().default(false),
  }),
  example: { party: "sample-recycler", name: "Sample Recycler", kind: "recycler" as const, sample: true },
  concerns: { everyone: "the first parties are registered before there is any" },
  async decide(scope, { party, ...rest }) {
    const decided = decideParty(await scope.get("party", party), {
      ...{ id: party, ...rest, registered_at: scope.now },
    });
    if (!decided.ok) return decided;
    return done({ entries: [{ kind: "party_registered", body: decided.value }], answer: { party } });
  },
});

const registerSite = command({
  room: "programme",
  verb: "register-site",
  summary: "Register a site of a party with what it can do; its place comes from the ZIP code.",
  input: z.strictObject({
    site: NewId("site"),
    party: PartyId(),
    name: Text,
    zip: UsZip,
    country: saying(Country, { "x-expected": true }).optional(),
    capabilities: z.array(Capability()).max(50).describe("intake, and what its steps ask, such as dismantle"),
    status: z.enum(["open", "closing", "closed"]).default("open"),
  }),
  example: {
    site: "plainfield",
    party: "sample-recycler",
    name: "Plainfield centre",
    zip: "46168",
    country: "US",
    capabilities: ["intake", "dismantle", "store"],
    status: "open" as const,
  },
  concerns: { says: "the party of the site", of: async ({ party }) => [party] },
  async decide(scope, { site, party, name, zip, country, capabilities, status }) {
    const place = placeOf(scope, zip);
    if (!place.ok) return place;
    const where = { id: site, party, name, ...place.value };
    const given: Site = { ...where, capabilities, status, registered_at: scope.now };
    const decided = decideSite(await scope.get("site", site), await scope.get("party", party), given);
    if (!decided.ok) return decided;
    const stated = countryStatement(undefined, {
      site,
      state: given.state,
      ...(country === undefined ? {} : { country }),
    });
    return done({
      entries: [
        { kind: "site_registered", body: decided.value },
        ...(stated ? [{ kind: "site_country_stated", body: { ...stated, at: scope.now } }] : []),
      ],
      answer: { site, city: given.city, state: given.state, country: country ?? "not stated" },
    });
  },
});

const registerUnit = command({
  room: "programme",
  verb: "register-unit",
  summary: "Register a unit at a site: a column with its bed, a scale with its doubt, a shredder, a furnace.",
  input: z.strictObject({
    unit: NewId("unit"),
    site: SiteId(),
    kind: UnitKind(),
    name: Text,
    ...Bed,
  }),
  example: {
    unit: "noblesville-c1",
    site: "noblesville",
    kind: "column",
    name: "Column 1",
    diameter_mm: 457.2,
    bed_length_mm: 1000,
  },
  concerns: { says: "the party of the site", of: async ({ site }, records) => ofSite(records, site) },
  async decide(scope, { unit, scale_sd, ...rest }) {
    const sd = scale_sd === undefined ? done({}) : scaleDoubt(scale_sd);
    if (!sd.ok) return sd;
    const given = { id: unit, ...rest, ...sd.value, registered_at: scope.now } as Unit;
    const decided = decideUnit(await scope.get("unit", unit), await scope.get("site", rest.site), given);
    if (!decided.ok) return decided;
    return done({ entries: [{ kind: "unit_registered", body: decided.value }], answer: { unit } });
  },
});

const changeParty = command({
  room: "programme",
  verb: "change-party",
  summary: "Correct the name or kind of a party, with the reason.",
  input: z.strictObject({
    party: PartyId(),
    name: Text.optional(),
    kind: PartyKindField.optional(),
    ...Change,
  }),
  example: { party: "sample-recycler", name: "Sample Recycler Inc.", why: "name as registered" },
  concerns: { says: "the party itself", of: async ({ party }) => [party] },
  async decide(scope, given) {
    const change = changeOf(scope, given);
    if (!change.ok) return change;
    const decided = decidePartyChange(await scope.get("party", given.party), change.value);
    if (!decided.ok) return decided;
    return done({
      entries: [{ kind: "party_changed", body: decided.value }],
      answer: { party: given.party },
    });
  },
});

const changeSite = command({
  room: "programme",
  verb: "change-site",
  summary: "Change what a site can do, its name, place or country, or whether it is open, with the reason.",
  input: z.strictObject({
    site: SiteId(),
    name: Text.optional(),
    zip: UsZip.optional(),
    country: Country.optional(),
    capabilities: z.array(Capability()).max(50).optional(),
    status: z.enum(["open", "closing", "closed"]).optional(),
    ...Change,
  }),
  example: {
    site: "plainfield",
    capabilities: ["intake", "dismantle", "demagnetise", "store"],
    why: "furnace commissioned",
  },
  concerns: { says: "the party of the site", of: async ({ site }, records) => ofSite(records, site) },
  async decide(scope, { zip, country, ...given }) {
    const place = zip === undefined ? done(undefined) : placeOf(scope, zip);
    if (!place.ok) return place;
    const change = changeOf(scope, { ...given, ...place.value });
    if (!change.ok) return change;
    const site = await scope.get("site", given.site);
    const stated = countryStatement(site, {
      site: given.site,
      state: place.value?.state ?? site?.state ?? "",
      ...(country === undefined ? {} : { country }),
    });
    const { site: _site, why: _why, at: _at, ...values } = change.value;
    const entries: NewEntry[] = [];
    if (Object.keys(values).length > 0 || !stated) {
      const decided = decideSiteChange(site, change.value);
      if (!decided.ok) return decided;
      entries.push({ kind: "site_changed", body: decided.value });
    }
    if (stated) {
      if (!site) return refuse("site_unknown", "site", `no site ${given.site} is registered`);
      const { why, at } = change.value;
      const early = beforeGrounds(at, [["it was registered", site.registered_at]]);
      if (early) return early;
      entries.push({ kind: "site_country_stated", body: { ...stated, why, at } });
    }
    return done({ entries, answer: { site: given.site } });
  },
});

const changeUnit = command({
  room: "programme",
  verb: "change-unit",
  summary: "Correct a unit, such as the bed of a column or the doubt of a scale, with the reason.",
  input: z.strictObject({ unit: UnitId(), name: Text.optional(), ...Bed, ...Change }),
  example: { unit: "plainfield-floor", scale_sd: "120 g", why: "calibration of the third quarter" },
  concerns: {
    says: "the party of its site",
    of: async ({ unit }, records) => ofSite(records, (await records.get("unit", unit))?.site),
  },
  async decide(scope, { scale_sd, ...given }) {
    const sd = scale_sd === undefined ? done({}) : scaleDoubt(scale_sd);
    if (!sd.ok) return sd;
    const change = changeOf(scope, { ...given, ...sd.value });
    if (!change.ok) return change;
    const decided = decideUnitChange(await scope.get("unit", given.unit), change.value);
    if (!decided.ok) return decided;
    return done({ entries: [{ kind: "unit_changed", body: decided.value }], answer: { unit: given.unit } });
  },
});

const roles = query({
  room: "programme",
  verb: "roles",
  summary: "The roles that act and what each does; name one to see whether it is listed.",
  input: z.strictObject({ role: Role(z.string().max(40)).optional() }),
  example: {},
  answer: async (_ports, { role }) => done({ items: role === undefined ? listRoles() : [markRole(role)] }),
});

const parties = query({
  room: "programme",
  verb: "parties",
  summary: "The parties of the programme.",
  input: z.strictObject({ kind: z.string().max(40).optional(), ...PageOf }),
  example: { limit: 50 },
  answer: (ports, { after, limit, kind }) => pageOf(ports, "party", { after, limit, filter: { kind } }),
});

const sites = query({
  room: "programme",
  verb: "sites",
  summary: "Sites with their places and capabilities.",
  input: z.strictObject({ party: PartyId().optional(), status: z.string().max(20).optional(), ...PageOf }),
  example: { limit: 50 },
  answer: (ports, { after, limit, ...filter }) => pageOf(ports, "site", { after, limit, filter }),
});

const units = query({
  room: "programme",
  verb: "units",
  summary: "Units: columns, scales and the rest.",
  input: z.strictObject({ site: SiteId().optional(), kind: UnitKind().optional(), ...PageOf }),
  example: { limit: 50 },
  answer: (ports, { after, limit, ...filter }) => pageOf(ports, "unit", { after, limit, filter }),
});

export const programmeUseCases = [
  registerParty,
  registerSite,
  registerUnit,
  changeParty,
  changeSite,
  changeUnit,
  defineProduct,
  parties,
  sites,
  units,
  products,
  roles,
] as const;
