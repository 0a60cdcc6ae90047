import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryBook, type TakingRecords } from "../ledger/index.ts";
import {
  applyOrders,
  type Buyer,
  type CoverGround,
  canBePromised,
  coverOrders,
  decideAllocation,
  decideOrder,
  decideQualification,
  decideRelease,
  decideShipping,
  type LotOnOffer,
  type Order,
  type OrderEntry,
  type OrdersRecords,
  type PassportHeld,
  titleTakesFrom,
} from "./index.ts";

const AT = "2026-03-01T00:00:00.000Z";
const KG = 1_000_000;

async function world() {
  const book = new MemoryBook<OrdersRecords & TakingRecords>();
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
  meets: { "4N": "yes" },
  promised: {},
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

const open = (change: Partial<Order> = {}): Order => ({
  ...placing(2 * KG),
  trial: false,
  state: "open",
  allocations: [],
  shipped: [],
  released: [],
  ...change,
});
const buyer = (change: Partial<Buyer> = {}): Buyer => ({
  buyer: "b",
  segment: "defence",
  state: "qualified",
  trial_limit_mg: 5 * KG,
  ordered_on_trial_mg: 0,
  history: [],
  ...change,
});
const ground = (change: Partial<Parameters<typeof canBePromised>[0]> = {}) => ({
  order: open(),
  buyer: buyer(),
  offer: offer(),
  coming: [],
  ...change,
});
const holding = (mass_mg = KG) => ({ order: "O", lot: "L", mass_mg });

test("O5 O6: what can be promised: each reason why not, in its order", () => {
  const ask = (change: Partial<ReturnType<typeof ground>>, mass_mg = KG) =>
    code(canBePromised(ground(change), holding(mass_mg)));
  assert.equal(ask({}), "done");
  const worse: [string, () => Parameters<typeof ask>[0]][] = [
    ["more_than_ordered", () => ({ order: open({ mass_mg: KG - 1 }) })],
    ["already_promised", () => ({ offer: offer({ promised: { X: 9 * KG + 1 } }) })],
    ["specification_not_met", () => ({ offer: offer({ meets: {} }) })],
    ["specification_not_met", () => ({ offer: offer({ meets: { "4N": "no", "3N": "yes" } }) })],
    ["owner_differs", () => ({ offer: offer({ owner: "x" }) })],
    ["product_differs", () => ({ offer: offer({ oxide: "Pr6O11" }) })],
    ["lot_not_on_hand", () => ({ offer: offer({ state: "in_transit" }) })],
    ["lot_unknown", () => ({ offer: undefined })],
    ["trial_limit_exceeded", () => ({ buyer: buyer({ state: "trial", trial_limit_mg: KG }) })],
    ["buyer_not_qualified", () => ({ buyer: buyer({ state: "unqualified" }) })],
    ["order_closed", () => ({ order: open({ state: "cancelled" }) })],
    ["order_unknown", () => ({ order: undefined })],
  ];
  let all = {};
  for (const [why, change] of worse) {
    assert.equal(ask(change()), why);
    const { order, offer: lot, ...others } = { ...ground(), ...all, ...change() };
    all = {
      ...others,
      order: order && { ...(all as { order?: Order }).order, ...order },
      offer: lot && { ...(all as { offer?: LotOnOffer }).offer, ...lot },
    };
  }
});

test("O15: an order in a compartment never counts against a trial mass that others read", () => {
  const onTrial = ground({ buyer: buyer({ state: "trial" }) });
  const shut = { compartment: "K" };
  assert.equal(
    code(decideOrder(onTrial.buyer, undefined, { ...placing(KG), ...shut })),
    "buyer_not_qualified",
  );
  const asked = (change: Partial<Order>) =>
    code(canBePromised({ ...onTrial, order: open(change) }, holding(KG)));
  assert.deepEqual([asked({}), asked(shut)], ["done", "buyer_not_qualified"]);
  assert.equal(asked({ ...shut, trial: true }), "done", "it counted before");
  assert.equal(code(decideOrder(buyer(), undefined, { ...placing(KG), ...shut })), "done");
});

test("O30: a lot that is not proven says what is missing of its certificate of analysis", () => {
  const why = (meets: LotOnOffer["meets"]) => {
    const can = canBePromised(ground({ offer: offer({ meets }) }), holding(KG));
    return can.ok ? "" : can.refusal.message;
  };
  assert.match(why({}), /draw a sample of L and certify it$/);
  assert.match(why({ "4N": "unproven" }), /leaves limits unchecked/);
  assert.match(why({ "3N": "yes" }), /certify it anew with that under check/);
});

test("O2: an order of a buyer that fell back to trial counts against its trial mass from its next promise on", async () => {
  const { book, add } = await world();
  const trial = { from: "unqualified", to: "trial", at: AT, why: "w", evidence: "e" } as const;
  await add({ kind: "buyer_qualified", body: { buyer: "b", ...trial } });
  for (const [order, mass_mg] of [
    ["O", 4 * KG],
    ["O2", 2 * KG],
  ] as const)
    await add({ kind: "order_placed", body: { ...placing(mass_mg, order), trial: false } });
  const ask = async (order: string) =>
    decideAllocation(ground({ order: await book.get("order", order), buyer: await book.get("buyer", "b") }), {
      order,
      lot: "L",
      mass_mg: 1,
      at: AT,
    });
  const first = await ask("O");
  assert.ok(first.ok && first.value.counts_on_trial);
  await add({ kind: "order_allocated", body: first.value });
  assert.equal((await book.get("buyer", "b"))?.ordered_on_trial_mg, 4 * KG);
  assert.equal(code(await ask("O2")), "trial_limit_exceeded");
  assert.equal((await ask("O")).ok && "counts_on_trial" in (await ask("O")), false, "it counts once");
  await add({ kind: "order_cancelled", body: { order: "O", why: "w", at: AT } });
  assert.equal((await book.get("buyer", "b"))?.ordered_on_trial_mg, 0);
});

test("O7: nothing leaves that could not be promised now, nor without a passport of that lot that stands", () => {
  const order = open({ state: "allocated", allocations: [{ lot: "L", mass_mg: 2 * KG }] });
  const mine = { O: 2 * KG };
  const ship = (change: Partial<ReturnType<typeof ground>>, passport?: Partial<PassportHeld>) =>
    code(
      decideShipping(
        ground({ order, offer: offer({ promised: mine }), ...change }),
        passport && { passport: "P", lot: "L", stands: true, ...passport },
        { order: "O", lot: "L", passport: "P", shipment: "D", carrier: "c", at: AT },
      ),
    );
  assert.equal(ship({}, {}), "done");
  assert.equal(ship({}), "passport_missing");
  assert.equal(ship({}, { lot: "other" }), "passport_missing");
  assert.equal(ship({}, { stands: false }), "passport_missing");
  const lot = (change: Partial<LotOnOffer>) => ({ offer: offer({ promised: mine, ...change }) });
  assert.equal(ship({ buyer: buyer({ state: "unqualified" }) }, {}), "buyer_not_qualified");
  assert.equal(ship(lot({ meets: { "4N": "no" } }), { stands: false }), "specification_not_met");
  assert.equal(ship(lot({ owner: "x" }), {}), "owner_differs");
  assert.equal(ship(lot({ state: "in_transit" }), {}), "lot_not_on_hand");
  assert.equal(ship(lot({ mass_mg: 2 * KG - 1 }), {}), "already_promised", "it holds less than was promised");
  assert.equal(ship({ order: open() }, {}), "allocation_unknown");
});

test("O12: title to promised matter passes from its seller to nobody, and back to the seller from anybody", () => {
  const promises = [{ order: "O", seller: "s" }];
  assert.equal(code(titleTakesFrom({ owner: "s" }, "x", promises)), "already_promised");
  assert.equal(code(titleTakesFrom({ owner: "s" }, "x", [])), "done");
  assert.equal(code(titleTakesFrom({ owner: "x" }, "s", promises)), "done");
});

test("O14: nothing is promised, sent or taken back before the order was placed", () => {
  const at = "2026-02-28T00:00:00Z";
  const order = open({ state: "allocated", allocations: [{ lot: "L", mass_mg: KG }] });
  const when = { order: "O", lot: "L", at };
  assert.equal(code(decideAllocation(ground(), { ...when, mass_mg: 1 })), "time_before_input");
  assert.equal(code(decideRelease(order, { ...when, why: "w" })), "time_before_input");
  const given = { ...when, passport: "P", shipment: "D", carrier: "c" };
  const passport = { passport: "P", lot: "L", stands: true };
  assert.equal(
    code(decideShipping(ground({ order, offer: offer({ promised: { O: KG } }) }), passport, given)),
    "time_before_input",
  );
});

const covering = (change: Partial<CoverGround>) =>
  coverOrders({
    orders: [],
    buyers: new Map([["b", buyer()]]),
    lots: [],
    expected: [],
    planned: new Set<string>(),
    purity_min: { "3N": 0.999, "4N": 0.9999, "5N": 0.99999 },
    ...change,
  });
const comes = {
  ...{ campaign: "K", owner: "s", oxide: "Nd2O3", purity_fraction: 0.9999 },
  ...{ ready: "2026-03-20T00:00:00Z", mass_mg: KG },
};

test("O13: an order for 5N, of another seller, or of a buyer that lost its state can be promised nothing", () => {
  const cover = (order: Partial<Order>, of = buyer()) =>
    covering({
      orders: [open(order)],
      buyers: new Map([["b", of]]),
      lots: [offer()],
      expected: [comes],
    }).map((o) => [o.from_stock_mg, o.from_plan_mg, o.short_mg, o.why?.code])[0];
  assert.deepEqual(cover({}), [2 * KG, 0, 0, undefined]);
  assert.deepEqual(cover({ specification: "5N" }), [0, 0, 2 * KG, undefined]);
  assert.deepEqual(cover({ seller: "x" }), [0, 0, 2 * KG, undefined]);
  assert.deepEqual(cover({}, buyer({ state: "unqualified" })), [0, 0, 2 * KG, "buyer_not_qualified"]);
  assert.deepEqual(cover({ mass_mg: 12 * KG }), [10 * KG, KG, KG, undefined]);
  assert.deepEqual(cover({ mass_mg: 12 * KG, due: "2026-03-19" }), [10 * KG, 0, 2 * KG, undefined]);
  const [planned] = covering({
    orders: [open()],
    lots: [offer()],
    planned: new Set(["L"]),
    expected: [comes],
  });
  assert.deepEqual(
    [planned?.from_stock_mg, planned?.from_plan_mg],
    [0, KG],
    "no gram is both stock and plan",
  );
});

test("O13: what is promised and could not leave is held up, with the reason, and covers nothing", () => {
  const order = open({ state: "allocated", allocations: [{ lot: "L", mass_mg: 2 * KG }] });
  const [row] = covering({
    orders: [order],
    lots: [offer({ promised: { O: 2 * KG }, meets: { "4N": "no" } })],
  });
  assert.deepEqual([row?.promised_mg, row?.held_up_mg, row?.short_mg], [0, 2 * KG, 0]);
  assert.equal(row?.held_up[0]?.why.code, "specification_not_met");
});

test("O13: a lot that suits one order only is not left for it by another", () => {
  const orders = [open({ order: "EARLY" }), open({ order: "LATE", specification: "5N", due: "2026-05-01" })];
  const rows = covering({
    orders,
    lots: [
      offer({ lot: "A", mass_mg: 2 * KG, meets: { "4N": "yes", "5N": "yes" } }),
      offer({ lot: "B", mass_mg: 2 * KG }),
    ],
  });
  assert.deepEqual(
    rows.map((r) => [r.order, r.from_stock]),
    [
      ["EARLY", [{ lot: "B", mass_mg: 2 * KG }]],
      ["LATE", [{ lot: "A", mass_mg: 2 * KG }]],
    ],
  );
});
