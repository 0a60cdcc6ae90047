import { isFatal, type Verification } from "../../src/certify/index.ts";
import { readSignedJson } from "../../src/contract/signed-json.ts";
import { BookAuditor } from "../../src/store/book-auditor.ts";
import {
  type Bodies,
  certificateOf,
  check,
  ended,
  logOf,
  type World,
  worldWith,
} from "../support/passport-world.ts";

/** Who can forge it: somebody without any key, one of the firms in its books, or the issuer with its own key. */
export type Forger = "stranger" | "one firm" | "issuer";

/** What was said against a forgery: a finding, a check that did not pass, a fault of the audit, a refusal to read. */
export interface Said {
  readonly name: string;
  readonly why: string;
}

export interface Fraud {
  readonly forged: string;
  readonly by: Forger;
  /** Whose code names it. */
  readonly looks: "verifier" | "reader" | "audit";
  /** What names it; of what cannot be found offline, why it is open. */
  readonly named: string | { readonly open: string };
  /** Every word against it; `accepted` where it gets through. */
  forge(): Promise<{ readonly said: readonly Said[]; readonly accepted: boolean }>;
}

export const saidBy = ({ checks, findings, accepted }: Verification) => ({
  accepted,
  said: [
    ...findings.filter(isFatal).map(({ code, message }) => ({ name: code, why: message })),
    ...checks
      .filter(({ result }) => result !== "passed")
      .map(({ name, result, why }) => ({ name: `${name} ${result}`, why })),
  ],
});

type Told = Pick<Fraud, "forged" | "by" | "named">;
type Changes = Parameters<typeof worldWith>[0];

/** A forgery of what is in the log or in the passport, signed with the issuer's own key. */
export const inTheLog = (told: Omit<Told, "by"> & { readonly by?: Forger }, changes: Changes): Fraud => ({
  by: "issuer",
  looks: "verifier",
  ...told,
  forge: async () => saidBy(check(await worldWith(changes))),
});

/** A forgery of the files on their way to the buyer. */
export const onTheWay = (
  told: Omit<Told, "by"> & { readonly by?: Forger },
  change: (world: World) => Parameters<typeof check>[1] | Promise<Parameters<typeof check>[1]>,
  changes: Changes = {},
): Fraud => ({
  by: "stranger",
  looks: "verifier",
  ...told,
  async forge() {
    const world = await worldWith(changes);
    return saidBy(check(world, await change(world)));
  },
});

/** A file that two readers would read differently. */
export const inTheFile = (told: Omit<Told, "by">, change: (text: string) => string): Fraud => ({
  by: "stranger",
  looks: "reader",
  ...told,
  async forge() {
    const { credential } = await worldWith();
    const read = readSignedJson(change(JSON.stringify(credential)), "passport.json");
    return read.ok
      ? { accepted: true, said: [] }
      : { accepted: false, said: [{ name: read.refusal.code, why: read.refusal.message }] };
  },
});

/** Books whose hashes hold, written past the commands that would have refused it. */
export const inTheBooks = (
  told: Omit<Told, "by"> & { readonly by?: Forger },
  bodies: () => Bodies,
): Fraud => ({
  by: "one firm",
  looks: "audit",
  ...told,
  async forge() {
    const auditor = new BookAuditor();
    const found = logOf(bodies()).flatMap((entry) => [...auditor.take(entry)]);
    const said = [...found, ...auditor.finish()].map(({ fault, why }) => ({ name: fault, why }));
    return { accepted: said.length === 0, said };
  },
});

// biome-ignore-start lint/suspicious/noExplicitAny: forgers write what no type allows
/** The body of the nth entry of a kind. */
export const bodyOf = (bodies: Bodies, kind: string, nth = 0): any =>
  bodies.filter(([of]) => of === kind)[nth]?.[1];

/** Puts an entry before the passport that is looked at, or at the end. */
export function put(bodies: Bodies, where: "before" | "end", ...entries: Bodies): void {
  const at = bodies.findIndex(([, body]) => body["passport"] === "P-1");
  bodies.splice(where === "before" ? at : bodies.length, 0, ...entries);
}
// biome-ignore-end lint/suspicious/noExplicitAny: as above

/** An honest log is cut, and signed anew by its own issuer. */
export const reEnded = async (world: World, entries = world.entries, at?: string) =>
  ended(entries, "OX-1", { signer: world.signer, ...(at === undefined ? {} : { at }) });

interface Contents {
  readonly mass_mg: { readonly best: number; readonly moves: object };
  readonly elements_mg: { readonly Nd: { readonly best: number; readonly moves: object } };
  readonly feeds_mg?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** What a lot holds, and how much of it is of the feed F-1, in the shape of entries. */
export const contents = (mass: number, neodymium: number, shares?: number): Contents => ({
  mass_mg: { best: mass, moves: {} },
  elements_mg: { Nd: { best: neodymium, moves: {} } },
  ...(shares === undefined ? {} : { feeds_mg: { "F-1": { Nd: shares } } }),
});

/** A step that draws on one lot and makes others, as its entry has it; it states its own sums truly. */
export function stepOf(
  step: string,
  from: Contents & { readonly lot: string },
  into: readonly (Contents & { readonly lot: string; readonly kind?: string })[],
): Bodies[number] {
  const sums = (of: (part: Contents) => number) => {
    const [in_mg, out_mg] = [of(from), into.reduce((sum, part) => sum + of(part), 0)];
    return { in_mg, added_mg: 0, out_mg, lost_mg: 0, residual_mg: in_mg - out_mg, closes: true };
  };
  const closure = {
    mass: sums((part) => part.mass_mg.best),
    elements: { Nd: sums((part) => part.elements_mg.Nd.best) },
  };
  const body = {
    ...{ step, kind: "split", site: "x", at: "2026-03-02T00:00:00Z", rules: 2, additions: [], losses: [] },
    inputs: [{ feeds_mg: {}, ...from }],
    outputs: into.map((part) => ({ kind: "oxide", notes: { oxide: "Nd2O3" }, feeds_mg: {}, ...part })),
    closure,
  };
  return ["step_recorded", body];
}

/** Ninefold oxide of nobody knows where joins the lot as an addition; the certificate of analysis is of all of it. */
export const mixedWithVirgin = {
  bodies(bodies: Bodies): void {
    const step = bodyOf(bodies, "step_recorded");
    step.additions.push({ mass_mg: { best: 9_000_000, moves: {} }, elements_mg: {} });
    step.outputs[0].mass_mg.best = 10_000_000;
    bodyOf(bodies, "certificate_released").certificate = certificateOf("OX-1", 10_000_000);
    bodyOf(bodies, "passport_issued", 1).mass_mg = 10_000_000;
  },
  // biome-ignore lint/suspicious/noExplicitAny: forgers write what no type allows
  facts(facts: Record<string, any>): void {
    facts["net_mass_mg"] = 10_000_000;
    facts["certificate"] = certificateOf("OX-1", 10_000_000);
  },
};

/** The drum was made and got a passport; it is repacked, and the passport that is looked at calls itself a part of that. */
export const repacked = (mother: string, whole: object, part: object) => ({
  bodies(bodies: Bodies): void {
    const [drum] = bodyOf(bodies, "step_recorded").outputs;
    drum.lot = "DRUM";
    const all = contents(1_000_000, 851_356, 850_000);
    const mine = bodyOf(bodies, "passport_issued", 1);
    put(
      bodies,
      "before",
      ["passport_issued", { ...structuredClone(mine), passport: mother, lot: "DRUM", ...whole }],
      stepOf("S-2", { lot: "DRUM", ...all }, [{ lot: "OX-1", ...all }]),
    );
    Object.assign(mine, { part_of: { passport: mother, mass_mg: 1_000_000 }, ...part });
  },
  // biome-ignore lint/suspicious/noExplicitAny: as above
  facts(facts: Record<string, any>): void {
    facts["part_of"] = { passport: mother, mass_mg: 1_000_000 };
  },
});

/** Books of one feed, one drum made of it, and a passport that describes the drum. */
export const drumOf = (passport: object): Bodies => [
  [
    "lot_opened",
    {
      lot: "F-1",
      kind: "magnets",
      notes: {},
      made_by: "C-1",
      ...contents(2_000_000, 1_200_000),
      at: "2026-03-01T00:00:00Z",
    },
  ],
  ["feed_measured", { feed: "F-1", elements_mg: { Nd: { best: 1_200_000, sd: 0 } } }],
  stepOf("S-1", { lot: "F-1", ...contents(1_400_000, 840_000, 840_000) }, [
    { lot: "DRUM", ...contents(1_400_000, 840_000, 840_000) },
  ]),
  ["certificate_released", { lot: "DRUM", certificate: { net_mass_mg: 1_400_000 }, findings: [] }],
  ["passport_issued", { passport: "P-1", lot: "DRUM", mass_mg: 1_400_000, feeds_mg: {}, ...passport }],
];

/** The drum repacked whole, with a passport that calls itself a part of the drum's. */
export const repackedDrum = (passport: object): Bodies => [
  stepOf("S-2", { lot: "DRUM", ...contents(1_400_000, 840_000, 840_000) }, [
    { lot: "DRUM-2", ...contents(1_400_000, 840_000, 840_000) },
  ]),
  ["certificate_released", { lot: "DRUM-2", certificate: { net_mass_mg: 1_400_000 }, findings: [] }],
  [
    "passport_issued",
    {
      ...{ passport: "P-2", lot: "DRUM-2", mass_mg: 1_400_000, feeds_mg: {} },
      part_of: { passport: "P-1", mass_mg: 1_400_000 },
      ...passport,
    },
  ],
];
