import { z } from "zod";
import { PartyId } from "../../contract/identifiers.ts";
import { done, refuse } from "../../quantity/index.ts";
import type { LedgerStore, Ports } from "../core/ports.ts";
import { query } from "../core/use-case.ts";
import { standingOf } from "./signer.ts";

/** A key as the list of trusted issuers shows it. What is null is open, or not known. */
interface IssuerShown {
  readonly id: string;
  readonly name: string;
  readonly party: string;
  readonly from: string | null;
  readonly until: string | null;
  readonly state: "in_force" | "retired" | "revoked";
  readonly why: string | null;
  readonly compromised_from?: string;
  readonly lost?: true;
  readonly adopted?: true;
}

const PAGE = 500;

export const issuers = query({
  room: "certify",
  verb: "issuers",
  summary:
    "The signing keys that parties have and had, from when and until when, in the form that `certify verify --trust` reads.",
  input: z.strictObject({ party: PartyId().optional() }),
  example: { party: "sample-refiner" },
  async answer(ports, { party }) {
    const named = party === undefined ? undefined : await ports.store.load("party", party);
    if (party !== undefined && !named)
      return refuse("party_unknown", "party", `no party ${party} is registered`);
    const told = await keysTold(ports.store, party);
    const parties =
      party !== undefined && named
        ? [{ party, name: named.record.name }]
        : (await everyParty(ports.store)).filter(({ kind }) => SIGNING.has(kind));
    const untold: IssuerShown[] = [];
    for (const one of parties)
      if (!told.some((key) => key.party === one.party)) untold.push(...(await keyUntold(ports, one)));
    return done({ issuers: [...told, ...untold] });
  },
});

const SIGNING: ReadonlySet<string> = new Set(["recycler", "refiner"]);

async function everyParty(store: LedgerStore) {
  const parties: { readonly party: string; readonly name: string; readonly kind: string }[] = [];
  for (let after: string | undefined; ; ) {
    const page = await store.list({ collection: "party", limit: PAGE, ...(after ? { after } : {}) });
    for (const { id, record } of page.items)
      parties.push({ party: id, name: record.name, kind: record.kind });
    after = page.next;
    if (after === undefined) return parties;
  }
}

/** By party, in the order of their births. */
async function keysTold(store: LedgerStore, party: string | undefined): Promise<IssuerShown[]> {
  const shown: IssuerShown[] = [];
  for (let after: string | undefined; ; ) {
    const where = party === undefined ? {} : { where: { party } };
    const page = await store.list({
      ...{ collection: "signing_key" as const, limit: PAGE, ...where },
      ...(after ? { after } : {}),
    });
    for (const { id, record } of page.items) {
      const { until = null, why = null, compromised_from, lost, adopted } = record;
      const name = (await store.load("party", record.party))?.record.name ?? record.party;
      shown.push({
        ...{ id, name, party: record.party, from: record.from, until, state: record.state, why },
        ...(compromised_from === undefined ? {} : { compromised_from }),
        ...(lost ? { lost } : {}),
        ...(adopted ? { adopted } : {}),
      });
    }
    after = page.next;
    if (after === undefined) return shown.sort(byBirth);
  }
}

const byBirth = (a: IssuerShown, b: IssuerShown): number =>
  a.party < b.party ? -1 : a.party > b.party ? 1 : (a.from ?? "") < (b.from ?? "") ? -1 : 1;

/** A key in use since before keys had entries, which is adopted at its next use. */
async function keyUntold(
  ports: Ports,
  { party, name }: { readonly party: string; readonly name: string },
): Promise<IssuerShown[]> {
  const standing = await standingOf({ party, party_keys: undefined, ports, store: ports.store });
  const keys = standing.is === "to_adopt" ? [standing.key] : standing.is === "lost" ? standing.keys : [];
  const none = { from: null, until: null, why: null, state: "in_force" as const, adopted: true as const };
  return keys.map((id) => ({
    id,
    name,
    party,
    ...none,
    ...(standing.is === "lost" ? { lost: true as const } : {}),
  }));
}
