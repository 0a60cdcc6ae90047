import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type SampleServer, sampleServer } from "../../../test/support/sample-server.ts";

let server: SampleServer;
let asked = 0;
before(async () => {
  server = await sampleServer();
});
after(() => server?.close());

async function take(body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${server.base}/api/ledger/stocktake`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": `take-${asked++}` },
    body: JSON.stringify({ site: "plainfield", why: "end of the month", ...body }),
  });
  const said = (await response.json()) as Record<string, Record<string, unknown>>;
  return response.ok ? (said["answer"] as Record<string, unknown>) : said;
}

test("L30 to L32: a stocktake by command: refused by name, then written with its corrections, once", async () => {
  const found = { lot: "C-2606-O", mass: "300 kg", scale: "plainfield-floor" };
  const code = async (body: object) => (await take(body))["code"];
  assert.equal(await code({ site: "nowhere", counts: [found] }), "site_unknown");
  assert.equal(await code({ counts: [{ lot: "C-2606-O" }] }), "count_missing");
  assert.equal(await code({ counts: [{ ...found, missing: true }] }), "count_contradicts");
  assert.equal(await code({ counts: [{ lot: "C-2606-O", mass: "300 kg" }] }), "doubt_missing");
  assert.equal(await code({ counts: [{ ...found, scale: "kitchen" }] }), "scale_unknown");
  const partly = await take({ counts: [found], whole: true });
  assert.equal(partly["code"], "lot_not_counted");
  const left = partly["missing"] as string[];
  assert.equal(
    left.length,
    (partly["numbers"] as { lots: number }).lots,
    "api A5: each is named, not only the first",
  );
  assert.ok(left.length > 0 && !left.includes(found.lot));

  const taken = await take({ stocktake: "T-MARCH", counts: [found] });
  assert.deepEqual([taken["stocktake"], taken["counted"], taken["corrected"]], ["T-MARCH", 1, 1]);
  assert.equal(await code({ stocktake: "T-MARCH", counts: [found] }), "stocktake_name_taken");
  const again = await take({ stocktake: "T-AGAIN", counts: [found] });
  assert.equal(again["corrected"], 0, "what was corrected agrees now");
  const kept = await fetch(`${server.base}/api/ledger/stocktakes?site=plainfield`);
  const { items } = (await kept.json()) as { items: { stocktake: string }[] };
  assert.deepEqual(items.map((t) => t.stocktake).sort(), ["T-AGAIN", "T-MARCH"]);
});
