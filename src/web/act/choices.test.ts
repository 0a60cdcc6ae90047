import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { inputSchema } from "../../app/core/input-schema.ts";
import { command } from "../../app/core/use-case.ts";
import { type Beside, choicesFor, dependsOn } from "../../contract/choices.ts";
import { Id, Mass, Text } from "../../contract/fields.ts";
import {
  BuyerId,
  beside,
  ElementResults,
  LotIn,
  LotOnHandId,
  NewOrMadeId,
  OwnReference,
  PartyId,
  ScaleId,
  SiteId,
  titled,
} from "../../contract/identifiers.ts";
import { done } from "../../quantity/index.ts";
import { type Field, fieldOf, type Schema } from "./field.ts";
import { labelOf } from "./labels.ts";

/** A use case that nobody has written yet. */
const tomorrow = command({
  room: "tomorrow",
  verb: "varnish",
  summary: "Varnish lots.",
  input: z.object({
    varnishing: NewOrMadeId("varnishing"),
    kind: Id,
    buyer: BuyerId("qualified"),
    carrier: PartyId("carrier"),
    site: SiteId({ can: beside("kind") }),
    lots: z.array(z.object({ lot: LotOnHandId(beside("site")), mass: Mass, scale: ScaleId(beside("site")) })),
    order: Id,
    promised: LotIn(
      { room: "orders", verb: "show", filter: { order: beside("order") }, items: "allocations" },
      { member: "mass_mg", unit: "mg", says: "promised" },
    ),
    job: OwnReference(Text, "a job"),
    found: ElementResults(z.number()),
    thickness: titled(z.number(), "coat").optional(),
  }),
  example: {} as never,
  concerns: { everyone: "a test" },
  decide: async () => done({ entries: [], answer: {} }),
});

const form = fieldOf(inputSchema(tomorrow) as Schema);

function at(path: string): Field {
  let here: Field = form;
  for (const step of path.split(".")) {
    if (here.kind === "list") here = here.of;
    if (here.kind === "group") here = here.fields.find((f) => f.name === step)?.field as Field;
  }
  return here;
}

const BOOKS: Readonly<Record<string, object>> = {
  "programme/parties {}": {
    items: [
      { id: "b1", name: "Buyer One", kind: "buyer" },
      { id: "b2", name: "Buyer Two", kind: "buyer" },
      { id: "lab", name: "Laboratory", kind: "laboratory" },
    ],
  },
  'programme/parties {"kind":"carrier"}': { items: [{ id: "haul", name: "Haulier", kind: "carrier" }] },
  "orders/buyers {}": {
    items: [
      { buyer: "b1", state: "qualified" },
      { buyer: "b2", state: "trial" },
    ],
  },
  "programme/sites {}": {
    items: [
      { id: "north", name: "North", city: "Gary", capabilities: ["gloss"] },
      { id: "south", name: "South", city: "Paoli", capabilities: ["matt"] },
    ],
  },
  'programme/units {"kind":"scale"}': {
    items: [
      { id: "n1", name: "Floor", site: "north" },
      { id: "s1", name: "Floor", site: "south" },
    ],
  },
  'ledger/lots {"state":"on_hand","place":"north"}': {
    items: [{ id: "L-1", kind: "steel_scrap", place: "north", mass_mg: { best: 12_500_000 } }],
  },
  'ledger/lots {"state":"on_hand"}': { items: [], next: "L-0" },
  'ledger/lots {"state":"on_hand","after":"L-0"}': { items: [] },
  'orders/show {"order":"O-1"}': { allocations: [{ lot: "L-9", mass_mg: 2_000_000 }] },
};

const figure = (value: number, unit: string) => `${value / 1e6} ${unit.replace("mg", "kg")}`;

const ask = async (path: string, given: object) => {
  const answer = BOOKS[`${path} ${JSON.stringify(given)}`];
  assert.ok(answer, `${path} ${JSON.stringify(given)} is nothing a form should ask`);
  return answer;
};

const saying =
  (said: Readonly<Record<string, string>>): Beside =>
  (name) => {
    const { refers } = at(name);
    return said[name] === undefined ? undefined : { said: said[name], ...(refers ? { refers } : {}) };
  };

async function offered(path: string, said: Readonly<Record<string, string>> = {}) {
  const { refers } = at(path);
  assert.ok(refers, path);
  return choicesFor(refers, { ask, figure, beside: saying(said) });
}
const values = async (path: string, said?: Readonly<Record<string, string>>) =>
  (await offered(path, said)).options.map((o) => o.value);

test("W30: the form of a use case of tomorrow chooses what the books know", async () => {
  assert.deepEqual((await offered("buyer")).options, [{ value: "b1", label: "Buyer One" }]);
  assert.deepEqual(await values("carrier"), ["haul"]);
  assert.deepEqual((await offered("lots.lot", { site: "north" })).options, [
    { value: "L-1", label: "L-1, steel scrap, 12.5 kg, north" },
  ]);
  assert.deepEqual(await values("lots.scale", { site: "south" }), ["s1"]);
  assert.deepEqual(await values("site", { kind: "gloss" }), ["north"]);
});

test("W30: what the form does not say yet narrows nothing, and a part waits for its whole", async () => {
  assert.deepEqual(await values("lots.scale"), ["n1", "s1"]);
  assert.deepEqual(await values("site", { kind: "" }), ["north", "south"]);
  assert.deepEqual(await values("lots.lot", { site: "" }), []);
  assert.deepEqual(await offered("promised", { order: "" }), {
    options: [],
    more: false,
    waitsFor: "order",
  });
  assert.deepEqual((await offered("promised", { order: "O-1" })).options, [
    { value: "L-9", label: "L-9, promised 2 kg" },
  ]);
  assert.deepEqual(dependsOn(at("promised").refers as never), ["order"]);
});

test("W30: what is new or a firm's own is written, under the label the contract gives", () => {
  for (const path of ["varnishing", "job", "thickness", "lots.mass"])
    assert.equal(at(path).refers, undefined);
  assert.equal(labelOf("thickness", at("thickness")), "coat");
  assert.equal(labelOf("found", at("found")), "results, mg/kg");
  const found = at("found");
  assert.ok(found.kind === "record" && found.key.title === "element" && found.key.offers?.includes("Dy"));
  assert.equal(labelOf("moisture_pct", fieldOf({ type: "string", "x-unit": "%" })), "moisture, %");
});

test("W30: of more than a list can show, what begins as written is asked for", async () => {
  const refers = at("lots.lot").refers as NonNullable<Field["refers"]>;
  const asked: string[] = [];
  const many = async (_path: string, given: { readonly after?: string }) => {
    asked.push(given.after ?? "");
    const from = Number(/\d+$/.exec(given.after ?? "")?.[0] ?? 0);
    const items = Array.from({ length: 50 }, (_, k) => ({
      id: `L-${String(from + k + 1).padStart(4, "0")}`,
    }));
    return { items, next: items.at(-1)?.id };
  };
  const whole = await choicesFor(refers, { ask: many, figure, beside: () => undefined });
  assert.ok(whole.more && whole.options.length === 200);
  asked.length = 0;
  await choicesFor(refers, { ask: many, figure, beside: () => undefined, begins: "L-07" });
  assert.ok((asked[0] ?? "") < "L-07" && (asked[0] ?? "") > "L-0699", asked[0]);
});
