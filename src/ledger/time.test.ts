import assert from "node:assert/strict";
import { test } from "node:test";
import { bookWith, decideOn, KG, lotsOf, out, stepOf, takingsOf } from "../../test/support/ledger.ts";
import { inHalves } from "../quantity/index.ts";
import {
  applyLedger,
  decideDelivery,
  decideDeparture,
  decideStep,
  decideStocktake,
  decideTitle,
  type Lot,
} from "./index.ts";

const BEFORE = "2025-12-31T23:59:59.999Z";
const OPENED = "2026-01-01T01:00:00+01:00";

const codeOf = (decided: { ok: boolean; refusal?: { code: string } }) => decided.refusal?.code ?? "done";

test("L11: a step is not earlier than the moment its inputs came to its site, however that is written", async () => {
  const book = await bookWith([{ id: "L-1", mass_mg: 10 * KG, elements: {} }]);
  const at = (instant: string) =>
    codeOf(decideOn(book, stepOf({ at: instant, outputs: [out("A", 10 * KG)] })));
  assert.equal(at(BEFORE), "time_before_input");
  assert.equal(at(OPENED), "done", "the same instant in another zone");
  assert.equal(at("2025-12-31T23:00:00-02:00"), "done", "an hour later, though its letters come before");
  assert.equal(
    at("2026-01-01T01:30:00+02:00"),
    "time_before_input",
    "half an hour before, though they come after",
  );
  await applyLedger(book, {
    kind: "lots_moved",
    body: { lots: ["L-1"], to: "site", state: "on_hand", at: "2026-01-05T00:00:00Z", shipment: "B-1" },
  });
  assert.equal(at("2026-01-04T23:00:00Z"), "time_before_input", "it was on the road");
  assert.equal(at("2026-01-05T00:00:00Z"), "done");
});

test("L34: no count, departure, delivery or change of title before the lot was there", async () => {
  const book = await bookWith([{ id: "L-1", mass_mg: 10 * KG, elements: {} }]);
  const lot = lotsOf(book).get("L-1") as Lot;
  const found = { mass_mg: KG, doubt_mg: inHalves(1), scale: "B" };
  const tried = (at: string) => [
    decideStocktake(lotsOf(book), {
      ...{ stocktake: "T-1", site: "site", why: "w", at },
      counts: [{ lot: "L-1", at: "counts[0]", found }],
      keep: new Set(),
    }),
    decideDeparture([{ id: "L-1", lot }], new Map(), { from: "site", at, shipment: "B-1" }),
    decideDelivery(lot, new Map(), { lot: "L-1", mass_mg: KG, at, to: "buyer", shipment: "D-1" }),
    decideTitle(lot, { lot: "L-1", to: "another", why: "sold", at }),
  ];
  assert.deepEqual(tried(BEFORE).map(codeOf), Array(4).fill("lot_not_yet_there"));
  assert.deepEqual(tried(OPENED).map(codeOf), Array(4).fill("done"));
});

test("L23 (law 7): nothing is delivered while its consignment waits for data to be destroyed", async () => {
  const book = await bookWith([{ id: "L-1", mass_mg: 10 * KG, elements: {} }]);
  const lot = { ...(lotsOf(book).get("L-1") as Lot), data_from: ["C-1"] };
  const delivered = { lot: "L-1", mass_mg: KG, at: OPENED, to: "buyer", shipment: "D-1" };
  const after = (open_devices: number, unresolved_rows: number) =>
    codeOf(decideDelivery(lot, new Map([["C-1", { open_devices, unresolved_rows }]]), delivered));
  assert.equal(after(1, 0), "data_not_destroyed");
  assert.equal(after(0, 1), "data_not_destroyed");
  assert.equal(after(0, 0), "done");
  assert.equal(codeOf(decideDelivery(lot, new Map(), delivered)), "data_not_destroyed", "nobody knows it");
});

test("L5, L15: below a feed no doubt lets contents exceed their mass, and no element passes over more than whole", async () => {
  const book = await bookWith([{ id: "L-1", mass_mg: 10 * KG, elements: { Nd: 8 * KG } }]);
  const lot = lotsOf(book).get("L-1") as Lot;
  const wide = (below: Lot, parts: readonly number[]) =>
    codeOf(
      decideStep(
        new Map([["L-1", below]]),
        { names: new Set(), takings: takingsOf(book) },
        stepOf({
          accept_open: "w",
          outputs: parts.map((best, i) => ({
            ...out(`A-${i}`, 5 * KG),
            content: { by: "transfer", fractions: { Nd: { best, sd: 0.5 } } },
          })),
        }),
      ),
    );
  assert.equal(wide(lot, [0.9]), "done", "an estimate, with its doubt");
  assert.equal(wide({ ...lot, feeds_mg: { F: { Nd: KG } } }, [0.9]), "content_exceeds_mass");
  assert.equal(wide(lot, [0.4, 0.6]), "done");
  assert.equal(wide(lot, [0.4, 0.60001]), "fractions_exceed_one");
});
