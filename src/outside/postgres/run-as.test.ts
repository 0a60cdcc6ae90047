import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import {
  assertKept,
  isRoot,
  lastAcknowledged,
  launch,
  newFolder,
} from "../../../test/support/postgres-owner-process.ts";

const NOBODY = 65534;

describe("users", {
  timeout: 180_000,
  skip: !isRoot && "only root can start processes as other users",
}, () => {
  /** A PATH that holds only these programs, so that the ways through the others are closed. */
  const pathOf = (...programs: string[]) => {
    const folder = newFolder("bin");
    mkdirSync(folder, { recursive: true });
    for (const program of ["sh", ...programs]) {
      const found = ["/usr/bin", "/bin", "/usr/sbin"].map((place) => join(place, program)).find(existsSync);
      if (found) symlinkSync(found, join(folder, program));
    }
    return folder;
  };
  const privateHome = () => {
    const home = newFolder("home");
    mkdirSync(home, { recursive: true, mode: 0o700 });
    return join(home, "data");
  };

  for (const [way, programs] of [
    ["in a user namespace", ["unshare"]],
    ["as nobody with leave to walk", ["setpriv"]],
  ] as const) {
    test(`E8: root, ${way}, in a private folder; killed and taken over`, async (t) => {
      const dataDir = privateHome();
      const path = pathOf(...programs);
      const owner = launch("start", dataDir, { path });
      const said = await owner.up();
      if (said.failed && /no other user could be used/.test(said.message ?? "")) {
        owner.kill("SIGKILL");
        return t.skip(`${programs[0]} is not allowed here`);
      }
      assert.equal(said.failed, undefined, said.message);
      owner.tell("write 10");
      await owner.until((line) => line.acknowledged === 10);
      owner.kill("SIGKILL");
      await owner.ended;
      const next = launch("start", dataDir, { path });
      assert.equal((await next.up()).failed, undefined);
      await next.stop();
      // And whatever way works for the next run, it finds the rows.
      await assertKept(dataDir, 10);
    });
  }

  test("E8, E11: root as plain nobody; where nobody cannot walk it is one sentence", async () => {
    const path = pathOf();
    const inPrivate = await launch("start", privateHome(), { path }).up();
    assert.equal(inPrivate.failed, "NoPostgres");
    assert.match(inPrivate.message ?? "", /^PostgreSQL does not run as root, [^\n]+$/);

    const dataDir = newFolder();
    mkdirSync(join(dataDir, ".."), { mode: 0o755 });
    const owner = launch("start", dataDir, { path });
    assert.equal((await owner.up()).failed, undefined);
    owner.tell("write 10");
    await owner.stop();
    await assertKept(dataDir, 10);
  });

  for (const [who, uid] of [
    ["nobody", NOBODY],
    ["a user of the system", 1],
    ["a number without a name", 54321],
  ] as const) {
    test(`E8: ${who} starts; then root; then ${who} again`, async (t) => {
      if (spawnSync(process.execPath, ["--version"], { uid, gid: uid }).status !== 0) {
        return t.skip("the checkout is private, others cannot run what is in it");
      }
      const dataDir = newFolder();
      mkdirSync(join(dataDir, ".."), { mode: 0o755 });
      mkdirSync(dataDir, { mode: 0o700 });
      chownSync(dataDir, uid, uid);
      for (const given of [{ uid }, {}, { uid }]) {
        const owner = launch("start", dataDir, given);
        const said = await owner.up();
        if (who === "a number without a name" && /user does not exist/.test(said.message ?? "")) {
          return t.skip("no user namespaces here");
        }
        assert.equal(said.failed, undefined, said.message);
        owner.tell("write 3");
        await owner.stop();
        assert.equal(lastAcknowledged(owner.said), 3);
      }
      assert.equal(statSync(join(dataDir, "postgres")).uid, uid);
    });
  }
});
