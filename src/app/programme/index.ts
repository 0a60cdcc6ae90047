import { z } from "zod";
import { Id, Instant, Mass, notInFuture, PageOf, positiveMass, Text, UsZip } from "../../contract/fields.ts";
import {
  decideSite,
  decideSiteChange,
  decideUnit,
  type Party,
  type Site,
  type Unit,
} from "../../programme/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { pageOf } from "../pages.ts";
import { command, query, type UseCase } from "../use-case.ts";

const registerParty = command({
  room: "programme",
  verb: "register-party",
  summary: "Register a party: a recycler, refiner, laboratory, carrier, buyer or auditor.",
  input: z.object({
    party: Id,
    name: Text,
    kind: z.enum(["recycler", "refiner", "laboratory", "carrier", "buyer", "auditor"]),
    sample: z.boolean().default(false),
  }),
  example: { party: "sample-recycler", name: "Sample Recycler", kind: "recycler" as const, sample: true },
  async decide(scope, { party, ...rest }) {
    if (await scope.get("party", party))
      return refuse("party_name_taken", "party", `${party} is registered already`);
    const body: Party = { id: party, ...rest };
    return done({ entries: [{ kind: "party_registered", body }], answer: { party } });
  },
});

const registerSite = command({
  room: "programme",
  verb: "register-site",
  summary: "Register a site of a party with what it can do; its place comes from the ZIP code.",
  input: z.object({
    site: Id,
    party: Id,
    name: Text,
    zip: UsZip,
    capabilities: z.array(Id).max(50),
    status: z.enum(["open", "closing", "closed"]).default("open"),
  }),
  example: {
    site: "plainfield",
    party: "sample-recycler",
    name: "Plainfield centre",
    zip: "46168",
    capabilities: ["intake", "dismantle", "store"],
    status: "open" as const,
  },
  async decide(scope, { site, party, name, zip, capabilities, status }) {
    const place = scope.ports.zips.find(zip.slice(0, 5));
    if (!place) return refuse("zip_unknown", "zip", `no place is known for the ZIP code ${zip}`);
    const { city, state, lat, lon } = place;
    const given: Site = { id: site, party, name, city, state, zip, lat, lon, capabilities, status };
    const decided = decideSite(
      await scope.get<Site>("site", site),
      await scope.get<Party>("party", party),
      given,
    );
    if (!decided.ok) return decided;
    return done({
      entries: [{ kind: "site_registered", body: decided.value }],
      answer: { site, city, state },
    });
  },
});

const registerUnit = command({
  room: "programme",
  verb: "register-unit",
  summary: "Register a unit at a site: a column with its bed, a scale with its doubt, a shredder, a furnace.",
  input: z.object({
    unit: Id,
    site: Id,
    kind: Id,
    name: Text,
    diameter_mm: z.number().positive().max(100_000).optional(),
    bed_length_mm: z.number().positive().max(100_000).optional(),
    scale_sd: Mass.optional().describe("standard uncertainty of one weighing"),
  }),
  example: {
    unit: "noblesville-c1",
    site: "noblesville",
    kind: "column",
    name: "Column 1",
    diameter_mm: 457.2,
    bed_length_mm: 1000,
  },
  async decide(scope, { unit, scale_sd, ...rest }) {
    const sd = scale_sd === undefined ? undefined : positiveMass(scale_sd, "scale_sd");
    if (sd && !sd.ok) return sd;
    const given = { id: unit, ...rest, ...(sd ? { scale_sd_mg: sd.value } : {}) } as Unit;
    const decided = decideUnit(
      await scope.get<Unit>("unit", unit),
      await scope.get<Site>("site", rest.site),
      given,
    );
    if (!decided.ok) return decided;
    return done({ entries: [{ kind: "unit_registered", body: decided.value }], answer: { unit } });
  },
});

const changeSite = command({
  room: "programme",
  verb: "change-site",
  summary: "Change what a site can do, or whether it is open, with the reason.",
  input: z.object({
    site: Id,
    capabilities: z.array(Id).max(50).optional(),
    status: z.enum(["open", "closing", "closed"]).optional(),
    why: Text,
    at: Instant.optional(),
  }),
  example: {
    site: "plainfield",
    capabilities: ["intake", "dismantle", "demagnetise", "store"],
    why: "furnace commissioned",
  },
  async decide(scope, { at, ...given }) {
    const when = notInFuture(at, scope.now);
    if (!when.ok) return when;
    const change = JSON.parse(JSON.stringify({ ...given, at: when.value }));
    const decided = decideSiteChange(await scope.get<Site>("site", given.site), change);
    if (!decided.ok) return decided;
    return done({ entries: [{ kind: "site_changed", body: decided.value }], answer: { site: given.site } });
  },
});

const parties = query({
  room: "programme",
  verb: "parties",
  summary: "The parties of the programme.",
  input: z.object({ kind: z.string().max(40).optional(), ...PageOf }),
  example: { limit: 50 },
  answer: (ports, { after, limit, kind }) => pageOf(ports, "party", { after, limit, filter: { kind } }),
});

const sites = query({
  room: "programme",
  verb: "sites",
  summary: "Sites with their places and capabilities.",
  input: z.object({ party: Id.optional(), status: z.string().max(20).optional(), ...PageOf }),
  example: { limit: 50 },
  answer: (ports, { after, limit, ...filter }) => pageOf(ports, "site", { after, limit, filter }),
});

const units = query({
  room: "programme",
  verb: "units",
  summary: "Units: columns, scales and the rest.",
  input: z.object({ site: Id.optional(), kind: Id.optional(), ...PageOf }),
  example: { limit: 50 },
  answer: (ports, { after, limit, ...filter }) => pageOf(ports, "unit", { after, limit, filter }),
});

export const programmeUseCases: readonly UseCase[] = [
  registerParty,
  registerSite,
  registerUnit,
  changeSite,
  parties,
  sites,
  units,
];
