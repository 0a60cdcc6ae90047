import assert from "node:assert/strict";
import { test } from "node:test";
import { type Asker, lanes } from "./lanes.ts";

const [command, calculation] = [true, false];

/** Enters askers in turn, and remembers who was let in. */
function door() {
  const turns = lanes();
  const inside = new Map<string, () => void>();
  const order: string[] = [];
  const settled = () => new Promise((next) => setImmediate(next));
  return {
    order,
    enter(name: string, asker: Asker): void {
      void turns.enter(asker)?.then((leave) => {
        inside.set(name, leave);
        order.push(name);
      });
    },
    async leave(name: string) {
      inside.get(name)?.();
      await settled();
    },
    settled,
  };
}

test("A19: calculations leave a lane free, and a command that waits comes before them", async () => {
  const { order, enter, leave, settled } = door();
  for (const name of ["one", "two", "three"]) enter(name, { command: calculation, caller: "a" });
  enter("manifest", { command, caller: "a" });
  await settled();
  assert.deepEqual(order, ["one", "two", "manifest"]);
  enter("second manifest", { command, caller: "a" });
  await leave("one");
  assert.deepEqual(order.slice(3), ["second manifest"]);
  await leave("manifest");
  assert.deepEqual(order.slice(4), ["three"]);
});

test("A19: of two callers each has a turn, however many one of them asks for", async () => {
  const { order, enter, leave, settled } = door();
  for (let n = 0; n < 6; n++) enter(`many ${n}`, { command: calculation, caller: "many" });
  for (let n = 0; n < 2; n++) enter(`few ${n}`, { command: calculation, caller: "few" });
  await settled();
  await leave("many 0");
  await leave("many 1");
  assert.deepEqual(order, ["many 0", "many 1", "few 0", "many 2"]);
  await leave("many 2");
  assert.equal(order[4], "many 3", "of the two, the other has one under way");
  await leave("few 0");
  assert.equal(order[5], "few 1");
});

test("A24: of large bodies one command and one calculation are read at a time, and small ones pass them by", async () => {
  const { order, enter, leave, settled } = door();
  for (const name of ["large", "another"]) enter(name, { command: calculation, caller: "a", large: true });
  enter("small", { command: calculation, caller: "a" });
  for (const name of ["manifest", "second manifest"]) enter(name, { command, caller: "a", large: true });
  await settled();
  assert.deepEqual(order, ["large", "small", "manifest"]);
  await leave("large");
  assert.deepEqual(order.slice(3), ["another"]);
  await leave("manifest");
  assert.deepEqual(order.slice(4), ["second manifest"]);
});
