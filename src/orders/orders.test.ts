import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MemoryBook } from "../ledger/index.ts";
import {
  applyOrders,
  type Buyer,
  decideAllocation,
  decideOrder,
  decideQualification,
  decideRelease,
  decideShipping,
  type LotOnOffer,
  type Order,
  type OrderEntry,
  type OrdersRecords,
  openOf,
} from "./index.ts";

const AT = "2026-03-01T00:00:00.000Z";
const KG = 1_000_000;

async function world() {
  const book = new MemoryBook<OrdersRecords>();
  const add = (entry: OrderEntry) => applyOrders(book, entry);
  await add({ kind: "buyer_registered", body: { buyer: "b", segment: "defence", trial_limit_mg: 5 * KG } });
  return { book, add };
}
const offer = (change: Partial<LotOnOffer> = {}): LotOnOffer => ({
  lot: "L",
  owner: "s",
  state: "on_hand",
  mass_mg: 10 * KG,
  oxide: "Nd2O3",
  meets: "yes",
  ...change,
});
const placing = (mass_mg: number, order = "O") => ({
  order,
  buyer: "b",
  seller: "s",
  oxide: "Nd2O3",
  specification: "4N",
  mass_mg,
  due: "2026-04-01",
  at: AT,
});
const code = (r: { ok: true } | { ok: false; refusal: { code: string } }) => (r.ok ? "done" : r.refusal.code);

test("O1: qualification climbs one step at a time, with evidence, and may fall", async () => {
  const { book, add } = await world();
  const ask = async (to: Buyer["state"]) =>
    decideQualification(await book.get("buyer", "b"), {
      buyer: "b",
      to,
      at: AT,
      why: "w",
      evidence: "e",
    });
  assert.equal(code(await ask("qualified")), "qualification_skips");
  for (const to of ["trial", "qualified", "unqualified"] as const) {
    const decided = await ask(to);
    assert.ok(decided.ok);
    await add({ kind: "buyer_qualified", body: decided.value });
  }
  assert.equal((await book.get("buyer", "b"))?.history.length, 3);
});

test("O2 O3: an unqualified buyer orders nothing, one on trial at most its trial mass in all", async () => {
  const { book, add } = await world();
  const buyer = () => book.get("buyer", "b");
  assert.equal(code(decideOrder(await buyer(), undefined, placing(KG))), "buyer_not_qualified");
  await add({
    kind: "buyer_qualified",
    body: { buyer: "b", from: "unqualified", to: "trial", at: AT, why: "w", evidence: "e" },
  });
  const first = decideOrder(await buyer(), undefined, placing(4 * KG));
  assert.ok(first.ok && first.value.trial);
  await add({ kind: "order_placed", body: first.value });
  assert.equal(code(decideOrder(await buyer(), undefined, placing(KG + 1, "O2"))), "trial_limit_exceeded");
  assert.equal(
    code(decideOrder(await buyer(), undefined, { ...placing(KG, "O2"), due: "2026-02-28" })),
    "due_date_past",
  );
  assert.equal(code(decideOrder(await buyer(), undefined, placing(0, "O2"))), "mass_not_positive");
});

test("O5 O6: what is promised must be the product, the owner's, on hand, proven, and not more than asked", async () => {
  const order: Order = { ...placing(2 * KG), trial: false, state: "open", allocations: [], shipped: [] };
  const ask = (change: Partial<LotOnOffer>, mass_mg = KG) =>
    code(
      decideAllocation(order, {
        offer: offer(change),
        promises: undefined,
        ask: { order: "O", lot: "L", mass_mg, at: AT },
      }),
    );
  assert.equal(ask({}), "done");
  assert.equal(ask({ oxide: "Pr6O11" }), "product_differs");
  assert.equal(ask({ owner: "x" }), "owner_differs");
  assert.equal(ask({ state: "in_transit" }), "lot_not_on_hand");
  assert.equal(ask({ meets: "unproven" }), "specification_not_met");
  assert.equal(ask({ meets: "no" }), "specification_not_met");
  assert.equal(ask({}, 3 * KG), "more_than_ordered");
});

test("O7: nothing leaves without a valid passport of that lot", () => {
  const order: Order = {
    ...placing(KG),
    trial: false,
    state: "allocated",
    allocations: [{ lot: "L", mass_mg: KG }],
    shipped: [],
  };
  const given = { order: "O", lot: "L", passport: "P", shipment: "D", carrier: "c", at: AT };
  assert.equal(code(decideShipping(order, undefined, given)), "passport_missing");
  assert.equal(
    code(decideShipping(order, { passport: "P", lot: "other", revoked: false }, given)),
    "passport_missing",
  );
  assert.equal(
    code(decideShipping(order, { passport: "P", lot: "L", revoked: true }, given)),
    "passport_missing",
  );
  assert.equal(code(decideShipping(order, { passport: "P", lot: "L", revoked: false }, given)), "done");
});

test("O4 O8: whatever is asked, the same gram is never promised twice, and what is freed can be promised again", async () => {
  const asks = fc.array(
    fc.record({
      order: fc.nat(4),
      mass_mg: fc.integer({ min: 1, max: 8 * KG }),
      what: fc.constantFrom("allocate", "allocate", "release", "ship", "cancel"),
    }),
    { maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(asks, async (history) => {
      const { book, add } = await world();
      for (let i = 0; i < 5; i++)
        await add({ kind: "order_placed", body: { ...placing(6 * KG, `O${i}`), trial: false } });
      let held_mg = 10 * KG;
      for (const { order: n, mass_mg, what } of history) {
        const name = `O${n}`;
        const order = await book.get("order", name);
        const promises = await book.get("promises", "L");
        if (what === "allocate") {
          const d = decideAllocation(order, {
            offer: offer({ mass_mg: held_mg }),
            promises,
            ask: { order: name, lot: "L", mass_mg, at: AT },
          });
          if (d.ok) await add({ kind: "order_allocated", body: d.value });
        } else if (what === "release") {
          const d = decideRelease(order, { order: name, lot: "L", why: "w", at: AT });
          if (d.ok) await add({ kind: "allocation_released", body: d.value });
        } else if (what === "ship") {
          const d = decideShipping(
            order,
            { passport: "P", lot: "L", revoked: false },
            { order: name, lot: "L", passport: "P", shipment: "D", carrier: "c", at: AT },
          );
          if (d.ok) {
            await add({ kind: "order_shipped", body: d.value });
            held_mg -= d.value.mass_mg;
          }
        } else if (order && order.state !== "shipped" && order.state !== "cancelled") {
          await add({ kind: "order_cancelled", body: { order: name, why: "w", at: AT } });
        }
        const promised = (await book.get("promises", "L"))?.promised_mg ?? 0;
        const summed = book
          .all("order")
          .flatMap((o) => o.allocations)
          .reduce((mg, a) => mg + a.mass_mg, 0);
        assert.equal(promised, summed);
        assert.ok(promised <= held_mg && held_mg >= 0);
        for (const o of book.all("order")) assert.ok(openOf(o) >= 0);
      }
    }),
    { numRuns: 100 },
  );
});
