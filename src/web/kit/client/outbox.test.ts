import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "./client.ts";
import { type Kept, outboxOn, type Shelf } from "./outbox.ts";

function shelf(text?: string): Shelf & { text: string | undefined } {
  return {
    text,
    read() {
      return this.text;
    },
    write(next) {
      this.text = next;
    },
  };
}

const entry = (key: string): Kept => ({
  key,
  path: "prepare/step",
  body: {},
  actor: undefined,
  what: key,
  at: "",
});
const refusal = (status: number) =>
  new Refused({ title: "", detail: `refused ${status}`, code: "x", at: "", status });

test("W6: an entry is on the shelf before it is sent, and leaves it only when it was answered", async () => {
  const at = shelf();
  let seen = "";
  const box = outboxOn(at, async () => {
    seen = at.text ?? "";
  });
  box.put(entry("a"));
  await box.sendAll();
  assert.match(seen, /"a"/);
  assert.equal(at.text, "[]");
});

test("W6: while the server is not reached nothing is lost or overtaken; a reload finds it all again", async () => {
  const at = shelf();
  let reached = false;
  const sent: string[] = [];
  const send = async (kept: Kept) => {
    if (!reached) throw refusal(0);
    sent.push(kept.key);
  };
  const before = outboxOn(at, send);
  before.put(entry("a"));
  before.put(entry("b"));
  await before.sendAll();
  assert.deepEqual(sent, []);
  const after = outboxOn(at, send);
  assert.equal(after.kept().length, 2);
  reached = true;
  await after.sendAll();
  assert.deepEqual(sent, ["a", "b"]);
});

test("W6: what the trade refuses waits for a person and does not hold up what comes after", async () => {
  const sent: string[] = [];
  const box = outboxOn(shelf(), async ({ key }) => {
    if (key === "a") throw refusal(409);
    sent.push(key);
  });
  box.put(entry("a"));
  box.put(entry("b"));
  await box.sendAll();
  assert.deepEqual(sent, ["b"]);
  assert.deepEqual(
    box.kept().map((k) => [k.key, k.refused]),
    [["a", "refused 409"]],
  );
  box.drop("a");
  assert.equal(box.kept().length, 0);
});

test("W6: two calls at once send each entry once", async () => {
  const sent: string[] = [];
  const box = outboxOn(shelf(), async ({ key }) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    sent.push(key);
  });
  box.put(entry("a"));
  await Promise.all([box.sendAll(), box.sendAll()]);
  assert.deepEqual(sent, ["a"]);
});

test("W6: a shelf that holds nonsense is an empty one", () => {
  assert.equal(outboxOn(shelf("{"), async () => {}).kept().length, 0);
});
