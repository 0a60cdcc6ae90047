import assert from "node:assert/strict";
import { test } from "node:test";
import { worldBefore } from "../../../test/story/world.ts";
import { ownShell, type Ran } from "../../../test/support/own-shell.ts";
import type { Actor } from "../../ledger/index.ts";
import { perform } from "../core/perform.ts";
import type { LedgerStore, Ports } from "../core/ports.ts";
import { carryOut } from "../jobs/carry-out.ts";
import { allowOwner, forbidOwner } from "./owner.ts";

const shell = ownShell();
const codeIn = ({ out }: Ran) => (JSON.parse(out) as { refused?: { code: string } }).refused?.code;

async function ownBooks() {
  const { ports } = await worldBefore("intake read-manifest");
  let keys = 0;
  const by = (said: string, verified = true): Actor => {
    const [role = "", party = ""] = said.split("@");
    return { role, party, verified };
  };
  const say = async (useCase: typeof forbidOwner | typeof allowOwner, actor: Actor, party: string) => {
    const input = { party, why: "a reason" };
    const said = await perform(ports, useCase, { request: { key: `o-${keys++}`, actor }, input });
    return said.ok ? "done" : said.refusal.code;
  };
  const command = (nth: number, more: readonly string[] = []) =>
    shell.run(
      [..."programme register-party --name P --kind carrier --party".split(" "), `p-${nth}`, ...more],
      { books: ports },
    );
  return { ports, by, say, command };
}

const lastEntry = async ({ store }: Ports) => {
  const head = await store.head();
  const [entry] = await store.entries({ after: (head?.seq ?? 0) - 1, limit: 1 });
  return entry;
};

test("T24: what is given on a data folder is marked as the machine's owner's, whoever is stated, a job's too", async () => {
  const { ports, command } = await ownBooks();
  await command(1);
  const nobody = { role: "unstated", party: "unstated", verified: false, owner: true };
  assert.deepEqual((await lastEntry(ports))?.actor, nobody);
  await command(2, ["--as", "planner@sample-recycler"]);
  const stated = { role: "planner", party: "sample-recycler", verified: false, owner: true } as const;
  assert.deepEqual((await lastEntry(ports))?.actor, stated);
  const input = { consignment: "C-1", name: "j.csv", text: "description,qty\nApple iPhone 12,40\n" };
  const claim = { key: "j-1", use_case: "intake/read-manifest", input, actor: stated };
  const done = await carryOut(ports, claim as unknown as Parameters<typeof carryOut>[1]);
  assert.equal(done.state, "done");
  assert.deepEqual((await lastEntry(ports))?.actor, stated);
});

test("T25: an administrator of a firm who signed in forbids the machine's owner to give commands, and lifts it", async () => {
  const { ports, by, say, command } = await ownBooks();
  const admin = by("administrator@sample-recycler");
  for (const [actor, party, code] of [
    [by("administrator@sample-recycler", false), "sample-recycler", "not_signed_in"],
    [{ ...by("unstated@unstated", false), owner: true as const }, "sample-recycler", "not_signed_in"],
    [by("planner@sample-recycler"), "sample-recycler", "not_allowed"],
    [by("administrator@sample-refiner"), "sample-recycler", "not_allowed"],
    [by("administrator@sample-carrier"), "sample-carrier", "party_differs"],
    [admin, "nobody", "party_unknown"],
  ] as const)
    assert.equal(await say(forbidOwner, actor, party), code, `${actor.role}@${actor.party} ${code}`);
  assert.equal((await command(1)).exit, 0, "nothing was forbidden");
  assert.equal(await say(forbidOwner, admin, "sample-recycler"), "done");
  assert.equal(await say(forbidOwner, admin, "sample-recycler"), "nothing_changed");
  for (const more of [
    [],
    ["--as", "administrator@sample-recycler"],
    ["--as", "administrator@sample-refiner"],
  ])
    assert.equal(codeIn(await command(2, more)), "owner_forbidden", more.join(" "));
  const books = ports;
  for (const words of [
    "allow-owner --party sample-recycler --why x",
    "forbid-owner --party sample-recycler --why x",
  ])
    assert.equal(codeIn(await shell.run(["trust", ...words.split(" ")], { books })), "not_signed_in");
  const token = await shell.run("trust token --party sample-recycler --role administrator".split(" "), {
    books,
  });
  assert.equal(codeIn(token), "owner_forbidden", "nor does the owner make who could lift it");
  // What keeps it running goes on, and so does who signed in.
  for (const words of ["trust me", "programme parties", "trust owner", "trust duties --role buyer"])
    assert.equal((await shell.run(words.split(" "), { books })).exit, 0, words);
  const rule = await shell.run(["trust", "owner"], { books });
  assert.match(rule.out, /"forbidden": true,[\s\S]*"party": "sample-recycler"/);

  // Each party lifts its own word alone.
  assert.equal(await say(forbidOwner, by("administrator@sample-refiner"), "sample-refiner"), "done");
  assert.equal(await say(allowOwner, by("administrator@sample-refiner"), "sample-recycler"), "not_allowed");
  assert.equal(await say(allowOwner, admin, "sample-recycler"), "done");
  assert.equal(await say(allowOwner, admin, "sample-recycler"), "nothing_changed");
  assert.equal(codeIn(await command(3)), "owner_forbidden", "the refiner forbids it still");
  assert.equal(await say(allowOwner, by("administrator@sample-refiner"), "sample-refiner"), "done");
  assert.equal((await command(3)).exit, 0);
});

test("T25: a command of the owner that is under way when it is forbidden, and a job that waits, are refused", async () => {
  const { ports, by, say } = await ownBooks();
  const admin = by("administrator@sample-recycler");
  let first = true;
  const append: LedgerStore["append"] = async (batch) => {
    if (first) {
      first = false;
      assert.equal(await say(forbidOwner, admin, "sample-recycler"), "done");
    }
    return ports.store.append(batch);
  };
  const books = { ...ports, store: { ...ports.store, append } };
  const words = "programme register-party --name P --kind carrier --party p-1".split(" ");
  assert.equal(codeIn(await shell.run(words, { books })), "owner_forbidden");
  assert.equal((await lastEntry(ports))?.kind, "owner_forbidden", "nothing after it");
  const actor = { ...by("intake lead@sample-recycler", false), owner: true as const };
  const input = { consignment: "C-1", name: "j.csv", text: "description,qty\nApple iPhone 12,40\n" };
  const claim = { key: "j-1", use_case: "intake/read-manifest", input, actor };
  const said = await carryOut(ports, claim as unknown as Parameters<typeof carryOut>[1]);
  assert.equal(said.state === "refused" && said.refusal.code, "owner_forbidden");
});
