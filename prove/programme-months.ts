import assert from "node:assert/strict";
import { applyEntry } from "../src/app/apply.ts";
import type { Records } from "../src/app/core/records.ts";
import { type EntryHeader, entryFault, MemoryBook, totalOf } from "../src/ledger/index.ts";
import { Dice } from "../src/sample/dice.ts";
import { StoryClock } from "../src/sample/driver.ts";
import { tellStory } from "../src/sample/story.ts";
import { auditLog } from "../test/programme/auditor.ts";
import { RoughDriver, rough } from "../test/programme/rough.ts";
import { memoryPorts } from "../test/support/memory-ports.ts";
import type { Ask, Counted, Proof } from "./proof.ts";

const START = "2026-01-05T14:00:00.000Z";
const ODDS_OF_A_CRASH = 0.05;

/** Each seed tells the months with another luck: the seed asked for is the first of them. */
export const programmeMonths: Proof = {
  name: "programme-months",
  proves: "months with crashes, repeats and dishonest asks leave books that an auditor signs",
  count: 20,
  share: 4,
  run,
};

async function run({ count, seed, progress }: Ask): Promise<Counted> {
  const all = { entries: 0, retries: 0, repeats: 0, refused: 0, steps: 0, statements: 0, passports: 0 };
  for (let luck = seed; luck < seed + count; luck++) {
    try {
      const told = await tellMonths(luck);
      for (const what of Object.keys(all) as (keyof typeof all)[]) all[what] += told[what];
    } catch (cause) {
      throw new Error(`the months of seed ${luck} (--seed ${luck} --count 1): ${(cause as Error).message}`, {
        cause,
      });
    }
    progress(luck - seed + 1);
  }
  return { "months told": count, ...all };
}

async function tellMonths(seed: number) {
  const clock = new StoryClock(START);
  const ports = memoryPorts(() => clock.now());
  const dice = new Dice(seed);
  const driver = new RoughDriver({ ...ports, store: rough(ports.store, dice, ODDS_OF_A_CRASH) }, clock, dice);
  await tellStory(driver, () => {});
  await driver.cheatEveryWay();
  assert.deepEqual(driver.wrongs, []);
  const { retries, repeats, refused } = driver;
  assert.ok(retries > 5 && repeats > 10 && refused > 20, "the world was rough enough to mean something");
  await assert.rejects(
    driver.do("certify issue", "approver@sample-refiner", {
      lot: "OX-2601-Dy",
      issuer: "sample-refiner",
      passport: "P-AGAIN",
    }),
    /passport_exists/,
  );
  const { log } = ports.store;
  const { faults, steps, shipments, statements, passports } = auditLog(log);
  assert.deepEqual(faults, []);
  assert.ok(steps > 12 && shipments > 3 && statements > 2 && passports > 2, "enough happened to be audited");
  let before: EntryHeader | undefined;
  for (const entry of log) {
    assert.equal(entryFault(entry, before), undefined);
    before = entry;
  }
  const book = new MemoryBook<Records>();
  for (const entry of log) await applyEntry(book, entry);
  assert.equal(totalOf(book.all("lot"), book.all("place")).mass_mg, 0);
  return { entries: log.length, retries, repeats, refused, steps, statements, passports };
}
