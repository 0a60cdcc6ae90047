import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type pg from "pg";
import { freshDatabase, poolOn } from "../../../test/support/database.ts";
import type { DirectoriesBeside } from "../../app/core/directories.ts";
import type { Sessions } from "../../app/core/ports.ts";
import { bearerSeal } from "../../outside/bearer-seal.ts";
import { memoryDirectories } from "../memory/directories.ts";
import { APP_ROLE, ensureAppRole, grantRights } from "../rights.ts";
import { memorySessions, postgresSessions } from "../sessions.ts";
import { postgresDirectories } from "./postgres-directories.ts";

interface Beside {
  readonly sessions: Sessions;
  readonly beside: DirectoriesBeside;
}

/** As who serves the books: it may do what `rights.ts` says, and no more. */
async function servingPool(): Promise<pg.Pool> {
  let pool: pg.Pool | undefined;
  after(() => pool?.end());
  const config = await freshDatabase();
  const owner = poolOn(config, 1);
  await ensureAppRole(owner);
  await grantRights(owner, APP_ROLE);
  await owner.end();
  pool = poolOn({ ...config, options: `-c role=${APP_ROLE}` }, 8);
  return pool;
}

const STORES: Readonly<Record<string, () => Promise<Beside>>> = {
  async memory() {
    const sessions = memorySessions();
    return { sessions, beside: memoryDirectories(sessions) };
  },
  async PostgreSQL() {
    const pool = await servingPool();
    return { sessions: postgresSessions(pool), beside: postgresDirectories(pool) };
  },
};

const NOW = "2026-11-30T08:00:00.000Z";
const at = (minutes: number) => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();
const vouched = { digest: "d", client: "c", until: at(5), sealed: "s" };

async function withSession({ sessions, beside }: Beside) {
  const seen = { began_at: NOW, seen_at: NOW, device: "Firefox on Linux" };
  await sessions.start({ digest: "d", person: "U-1", until: "2099-01-01T00:00:00.000Z", ...seen });
  await beside.vouch(vouched);
}

for (const [name, open] of Object.entries(STORES)) {
  describe(name, () => {
    test("Z80: a secret takes the place of the one before, and goes when it is forgotten", async () => {
      const { beside } = await open();
      assert.equal(await beside.secretOf("north"), undefined);
      await beside.keepSecret("north", "one");
      await beside.keepSecret("north", "two");
      await beside.keepSecret("south", "three");
      assert.equal(await beside.secretOf("north"), "two");
      await beside.forgetSecret("north");
      assert.deepEqual(
        [await beside.secretOf("north"), await beside.secretOf("south")],
        [undefined, "three"],
      );
    });

    test("Z83: of several that link one at once, all are told the same person", async () => {
      const { beside } = await open();
      assert.equal(await beside.linked("x"), undefined);
      const linked = await Promise.all(
        ["U-1", "U-2", "U-3", "U-4"].map((person) => beside.link("x", person)),
      );
      assert.equal(new Set(linked).size, 1);
      assert.equal(await beside.linked("x"), linked[0]);
      assert.equal(await beside.link("y", "U-5"), "U-5");
    });

    test("Z84: of several that would ask a directory one may; what it said takes the place of what it said before", async () => {
      const given = await open();
      const { beside } = given;
      await withSession(given);
      assert.deepEqual(await beside.vouched("d"), vouched);
      const turn = { now: at(5), until: at(5.5) };
      const turns = await Promise.all([1, 2, 3].map(() => beside.takeTurn("d", turn)));
      assert.equal(turns.filter(Boolean).length, 1);
      assert.equal(await beside.takeTurn("d", { now: at(5.5), until: at(6) }), true, "its time was over");
      await beside.endTurn("d");
      assert.equal(await beside.takeTurn("d", turn), true);
      await beside.vouch({ ...vouched, until: at(10), sealed: "t" });
      assert.deepEqual(await beside.vouched("d"), { ...vouched, until: at(10), sealed: "t" });
      assert.equal(await beside.takeTurn("d", turn), true, "whoever had it is done");
      assert.equal(await beside.takeTurn("nobody", turn), false);
    });

    test("Z84: nothing is kept of a session that was ended, nor after", async () => {
      const given = await open();
      const { beside, sessions } = given;
      await withSession(given);
      await sessions.endOf("U-1");
      assert.equal(await beside.vouched("d"), undefined);
      await beside.vouch(vouched);
      assert.equal(await beside.vouched("d"), undefined);
    });
  });
}

test("Z84: what is sealed under a session opens by what it shows, whole, and by nothing else", () => {
  const sealed = bearerSeal.seal("a refresh token", "didym_1");
  assert.equal(bearerSeal.open(sealed, "didym_1"), "a refresh token");
  assert.ok(!Buffer.from(sealed, "base64").includes("refresh"));
  assert.notEqual(bearerSeal.seal("a refresh token", "didym_1"), sealed);
  assert.equal(bearerSeal.open(sealed, "didym_2"), undefined);
  const changed = Buffer.from(sealed, "base64");
  changed[14] = (changed[14] ?? 0) ^ 1;
  assert.equal(bearerSeal.open(changed.toString("base64"), "didym_1"), undefined);
});
