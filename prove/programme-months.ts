import assert from "node:assert/strict";
import { applyEntry } from "../src/app/apply.ts";
import type { Ports } from "../src/app/core/ports.ts";
import type { Records } from "../src/app/core/records.ts";
import { type Entry, type EntryHeader, entryFault, MemoryBook, totalOf } from "../src/ledger/index.ts";
import { StoryClock } from "../src/sample/driver.ts";
import { tellStory } from "../src/sample/story.ts";
import { BookAuditor } from "../src/store/book-auditor.ts";
import { auditLog, type Findings } from "../test/programme/auditor.ts";
import type { DishonestAsk } from "../test/programme/dishonest.ts";
import { RoughDriver } from "../test/programme/rough.ts";
import { auditTrade } from "../test/programme/trade-auditor.ts";
import { memoryPorts } from "../test/support/memory-ports.ts";
import { eachSeed } from "./each-seed.ts";
import type { Ask, Counted, Proof } from "./proof.ts";

const START = "2026-01-05T14:00:00.000Z";

/** Each seed tells the months with another luck: the seed asked for is the first of them. */
export const programmeMonths: Proof = {
  name: "programme-months",
  proves: "months with crashes, repeats and dishonest asks leave books that an auditor signs",
  count: 20,
  share: 4,
  run,
};

async function run(ask: Ask): Promise<Counted> {
  return { "months told": ask.count, ...(await eachSeed(ask, (seed) => tellMonths(seed))) };
}

/** What is printed is not what is claimed here, and drawing it would take a quarter of the time. */
const PLAIN: Ports["printer"] = { pdf: async (page) => new TextEncoder().encode(JSON.stringify(page)) };

class Enough extends Error {}

/** Tells on until an ask of the story is answered that a stranger had asked first. */
class SecondDriver extends RoughDriver {
  override async do<A = Record<string, unknown>>(name: string, as: string, input: object): Promise<A> {
    const answer = await super.do<A>(name, as, input);
    if (this.eager && this.strangers > 0) throw new Enough(name);
    return answer;
  }
}

/**
 * The months of one seed, to their end; or, where a stranger is set on one lawful ask, until the story's own people come second
 * to it. Throws what is wrong with them.
 */
export async function tellMonths(seed: number, eager?: DishonestAsk) {
  const clock = new StoryClock(START);
  const ports = { ...memoryPorts(() => clock.now()), printer: PLAIN };
  const driver = new SecondDriver(ports, clock, seed);
  driver.eager = eager;
  try {
    await tellStory(driver, () => {});
    assert.equal(eager, undefined, "nobody came second");
    await driver.cheatEveryWay();
  } catch (cause) {
    if (!(cause instanceof Enough)) throw afterWrongs(driver.wrongs, cause as Error);
  }
  assert.deepEqual(driver.wrongs, []);
  const { retries, repeats, colleagues, strangers, refused } = driver;
  const { log } = ports.store;
  const { faults, steps, shipments, statements, passports, held } = auditLog(log);
  assert.deepEqual([...faults, ...auditTrade(log).faults, ...foundByTheProduct(log)], []);
  if (!eager) {
    // A month meets some twenty colleagues: one of thousands meets fewer than six by chance, none fewer than three.
    const rough = retries > 5 && repeats > 10 && colleagues > 2 && refused > 150;
    assert.ok(rough, "the world was rough enough to mean something");
    assert.deepEqual(driver.unmet(), [], "every way to spoil an ask was met");
    const much = steps > 12 && shipments > 3 && statements > 2 && passports > 2;
    assert.ok(much, "enough happened to be audited");
  }
  await foldsTo(held, log);
  return {
    entries: log.length,
    retries,
    repeats,
    colleagues,
    strangers,
    refused,
    steps,
    statements,
    passports,
  };
}

/** A fault of the story often follows from what was let through before: that is told first. */
function afterWrongs(wrongs: readonly string[], cause: Error): Error {
  return wrongs.length === 0
    ? cause
    : new Error(`${wrongs.join("; ")}; and then: ${cause.message}`, { cause });
}

/** The chain holds; its fold holds in each lot what the auditor counted, and with what is elsewhere that adds up to nothing. */
async function foldsTo(held: Findings["held"], log: readonly Entry[]): Promise<void> {
  const book = new MemoryBook<Records>();
  let before: EntryHeader | undefined;
  for (const entry of log) {
    assert.equal(entryFault(entry, before), undefined);
    before = entry;
    await applyEntry(book, entry);
  }
  const lots = book.all("lot");
  for (const { id, mass_mg, elements_mg } of lots) {
    const counted = held.get(id);
    for (const [what, { best }] of Object.entries({ ...elements_mg, mass: mass_mg }))
      assert.equal(
        BigInt(best),
        counted?.get(what) ?? 0n,
        `${what} of ${id}, folded and as the auditor counts`,
      );
  }
  assert.equal(lots.length, held.size);
  const { mass_mg, elements_mg } = totalOf(lots, book.all("place"));
  for (const [what, mg] of Object.entries({ ...elements_mg, mass: mass_mg }))
    assert.equal(mg, 0, `${what} on lots and elsewhere adds up to nothing`);
}

/** The product's own audit: whatever its commands let through, it finds nothing wrong in. */
function foundByTheProduct(log: readonly Entry[]): string[] {
  const auditor = new BookAuditor();
  const found = [...log.flatMap((entry) => auditor.take(entry)), ...auditor.finish()];
  return found.map(({ check, fault, why }) => `${check}, ${fault}: ${why}`);
}
