import { z } from "zod";
import { Country } from "../../contract/countries.ts";
import { PageOf, Text, UsZip } from "../../contract/fields.ts";
import { Capability, NewId, PartyId, Role, SiteId, saying } from "../../contract/identifiers.ts";
import { beforeGrounds } from "../../ledger/index.ts";
import {
  countryStatement,
  decideParty,
  decidePartyChange,
  decideSite,
  decideSiteChange,
  SIGNS_WITH,
  type Site,
} from "../../programme/index.ts";
import { done, refuse, refusedAt } from "../../quantity/index.ts";
import { listRoles, markRole } from "../../trust/index.ts";
import { pageOf } from "../core/pages.ts";
import type { NewEntry } from "../core/ports.ts";
import { siteTracedAnew } from "../core/provenance.ts";
import { command, query, type Scope } from "../core/use-case.ts";
import { ofSite } from "../core/whose.ts";
import { Change, changeOf } from "./change.ts";
import { changeMethod, methods, registerMethod } from "./methods.ts";
import { defineProduct, products } from "./products.ts";
import { changeUnit, registerUnit, units } from "./units.ts";

const PartyKindField = z.enum([
  "recycler",
  "refiner",
  "laboratory",
  "carrier",
  "buyer",
  "customer",
  "auditor",
]);

const SignsWith = z
  .enum(SIGNS_WITH)
  .describe("what its passports are signed with; P-256 where a validated module has to sign");

/** The place of a site, from its ZIP code. */
function placeOf(scope: Scope, zip: string) {
  const place = scope.ports.zips.find(zip.slice(0, 5));
  if (!place) return refuse("zip_unknown", "zip", `no place is known for the ZIP code ${zip}`);
  const { city, state, lat, lon } = place;
  return done({ zip, city, state, lat, lon });
}

export const registerParty = command({
  room: "programme",
  verb: "register-party",
  summary: "Register a party: a recycler, refiner, laboratory, carrier, buyer, customer or auditor.",
  input: z.strictObject({
    party: NewId("party"),
    name: Text,
    kind: PartyKindField,
    sample: z.boolean().default(false),
    signs_with: SignsWith.optional(),
  }),
  example: { party: "sample-recycler", name: "Sample Recycler", kind: "recycler" as const, sample: true },
  concerns: { everyone: "the first parties are registered before there is any" },
  async decide(scope, { party, signs_with, ...rest }) {
    const decided = decideParty(await scope.get("party", party), {
      ...{ id: party, ...rest, registered_at: scope.now },
      ...(signs_with === undefined ? {} : { signs_with }),
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

const changeParty = command({
  room: "programme",
  verb: "change-party",
  summary: "Correct the name or kind of a party, or what it signs with, with the reason.",
  input: z.strictObject({
    party: PartyId(),
    name: Text.optional(),
    kind: PartyKindField.optional(),
    signs_with: SignsWith.optional(),
    ...Change,
  }),
  example: { party: "sample-recycler", name: "Sample Recycler Inc.", why: "name as registered" },
  concerns: { says: "the party itself", of: async ({ party }) => [party] },
  async decide(scope, given) {
    // What somebody may read follows from it: nobody makes their own party an auditor (G14).
    if (given.kind !== undefined && scope.actor.verified)
      return refuse("not_allowed", "kind", "what kind of party it is, the machine's owner says");
    const change = changeOf(scope, given);
    if (!change.ok) return change;
    const decided = decidePartyChange(await scope.get("party", given.party), change.value, scope.now);
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
      if (site.country !== undefined) {
        const { country: in_country, region } = stated;
        const now = { country: in_country, ...(region === undefined ? {} : { region }) };
        const traced = await siteTracedAnew(scope, { site: given.site, before: site.country, now });
        if (!traced.ok) return refusedAt(traced.refusal, "site");
        entries.push(...traced.value);
      }
    }
    return done({ entries, answer: { site: given.site } });
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

export const programmeUseCases = [
  registerParty,
  registerSite,
  registerUnit,
  changeParty,
  changeSite,
  changeUnit,
  registerMethod,
  changeMethod,
  defineProduct,
  parties,
  sites,
  units,
  methods,
  products,
  roles,
] as const;
