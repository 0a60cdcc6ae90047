import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import { Hono } from "hono";
import { useCases } from "../../app/use-cases.ts";
import { inFlight } from "./in-flight.ts";
import { limitsOf } from "./limits.ts";
import { oneATurn } from "./one-a-turn.ts";
import { bodiesOf } from "./take.ts";

const MB = 1024 * 1024;

test("A6: sixteen megabytes only for files, measurements and long work", () => {
  const large = useCases.filter((one) => one.type === "command" && limitsOf(one).bytes > MB);
  assert.deepEqual(large.map(({ room, verb }) => `${room} ${verb}`).sort(), [
    "intake read-manifest",
    "refine plan",
  ]);
});

test("A24: never more is lent than there is, never more than half to one, and everyone is served in the end", async () => {
  const asks = fc.array(
    fc.record({ bytes: fc.integer({ min: 1, max: 50 }), caller: fc.constantFrom("a", "b", "c") }),
    {
      maxLength: 40,
    },
  );
  await fc.assert(
    fc.asyncProperty(asks, async (wanted) => {
      const room = inFlight(100, 60_000);
      const held = new Map<string, number>();
      const change = (caller: string, by: number) => held.set(caller, (held.get(caller) ?? 0) + by);
      let served = 0;
      await Promise.all(
        wanted.map(async ({ bytes, caller }) => {
          const shrink = await room.take(bytes, caller);
          assert.ok(shrink);
          change(caller, bytes);
          assert.ok((held.get(caller) ?? 0) <= 50, "half to one");
          assert.ok([...held.values()].reduce((sum, one) => sum + one, 0) <= 100, "all that there is");
          await new Promise(setImmediate);
          const half = bytes >> 1;
          change(caller, half - bytes);
          shrink(half);
          await new Promise(setImmediate);
          change(caller, -half);
          shrink(0);
          served++;
        }),
      );
      assert.equal(served, wanted.length);
    }),
    { numRuns: 60 },
  );
});

test("A24: who finds no room in time, or leaves, gets nothing and holds up nobody", async () => {
  const room = inFlight(10, 20);
  const first = await room.take(5, "a");
  assert.ok(first);
  assert.equal(await room.take(5, "a"), undefined, "its own half is lent, and in 20 ms none of it came back");
  const gone = new AbortController();
  const leaving = room.take(5, "a", gone.signal);
  gone.abort();
  assert.equal(await leaving, undefined);
  assert.ok(await room.take(5, "b"), "another's half is free");
});

test("A24: a turn of the event loop lies between two pieces of work", async () => {
  const turn = oneATurn();
  const order: string[] = [];
  const pieces = [1, 2, 3].map(async (n) => {
    await turn();
    order.push(`piece ${n}`);
    setImmediate(() => order.push(`question after ${n}`));
  });
  await Promise.all(pieces);
  await wait(5);
  assert.equal(order.indexOf("question after 1") < order.indexOf("piece 3"), true, order.join());
});

/** A server that says how many bytes it took in. */
function counting(grace_ms: number) {
  const bodies = bodiesOf({ grace_ms, patience_ms: 50 });
  const app = new Hono();
  app.post("/", (c) =>
    bodies.take(c, { limits: { bytes: MB, parts: 10 }, command: true }, async (bytes) =>
      c.json(bytes.length),
    ),
  );
  return (body: string | ReadableStream) =>
    app.request("/", {
      method: "POST",
      body,
      headers: { "content-type": "application/json" },
      duplex: "half",
    } as never);
}

test("A25: a body that does not come within its time is ended, and its room is free again", async () => {
  // A megabyte may be stated to come, and has grace alone where nothing of it does.
  const post = counting(-16 * 1024 + 30);
  const silent = () => new ReadableStream({ start: (to) => to.enqueue(new Uint8Array(10)) });
  for (let n = 0; n < 40; n++) {
    const [one, two] = await Promise.all([post(silent()), post(silent())]);
    assert.deepEqual([one.status, two.status], [408, 408]);
    assert.equal(((await one.json()) as { code: string }).code, "too_slow");
  }
  assert.equal(await (await counting(1000)("0123456789")).json(), 10);
});
