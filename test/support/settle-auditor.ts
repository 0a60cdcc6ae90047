import assert from "node:assert/strict";
import { everyRecord } from "../../src/app/core/pages.ts";
import type { World } from "../story/world.ts";

/** Decimal text as a whole number of its thirtieth place: the auditor uses nothing of what it audits. */
function whole(text: string): bigint {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  assert.ok(found, `${text} is no decimal`);
  const value = BigInt(`${found[2]}${(found[3] ?? "").padEnd(30, "0").slice(0, 30)}`);
  return found[1] === "-" ? -value : value;
}

const add = <K>(to: Map<K, bigint>, key: K, value: bigint): void => {
  to.set(key, (to.get(key) ?? 0n) + value);
};

/**
 * Audits what two firms owe each other with arithmetic of its own: money to pay is what the last statements say, oxide credited is
 * what the last final statements say, no more goes back than there is, and terms are the word of both.
 */
export async function auditSettlement({ ports }: World, made_mg: number): Promise<void> {
  const statements = await everyRecord(ports.store, "statement");
  const due = new Map<string, bigint>();
  for (const { lot, agreement, issued, status } of statements) {
    const paid = new Map<string, bigint>();
    for (const { statement, difference, reversed } of issued) {
      const key = `${statement.agreement.id} ${statement.currency}`;
      if (reversed) add(paid, `${reversed.agreement} ${reversed.currency}`, -whole(reversed.amount_due));
      add(paid, key, whole(difference ? difference.amount_change : statement.amount_due));
    }
    const last = issued.at(-1)?.statement;
    assert.ok(last && last.agreement.id === agreement && last.status === status);
    for (const [key, amount] of paid) {
      const owed: bigint = key === `${agreement} ${last.currency}` ? whole(last.amount_due) : 0n;
      assert.equal(amount, owed, `money to pay for ${lot} under ${key} is what its last statement says`);
    }
    if (last.status !== "final") continue;
    for (const { oxide, returnable_oxide_kg } of last.elements)
      if (oxide) add(due, `${agreement} ${oxide}`, whole(returnable_oxide_kg ?? "0"));
  }
  let returned_mg = 0n;
  for (const { agreement, postings } of await everyRecord(ports.store, "account")) {
    const credited = new Map<string, bigint>();
    for (const { kind, oxide, oxide_kg } of postings) {
      if (kind === "debit_returned") returned_mg += whole(oxide_kg) / 10n ** 24n;
      else if (kind === "return_taken_back") returned_mg -= whole(oxide_kg) / 10n ** 24n;
      else add(credited, `${agreement} ${oxide}`, whole(oxide_kg));
    }
    for (const [key, kg] of credited) assert.equal(kg, due.get(key) ?? 0n, `credited under ${key}`);
    for (const key of due.keys())
      if (key.startsWith(`${agreement} `)) assert.ok(credited.has(key) || due.get(key) === 0n, key);
  }
  assert.ok(returned_mg <= BigInt(made_mg), `${returned_mg} mg returned, ${made_mg} mg made`);
  for (const { lot, returned } of await everyRecord(ports.store, "taking")) {
    const taken = Object.values(returned).reduce((a, b) => a + b, 0);
    const held = (await ports.store.load("lot", lot))?.record.mass_mg.best ?? 0;
    assert.ok(taken <= held, `${taken} mg of ${lot} returned, it holds ${held} mg`);
  }
  assert.ok(returned_mg >= 0n, "no more is taken back than was returned");
  for (const { terms } of await everyRecord(ports.store, "agreement"))
    for (const { agreement, proposed, accepted } of terms) {
      if (!accepted) continue;
      const two = [proposed?.by.party, accepted.by.party].sort();
      assert.deepEqual(two, Object.values(agreement.parties).sort(), "terms are the word of both");
    }
}
