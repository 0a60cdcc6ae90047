import { z } from "zod";
import { done } from "../../quantity/index.ts";
import { CRYPTOGRAPHY, controlRows, countControls, dutyRows, isAllowed, ROLES } from "../../trust/index.ts";
import { issuers } from "../certify/issuers.ts";
import type { EvidenceSources, Told } from "../core/evidence-sources.ts";
import { everyRecord } from "../core/pages.ts";
import type { Page, Ports } from "../core/ports.ts";
import { seeingAll } from "../core/seen.ts";
import { action } from "../core/use-case.ts";
import { partyShown, type Shown, whoAudits } from "./who-audits.ts";

/** In the order an auditor reads them. */
export const PARTS = [
  "audit",
  "heads",
  "people",
  "roles",
  "duties",
  "tokens",
  "access",
  "keys",
  "refusals",
  "reads",
  "clearances",
  "incidents",
  "backups",
  "sbom",
  "licences",
  "configuration",
  "changes",
  "vendors",
  "controls",
  "cryptography",
] as const;
export type PartName = (typeof PARTS)[number];

/** A part says when it was made and of what; one that is not there says why (Z50). */
export interface EvidencePart {
  readonly made_at: string;
  readonly from: string;
  readonly content?: object;
  readonly not_there?: string;
}

export interface EvidencePack {
  readonly pack: "didym-evidence/1";
  readonly version: string;
  readonly made_at: string;
  /** Whose people, tokens, keys, refusals and reads: a party's, or everyone's. */
  readonly of: string;
  readonly parts: Readonly<Record<PartName, EvidencePart>>;
}

const COUNTS_MAX = 10_000;
const PAGE = 500;

type Maker = (ports: Ports, shown: Shown) => Promise<Told>;

const here = (content: object): Told => ({ content });

const people: Maker = async ({ store }, shown) =>
  here(await everyRecord(store, "person", { where: partyShown(shown) }));

async function tokensOf({ store }: Ports, shown: Shown) {
  const all = await everyRecord(store, "token", { where: partyShown(shown) });
  return all.map(({ digest: _, ...token }) => token);
}

/** Who holds what since when: each person and token that speaks, with the commands that its role may give. */
const access: Maker = async (ports, shown) => {
  const persons = await everyRecord(ports.store, "person", { where: partyShown(shown) });
  const tokens = await tokensOf(ports, shown);
  const now = ports.clock.now().toISOString();
  const gone = new Set(persons.flatMap(({ id, ended_at }) => (ended_at === undefined ? [] : [id])));
  const kinds = new Map((await everyRecord(ports.store, "party")).map(({ id, kind }) => [id, kind]));
  const commands = (role: string, party: string) =>
    dutyRows().flatMap((row) => (row.role === role && isAllowed(row, kinds.get(party)) ? [row.command] : []));
  return here([
    ...persons
      .filter(({ ended_at }) => ended_at === undefined)
      .map(({ id: person, party, role, registered_at: since }) => ({
        ...{ person, party, role, since, until: null, commands: commands(role, party) },
      })),
    ...tokens
      .filter(
        ({ ended_at, until, person }) => ended_at === undefined && until > now && !gone.has(person ?? ""),
      )
      .map(({ id: token, party, role, issued_at: since, until, scope }) => ({
        ...{ token, party, role, since, until, commands: commands(role, party) },
        ...(scope === undefined ? {} : { scope }),
      })),
  ]);
};

const duties: Maker = async () => {
  const rows = dutyRows().filter(({ own, buyer, customer }) => own || buyer || customer);
  return here(rows);
};

const keys: Maker = async (ports, shown) => {
  const told = await issuers.answer(seeingAll(ports), partyShown(shown));
  return told.ok ? here(told.value.issuers) : { absent: told.refusal.message };
};

const incidents: Maker = async ({ store }, shown) =>
  here(await everyRecord(store, "incident", { where: partyShown(shown) }));

const clearances: Maker = async ({ store }, shown) => {
  const theirs = await everyRecord(store, "person", { where: partyShown(shown) });
  const people = new Set(theirs.map(({ id }) => id));
  return here((await everyRecord(store, "clearance")).filter(({ person }) => people.has(person)));
};

const refusals: Maker = async (ports, shown) => {
  if (!ports.refusals) return { absent: "nobody is turned away here: no requests are answered" };
  return countsBy(ports.refusals.page, shown);
};

/** Counts alone: what was read of compartments is in no pack (Z104). */
const reads: Maker = async (ports, shown) => {
  if (!ports.reads) return { absent: "reads are kept nowhere here: no requests are answered" };
  return countsBy(ports.reads.counts, shown);
};

interface CountsAsked {
  readonly limit: number;
  readonly party?: string;
  readonly after?: string;
}

async function countsBy<T>(pageOf: (asked: CountsAsked) => Promise<Page<T>>, shown: Shown): Promise<Told> {
  const counts: T[] = [];
  for (let after: string | undefined; ; ) {
    const page = await pageOf({
      ...{ limit: PAGE, ...partyShown(shown) },
      ...(after === undefined ? {} : { after }),
    });
    counts.push(...page.items);
    after = page.next;
    if (after === undefined || counts.length >= COUNTS_MAX) break;
  }
  return here({ counts, complete: counts.length < COUNTS_MAX });
}

const heads: Maker = async ({ store }) => {
  const head = await store.head();
  return head ? here({ seq: head.seq, hash: head.hash, time: head.time }) : { absent: "the books are empty" };
};

const NOT_TOLD = "this installation tells nothing of it";

const sourced =
  (name: keyof EvidenceSources): Maker =>
  async ({ evidence }) =>
    (await evidence?.[name]()) ?? { absent: NOT_TOLD };

interface Part {
  readonly from: string;
  readonly make: Maker;
}

const MAKERS: Readonly<Record<PartName, Part>> = {
  audit: { from: "the books, walked from the first entry (ledger audit)", make: sourced("audit") },
  heads: { from: "the last entry of the chain (ledger head)", make: heads },
  people: { from: "records of the books (trust people)", make: people },
  roles: { from: "the list of roles", make: async () => here(ROLES) },
  duties: { from: "the table of duties (trust duties), rows that allow something", make: duties },
  tokens: {
    from: "records of the books (trust tokens), without digests",
    make: async (ports, shown) => here(await tokensOf(ports, shown)),
  },
  access: { from: "people and tokens that speak now, by the table of duties", make: access },
  keys: { from: "entries of births and ends (certify issuers)", make: keys },
  refusals: { from: "requests that were turned away, counted (trust refusals)", make: refusals },
  reads: { from: "what was told to whom, counted (trust reads)", make: reads },
  clearances: { from: "records of the books (trust clearances)", make: clearances },
  incidents: { from: "records of the books (trust incidents)", make: incidents },
  backups: { from: "the folder that backups are kept in", make: sourced("backups") },
  sbom: { from: "package-lock.json (trust sbom), CycloneDX 1.6", make: sourced("sbom") },
  licences: { from: "package-lock.json and what is installed (trust licences)", make: sourced("licences") },
  configuration: {
    from: "the flags and settings of the process that made the pack",
    make: sourced("configuration"),
  },
  changes: { from: "CHANGELOG.md, and the migrations of the database", make: sourced("changes") },
  vendors: { from: "package-lock.json, and what runs", make: sourced("vendors") },
  controls: {
    from: "the control map (trust controls)",
    make: async () => here({ counts: countControls(), rows: controlRows() }),
  },
  cryptography: { from: "the list of uses (trust cryptography)", make: async () => here(CRYPTOGRAPHY) },
};

/** Refusals: not_signed_in, not_allowed. */
export const evidence = action({
  room: "trust",
  verb: "evidence",
  tells: true,
  summary:
    "Everything an auditor asks for, in one pack: audit, people, duties, access, keys, refusals, reads, backups, packages, configuration, controls.",
  input: z.strictObject({}),
  example: {},
  async run(ports, { request }) {
    const { actor, owner } = request;
    const kind = (await ports.store.load("party", actor.party))?.record.kind ?? "party";
    const asker = actor.verified ? { ...actor, kind } : undefined;
    const shown = whoAudits("trust evidence", owner ? "owner" : asker);
    if (!shown.ok) return shown;
    const parts: [PartName, EvidencePart][] = [];
    for (const name of PARTS) {
      const { from, make } = MAKERS[name];
      const told = await make(ports, shown.value);
      const of = "absent" in told ? { not_there: told.absent } : { content: told.content };
      parts.push([name, { made_at: ports.clock.now().toISOString(), from, ...of }]);
    }
    return done<EvidencePack>({
      ...{ pack: "didym-evidence/1", version: ports.version, made_at: ports.clock.now().toISOString() },
      of: shown.value === "all" ? "everyone" : shown.value.party,
      parts: Object.fromEntries(parts) as EvidencePack["parts"],
    });
  },
});
