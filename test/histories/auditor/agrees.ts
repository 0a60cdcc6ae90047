import type { Entry } from "../../../src/ledger/index.ts";
import { must } from "../red.ts";
import type { Teller } from "../teller.ts";
import { claimedOf } from "./claims.ts";
import { checkSpread } from "./doubt.ts";
import { type Body, elementsOf, sharesOf, whole } from "./read.ts";
import { type By, put, type Seen, type SeenLot, TAKEN } from "./seen.ts";

/** A delivery states its mass alone: of several feeds the last milligrams may be another's. */
const DELIVERED_MG = 3;

const RULE = "the books answer what their entries say";

/** What entries touched: their lots, orders, agreements, wherever in the body they are named. */
function namedIn(entries: readonly Entry[], names: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value === "string") {
      if (names.has(value)) found.add(value);
    } else if (typeof value === "object" && value !== null)
      for (const [name, inside] of Object.entries(value)) {
        if (names.has(name)) found.add(name);
        walk(inside);
      }
  };
  for (const { body } of entries) walk(body);
  return found;
}

const same = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean =>
  [...new Set([...a.keys(), ...b.keys()])].every((key) => (a.get(key) ?? 0) === (b.get(key) ?? 0));

const told = (of: ReadonlyMap<string, number>): string =>
  JSON.stringify(Object.fromEntries([...of].filter(([, mg]) => mg !== 0)));

/** What the books answer of all that a command touched is what the auditor has of it. */
export async function checkAnswers(books: Teller, seen: Seen, entries: readonly Entry[]): Promise<void> {
  const delivered = new Set(
    entries.filter(({ kind }) => kind === "lot_delivered").map(({ body }) => body["lot"]),
  );
  // A passport or an order is taken of lots that an entry which ends it does not name.
  const spread = entries.some(({ kind }) => /^passport_|^order_cancelled|^step_reversed/.test(kind));
  const lots = spread ? new Set(seen.lots.keys()) : namedIn(entries, new Set(seen.lots.keys()));
  for (const id of lots) {
    const lot = seen.lots.get(id) as SeenLot;
    if (delivered.has(id)) await adopt(books, lot);
    await checkLot(books, lot);
  }
  const orders = spread ? new Set(seen.orders.keys()) : namedIn(entries, new Set(seen.orders.keys()));
  const touched = new Set([
    ...orders,
    ...[...lots].flatMap((id) => [...(seen.lots.get(id)?.taken.promised.keys() ?? [])]),
  ]);
  for (const order of touched) await checkOrder(books, seen, order);
  if (entries.some(({ kind }) => kind.startsWith("passport_"))) await checkClaimed(books, seen);
  for (const agreement of seen.accounts.keys())
    if (entries.some(({ kind }) => kind === "account_posted")) await checkAccount(books, seen, agreement);
}

/** The shares that a delivery left, each within a milligram of its part. */
async function adopt(books: Teller, lot: SeenLot): Promise<void> {
  const shares = sharesOf((await books.look("lot", lot.lot))?.feeds_mg);
  for (const key of new Set([...shares.keys(), ...lot.shares.keys()])) {
    const [said, mine] = [shares.get(key) ?? 0, lot.shares.get(key) ?? 0];
    must(Math.abs(said - mine) <= DELIVERED_MG, RULE, () => `${said} mg of ${key} in ${lot.lot}, ${mine} mg`);
  }
  lot.shares = shares;
}

async function checkLot(books: Teller, lot: SeenLot): Promise<void> {
  const said = await books.answer<Body>("ledger lot", { lot: lot.lot });
  must(
    said["mass_mg"].best === lot.mass,
    RULE,
    () => `${lot.lot}: ${said["mass_mg"].best} mg, ${lot.mass} mg`,
  );
  checkSpread(lot, said);
  const elements = elementsOf(said);
  must(same(elements, lot.elements), RULE, () => `${lot.lot}: ${told(elements)}, ${told(lot.elements)}`);
  const shares = sharesOf(said["feeds_mg"]);
  must(same(shares, lot.shares), RULE, () => `${lot.lot}: ${told(shares)}, ${told(lot.shares)}`);
  const [marked, raised] = [said["raised"] ?? [], [...lot.raised]].map((names: string[]) =>
    names.sort().join(),
  );
  must(marked === raised, RULE, () => `${lot.lot}, found beyond what was brought: ${marked}; ${raised}`);
  for (const what of ["owner", "place", "state"] as const)
    must(said[what] === lot[what], RULE, () => `${lot.lot}, ${what}: ${said[what]}, ${lot[what]}`);
  const takings = (await books.look("taking", lot.lot)) as Body | undefined;
  for (const taken of TAKEN) {
    const by: By = new Map(Object.entries<number>(takings?.[taken] ?? {}));
    must(
      same(by, lot.taken[taken]),
      RULE,
      () => `${lot.lot}, ${taken}: ${told(by)}, ${told(lot.taken[taken])}`,
    );
  }
}

async function checkOrder(books: Teller, seen: Seen, order: string): Promise<void> {
  const said = await books.answer<Body>("orders show", { order });
  const mine: By = new Map();
  for (const lot of seen.lots.values()) put(mine, lot.lot, lot.taken.promised.get(order) ?? 0);
  const theirs: By = new Map(said["allocations"].map(({ lot, mass_mg }: Body) => [lot, mass_mg]));
  must(same(theirs, mine), RULE, () => `${order}: ${told(theirs)}, ${told(mine)}`);
}

async function checkClaimed(books: Teller, seen: Seen): Promise<void> {
  const claimed: By = new Map();
  for (const { feed, claimed_mg } of await books.all("feed_claims"))
    for (const [key, mg] of sharesOf({ [feed]: claimed_mg })) claimed.set(key, mg);
  const mine = claimedOf(seen);
  must(same(claimed, mine), RULE, () => `claimed ${told(claimed)}, ${told(mine)}`);
}

async function checkAccount(books: Teller, seen: Seen, agreement: string): Promise<void> {
  const said = await books.answer<Body>("settle account", { agreement });
  const account = seen.accounts.get(agreement);
  for (const { oxide, balance_kg } of said["balances"] as Body[]) {
    const mine = (account?.owed.get(oxide) ?? 0n) - (account?.returned.get(oxide) ?? 0n);
    must(whole(balance_kg) === mine, RULE, () => `${agreement}, ${oxide}: ${balance_kg}, ${mine}`);
  }
}
