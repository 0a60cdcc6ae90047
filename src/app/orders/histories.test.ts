import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type World, worldBefore } from "../../../test/story/world.ts";
import type { Entry } from "../../ledger/index.ts";
import type { Order } from "../../orders/index.ts";
import { everyRecord } from "../core/pages.ts";

const ORDERS = ["O-1", "O-7", "O-8", "O-9"] as const;
const SPECIFICATIONS = ["4N", "5N", "3N"] as const;
const terms = { buyer: "sample-buyer-a", seller: "sample-recycler", oxide: "Nd2O3", due: "2099-12-31" };

const asks = fc.array(
  fc.record({
    what: fc.constantFrom(
      ...[
        "allocate",
        "allocate",
        "allocate",
        "allocate",
        "ship",
        "ship",
        "certify",
        "certify",
        "certify",
        "certify",
      ],
      ...["split", "split", "place", "release", "cancel", "pass-title", "qualify", "passport", "passport"],
      ...["revoke", "stocktake", "stocktake", "reverse"],
    ),
    order: fc.constantFrom(...ORDERS),
    lot: fc.nat(),
    kg: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 300 })),
    chance: fc.nat(),
  }),
  { minLength: 10, maxLength: 24, size: "max" },
);
type Ask = typeof asks extends fc.Arbitrary<(infer A)[]> ? A : never;

/** Lots of the oxide that was ordered: the one of the story, and what it was divided into. */
const oxides = async ({ ports }: World) =>
  (await everyRecord(ports.store, "lot", { where: { state: "on_hand" } })).filter(
    (lot) => lot.id === "L-OXIDE" || lot.id.startsWith("L-OXIDE-h"),
  );

/** A newer certificate of analysis says of a lot what chance decides; written as it is, whoever may release one. */
async function certify(world: World, lot: string, chance: number, nth: number): Promise<void> {
  const { certificate } = await world.record("certificate", "L-OXIDE");
  const { mass_mg } = await world.record("lot", lot);
  const says = (k: number) =>
    (["yes", "yes", "yes", "yes", "yes", "yes", "no", "unproven"] as const)[(chance >> (3 * k)) % 8] ?? "no";
  const specifications = SPECIFICATIONS.map((specification, k) => ({
    ...{ specification, meets: says(k), checks: [] },
  }));
  const body = {
    certificate: { ...certificate, lot, net_mass_mg: mass_mg.best, specifications },
    ...{
      lot,
      json_digest: "0".repeat(64),
      pdf_digest: "0".repeat(64),
      at: world.ports.clock.now().toISOString(),
      why: "anew",
    },
  };
  const done = await world.ports.store.append({
    ...{
      key: `certified-${nth}`,
      request: `r-${nth}`,
      actor: { role: "approver", party: "x", verified: false },
    },
    ...{ time: world.ports.clock.now().toISOString(), entries: [{ kind: "certificate_released", body }] },
    ...{ reads: new Map(), answer: {}, documents: [] },
  } as never);
  assert.ok(done.ok, JSON.stringify(done));
}

async function somePromise({ ports }: World, which: number) {
  const orders = await everyRecord(ports.store, "order");
  const promises = orders.flatMap(({ order, allocations }) => allocations.map(({ lot }) => ({ order, lot })));
  return promises[which % Math.max(1, promises.length)] ?? { order: "O-1", lot: "L-OXIDE" };
}

/** What somebody asks next; refused or done, the books must hold together. */
async function happen(world: World, { what, order, lot: which, kg, chance }: Ask, nth: number) {
  const lots = await oxides(world);
  const lot = lots[which % Math.max(1, lots.length)];
  if (!lot) return;
  const mass = `${kg} kg`;
  const why = "chance";
  const half = Math.floor(lot.mass_mg.best / 2 / 1000);
  const part = (name: string, grams: number) => ({
    ...{ lot: `L-OXIDE-h${nth}${name}`, kind: lot.kind, mass: `${grams} g`, sd: "1 g" },
    notes: lot.notes,
  });
  switch (what) {
    case "place":
      return world.code("orders place", {
        ...terms,
        ...{ order: `O-${nth}0`, mass, specification: SPECIFICATIONS[chance % 3] },
        seller: chance % 5 === 0 ? "sample-refiner" : terms.seller,
      });
    case "allocate":
      return world.code("orders allocate", { order, lot: lot.id, mass });
    case "release":
      return world.code("orders release", { ...(await somePromise(world, which)), why });
    case "cancel":
      return world.code("orders cancel", { order, why });
    case "ship": {
      const promise = await somePromise(world, which);
      const passport = (await world.ports.store.load("lot_passport", promise.lot))?.record.passport ?? "P-1";
      return world.code("orders ship", { ...promise, passport, carrier: "sample-carrier" });
    }
    case "split":
      return world.code("prepare step", {
        ...{ step: `H-${nth}`, kind: "split", site: "noblesville", inputs: [{ lot: lot.id }] },
        outputs: [part("a", half), part("b", lot.mass_mg.best / 1000 - half)],
      });
    case "reverse": {
      const steps = (await everyRecord(world.ports.store, "step")).filter((s) => s.step.startsWith("H-"));
      return world.code("prepare reverse", {
        step: steps[chance % Math.max(1, steps.length)]?.step ?? "H",
        why,
      });
    }
    case "pass-title":
      return world.code("settle pass-title", {
        ...{ lot: lot.id, why },
        to: chance % 3 === 0 ? "sample-refiner" : "sample-recycler",
      });
    case "qualify":
      return world.code("orders qualify", {
        ...{ buyer: terms.buyer, why, evidence: "e" },
        to: ["unqualified", "trial", "trial", "qualified", "qualified", "qualified"][chance % 6],
      });
    case "certify":
      return certify(world, lot.id, chance, nth);
    case "passport":
      return world.code("certify issue", { lot: lot.id, issuer: "sample-refiner" });
    case "revoke":
      return chance % 3 === 0 ? world.code("certify revoke", { passport: "P-1", why }) : undefined;
    case "stocktake":
      return world.code("ledger stocktake", {
        ...{ stocktake: `ST-${nth}`, site: "noblesville", why },
        counts: [
          {
            lot: lot.id,
            mass: `${Math.max(1, Math.floor(lot.mass_mg.best / 1e6) - (chance % 40))} kg`,
            sd: "1 g",
          },
        ],
      });
  }
}

/** What is promised to each order, added up from the log alone: promised, less released, shipped and cancelled. */
function promisedInLog(log: readonly Entry[]): ReadonlyMap<string, number> {
  const promised = new Map<string, number>();
  for (const { kind, body } of log) {
    const { order, mass_mg } = body as unknown as { order: string; mass_mg: number };
    const before = promised.get(order) ?? 0;
    if (kind === "order_allocated") promised.set(order, before + mass_mg);
    if (kind === "allocation_released" || kind === "order_shipped") promised.set(order, before - mass_mg);
    if (kind === "order_cancelled") promised.set(order, 0);
  }
  return promised;
}

async function holdsTogether(world: World): Promise<void> {
  const { store } = world.ports;
  const said = promisedInLog(store.log);
  const orders = new Map((await everyRecord(store, "order")).map((o) => [o.order, o]));
  const held = new Map<string, Record<string, number>>();
  for (const { lot: id, promised } of await everyRecord(store, "taking")) {
    const lot = await world.record("lot", id);
    const all = Object.values(promised).reduce((a, b) => a + b, 0);
    assert.ok(all <= lot.mass_mg.best, `${id} holds ${lot.mass_mg.best} mg, ${all} mg is promised`);
    for (const [order, mg] of Object.entries(promised)) {
      assert.equal(
        lot.owner,
        orders.get(order)?.seller,
        `${id} is promised to ${order} by another than its owner`,
      );
      held.set(order, { ...held.get(order), [id]: mg });
    }
  }
  for (const [id, order] of orders) {
    const allocations = Object.fromEntries(order.allocations.map((a) => [a.lot, a.mass_mg]));
    assert.deepEqual(allocations, held.get(id) ?? {}, `${id} and its lots say the same`);
    const sum = order.allocations.reduce((mg, a) => mg + a.mass_mg, 0);
    assert.equal(sum, said.get(id) ?? 0, `${id} holds what the log says`);
    const out = order.shipped.reduce((mg, s) => mg + s.mass_mg, 0);
    assert.ok(sum + out <= order.mass_mg, `${id} is not promised more than it asks`);
  }
}

interface PlanShown {
  readonly oxides: readonly {
    readonly orders: readonly {
      readonly order: string;
      readonly from_stock: readonly { readonly lot: string; readonly mass_mg: number }[];
      readonly held_up: readonly { readonly lot: string; readonly why: { readonly code: string } }[];
    }[];
  }[];
}

/** What the plan calls promisable is promised, all of it; what it says is held up is refused; every promise is met or withdrawn. */
async function nothingIsStuck(world: World): Promise<void> {
  const rows = (await world.ask<PlanShown>("overview plan", {})).oxides.flatMap((of) => of.orders);
  const ship = { passport: "P-NONE", carrier: "sample-carrier" };
  for (const { order, held_up } of rows)
    for (const { lot, why } of held_up)
      assert.equal(await world.code("orders ship", { ...ship, order, lot }), why.code);
  for (const { order, from_stock } of rows)
    for (const { lot, mass_mg } of from_stock) {
      const asked = { order, lot, mass: { value: mass_mg, unit: "mg" } };
      assert.equal(
        await world.code("orders allocate", asked),
        "done",
        `${order} is shown ${mass_mg} mg of ${lot}`,
      );
      await holdsTogether(world);
    }
  for (const { order, state, allocations } of await everyRecord(world.ports.store, "order")) {
    for (const { lot } of allocations)
      assert.equal(await world.code("orders release", { order, lot, why: "w" }), "done");
    if (open(state)) assert.equal(await world.code("orders cancel", { order, why: "w" }), "done");
  }
  for (const taking of await everyRecord(world.ports.store, "taking"))
    assert.deepEqual(taking.promised, {}, `${taking.lot} is free again`);
}

const open = (state: Order["state"]): boolean => state === "open" || state === "allocated";

test("O4 O10 O11 O13: whatever happens, promises are of mass that is there and the seller's, what the plan offers is accepted, and nothing is stuck", async () => {
  let shipped = 0;
  await fc.assert(
    fc.asyncProperty(asks, async (history) => {
      const world = await worldBefore("orders allocate");
      await world.do("orders qualify", {
        ...{ buyer: terms.buyer, to: "qualified", why: "trial passed", evidence: "e" },
      });
      for (const [k, order] of ORDERS.slice(1).entries())
        await world.do("orders place", { ...terms, order, mass: "150 kg", specification: SPECIFICATIONS[k] });
      for (const [order, mass] of [
        ["O-1", "2 kg"],
        ["O-7", "60 kg"],
      ])
        await world.do("orders allocate", { order, lot: "L-OXIDE", mass });
      for (const [nth, ask] of history.entries()) {
        await happen(world, ask, nth);
        await holdsTogether(world);
      }
      shipped += world.ports.store.log.filter((e) => e.kind === "order_shipped").length;
      await nothingIsStuck(world);
    }),
    { numRuns: 25, endOnFailure: true },
  );
  assert.ok(shipped > 0, "something was shipped");
});
