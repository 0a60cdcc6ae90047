import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  ask,
  assertKept,
  base,
  gone,
  isRoot,
  lastAcknowledged,
  launch,
  minded,
  newFolder,
} from "../../../test/support/postgres-owner-process.ts";
import { dataFolder } from "./folder.ts";
import { attachPostgres, DataFolderInUse, sharePostgres, startPostgres } from "./index.ts";
import { identityOf, isAlive } from "./process-identity.ts";

const answers = (config: Parameters<typeof ask>[0]): Promise<boolean> =>
  ask(config, "select 1 as one").then(
    () => true,
    () => false,
  );

describe("a data folder from start to stop", { timeout: 180_000 }, () => {
  test("E1, E5, E6, E12: it is made private, durable and without a port; a stop ends it; a start finds the rows", async () => {
    const dataDir = newFolder();
    const first = await startPostgres({ dataDir });
    assert.equal(statSync(dataDir).mode & 0o777, 0o700);
    assert.equal(statSync(join(String(first.config.host), ".s.PGSQL.5432")).mode & 0o077, 0);
    const settings = await ask(
      first.config,
      "select name, setting from pg_settings where name in ('listen_addresses', 'fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums') order by 1",
    );
    assert.deepEqual(
      settings.map(({ name, setting }) => `${name}=${setting}`),
      ["data_checksums=on", "fsync=on", "full_page_writes=on", "listen_addresses=", "synchronous_commit=on"],
    );
    await ask(first.config, "create table kept (n int); insert into kept values (7)");
    await first.stop();
    await first.stop();
    assert.equal(isAlive(identityOf(first.pid)), false);
    assert.equal(existsSync(join(dataDir, "owner.json")), false);

    const second = await startPostgres({ dataDir });
    assert.deepEqual(await ask(second.config, "select n from kept"), [{ n: 7 }]);
    await second.stop();
  });

  test("E13, E1: a server that is killed is started again on the same socket, and knows what was acknowledged", async () => {
    const dataDir = newFolder();
    const lost: Error[] = [];
    const server = await startPostgres({ dataDir, onLost: (why) => lost.push(why) });
    await ask(server.config, "create table kept (n int)");
    for (let n = 1; n <= 3; n++) {
      const { pid } = server;
      await ask(server.config, `insert into kept values (${n})`);
      process.kill(pid, n === 3 ? "SIGQUIT" : "SIGKILL");
      for (let tries = 0; server.pid === pid || !(await answers(server.config)); tries++) {
        assert.ok(tries < 500, "it is not back");
        await sleep(20);
      }
    }
    assert.deepEqual(await ask(server.config, "select n from kept order by n"), [
      { n: 1 },
      { n: 2 },
      { n: 3 },
    ]);
    const { pid } = server;
    await server.stop();
    await sleep(300);
    assert.equal(server.pid, pid, "a stop is no end to come back from");
    assert.equal(isAlive(identityOf(pid)), false);
    assert.deepEqual(lost, []);
  });

  test("E13: one that cannot come back is said to be lost, once, and the folder is free after a stop", async () => {
    const dataDir = newFolder();
    let tell = (_: Error) => {};
    const told = new Promise<Error>((resolve) => {
      tell = resolve;
    });
    const server = await startPostgres({ dataDir, onLost: (why) => tell(why) });
    const control = join(dataDir, "postgres", "global", "pg_control");
    rmSync(control);
    process.kill(server.pid, "SIGKILL");
    assert.match((await told).message, /did not start/);
    await server.stop();
    await assert.rejects(startPostgres({ dataDir }), { name: "NoPostgres" }, "not in use, but broken");
  });

  test("E9: what an interrupted first start left is not taken for a database", async () => {
    const dataDir = newFolder();
    mkdirSync(join(dataDir, "postgres.partial", "base"), { recursive: true });
    writeFileSync(join(dataDir, "postgres.partial", "PG_VERSION"), "18\n");
    const server = await startPostgres({ dataDir, durable: false });
    assert.deepEqual(await ask(server.config, "select 1 as one"), [{ one: 1 }]);
    await server.stop();
  });

  test("E9, E11: a folder named postgres that is no database is left as it is, and said to be none", async () => {
    const dataDir = newFolder();
    mkdirSync(join(dataDir, "postgres"), { recursive: true });
    writeFileSync(join(dataDir, "postgres", "thesis.txt"), "do not lose me");
    await assert.rejects(startPostgres({ dataDir }), { name: "NoPostgres", message: /^[^\n]{20,400}$/ });
    assert.equal(readFileSync(join(dataDir, "postgres", "thesis.txt"), "utf8"), "do not lose me");
  });

  test("E11: a file where the folder should be is one sentence", async () => {
    const dataDir = newFolder();
    mkdirSync(join(dataDir, ".."), { recursive: true });
    writeFileSync(dataDir, "");
    await assert.rejects(startPostgres({ dataDir }), { name: "NoPostgres", message: /^[^\n]{20,400}$/ });
  });

  for (const [what, name] of [
    ["200 characters", "x".repeat(200)],
    ["spaces, a comma, quotes and other letters", `O'Brien, "Nd" Überfracht 磁石 %d`],
  ] as const) {
    test(`E7: a path with ${what} works and leaves no socket behind`, async () => {
      const dataDir = newFolder(name);
      const server = await startPostgres({ dataDir, durable: false });
      assert.deepEqual(await ask(server.config, "select 1 as one"), [{ one: 1 }]);
      const { sockets } = dataFolder(dataDir);
      assert.equal(statSync(sockets).mode & 0o777, 0o700);
      await server.stop();
      assert.equal(existsSync(sockets), false);
      const again = await startPostgres({ dataDir, durable: false });
      await again.stop();
    });
  }

  test("E7: a socket folder that someone else made is not used", {
    skip: !isRoot && "needs root",
  }, async () => {
    const dataDir = newFolder("y".repeat(150));
    const { sockets } = dataFolder(dataDir);
    symlinkSync(base, sockets);
    try {
      await assert.rejects(startPostgres({ dataDir }), { name: "NoPostgres", message: /someone else's/ });
    } finally {
      rmSync(sockets);
    }
  });
});

describe("one owner", { timeout: 180_000 }, () => {
  test("E2, E3: a second opener is refused and disturbs nothing, whatever the owner file says", async () => {
    const dataDir = newFolder();
    const owner = await startPostgres({ dataDir, durable: false });
    const refusedWith = async (message: RegExp) => {
      const other = launch("start", dataDir);
      const said = await other.until((line) => line.failed !== undefined);
      assert.equal(said.failed, "DataFolderInUse");
      assert.match(said.message ?? "", message);
      await other.ended;
    };
    await refusedWith(new RegExp(`in use by process ${process.pid}; `));
    await assert.rejects(startPostgres({ dataDir }), DataFolderInUse);
    for (const text of ["{", `{"pid": 1, "started": "1"}`, `{"pid": -5}`]) {
      writeFileSync(join(dataDir, "owner.json"), text);
      await refusedWith(/in use by another process; /);
    }
    assert.equal(isAlive(identityOf(owner.pid)), true);
    assert.deepEqual(await ask(owner.config, "select 1 as one"), [{ one: 1 }]);
    await owner.stop();
  });

  test("E3: unreadable owner and lock files of a dead owner do not block a start", async () => {
    const dataDir = newFolder();
    await (await startPostgres({ dataDir, durable: false })).stop();
    writeFileSync(join(dataDir, "owner.json"), "\0\0{{");
    writeFileSync(join(dataDir, "owner.lock"), "not a lock ".repeat(1000));
    writeFileSync(join(dataDir, "users.lock"), "not a lock ".repeat(1000));
    const server = await startPostgres({ dataDir, durable: false });
    await assert.rejects(startPostgres({ dataDir }), DataFolderInUse);
    await server.stop();
  });

  test("E2: of six that start at once, one gets the folder", async () => {
    const dataDir = newFolder();
    await (await startPostgres({ dataDir, durable: false })).stop();
    writeFileSync(join(dataDir, "owner.json"), JSON.stringify({ pid: 2 ** 22 + 1, started: "1" }));
    const six = Array.from({ length: 6 }, () => launch("start", dataDir));
    const said = await Promise.all(six.map((one) => one.up()));
    assert.equal(said.filter((line) => line.up).length, 1);
    assert.deepEqual(
      said.filter((line) => !line.up).map((line) => line.failed),
      Array(5).fill("DataFolderInUse"),
    );
    await Promise.all(six.map((one, at) => (said[at]?.up ? one.stop() : one.ended)));
  });
});

describe("after a kill", { timeout: 180_000 }, () => {
  test("E1, E4: the owner is killed while it writes; the next start takes its server over and keeps every row", async () => {
    const dataDir = newFolder();
    const owner = launch("start", dataDir);
    const { server = 0 } = await owner.up();
    owner.tell("write");
    await owner.until((line) => (line.acknowledged ?? 0) >= 50);
    owner.kill("SIGKILL");
    await owner.ended;
    assert.equal(isAlive(identityOf(server)), true, "the server is left behind");
    assert.equal(attachPostgres({ dataDir }), undefined, "nobody attaches to what has no owner");
    const lines: string[] = [];
    const next = await startPostgres({ dataDir, log: (line) => lines.push(line) });
    assert.match(lines.join(), /taking over/);
    const log = readFileSync(join(dataDir, "postgres.log"), "utf8");
    assert.doesNotMatch(log, /not properly shut down/, "it was stopped cleanly, nothing had to be recovered");
    assert.equal(isAlive(identityOf(server)), false);
    await next.stop();
    await assertKept(dataDir, lastAcknowledged(owner.said));
  });

  test("E1: owner and server are killed together", async () => {
    const dataDir = newFolder();
    const owner = launch("start", dataDir);
    const { server = 0 } = await owner.up();
    owner.tell("write");
    await owner.until((line) => (line.acknowledged ?? 0) >= 50);
    process.kill(server, "SIGKILL");
    owner.kill("SIGKILL");
    await owner.ended;
    await assertKept(dataDir, lastAcknowledged(owner.said));
  });

  test("E4: a stale pid file with the number of an innocent process harms neither", async () => {
    const dataDir = newFolder();
    await (await startPostgres({ dataDir, durable: false })).stop();
    const innocent = minded(spawn("sleep", ["60"], { stdio: "ignore" }));
    writeFileSync(
      join(dataDir, "postgres", "postmaster.pid"),
      `${innocent.pid}\n${dataDir}/postgres\n1700000000\n5432\n${dataDir}\n\n  1 1\nready\n`,
    );
    const server = await startPostgres({ dataDir, durable: false });
    assert.equal(isAlive(identityOf(innocent.pid ?? 0)), true);
    await server.stop();
    innocent.kill("SIGKILL");
  });

  test("E4: a server whose pid file is gone is found all the same", {
    skip: process.platform !== "linux" && "needs /proc",
  }, async () => {
    const dataDir = newFolder();
    const owner = launch("start", dataDir);
    const { server = 0 } = await owner.up();
    owner.kill("SIGKILL");
    await owner.ended;
    rmSync(join(dataDir, "postgres", "postmaster.pid"));
    const next = await startPostgres({ dataDir });
    assert.equal(isAlive(identityOf(server)), false);
    await next.stop();
  });

  for (const [how, end] of [
    ["exits without a stop", (owner: ReturnType<typeof launch>) => owner.tell("exit")],
    [
      "is asked to end by a signal nobody handles",
      (owner: ReturnType<typeof launch>) => owner.kill("SIGTERM"),
    ],
  ] as const) {
    test(`E5: an owner that ${how} takes its server with it`, async () => {
      const dataDir = newFolder();
      const owner = launch("start", dataDir);
      const { server = 0 } = await owner.up();
      end(owner);
      await owner.ended;
      assert.equal(await gone(server), true);
    });
  }
});

describe("sharing", { timeout: 180_000 }, () => {
  test("E10: a stop waits for one who is attached, and not for one who was killed", async () => {
    const dataDir = newFolder();
    const owner = launch("start", dataDir);
    await owner.up();
    const guest = launch("attach", dataDir);
    const killed = launch("attach", dataDir);
    await Promise.all([guest.up(), killed.up()]);
    killed.kill("SIGKILL");
    owner.tell("stop");
    await sleep(300);
    guest.tell("write 20");
    await guest.until((line) => line.acknowledged === 20);
    assert.equal(
      owner.said.some((line) => line.stopped),
      false,
    );
    await guest.stop();
    await owner.until((line) => line.stopped === true);
    await owner.ended;
    await assertKept(dataDir, 20);
  });

  test("E10: the patience has an end", async () => {
    const dataDir = newFolder();
    const owner = launch("start", dataDir, { patience_s: 0.5 });
    await owner.up();
    const guest = launch("attach", dataDir);
    await guest.up();
    await owner.stop();
    assert.equal(owner.said.at(-1)?.stopped, true);
    guest.kill("SIGKILL");
    await guest.ended;
  });

  test("E10: commands that start beside each other all do their work", async () => {
    const dataDir = newFolder();
    const commands = Array.from({ length: 4 }, () => launch("share", dataDir, { patience_s: 60 }));
    for (const command of commands) command.tell("write 25");
    for (const command of commands) command.tell("stop");
    await Promise.all(commands.map((command) => command.ended));
    for (const command of commands) {
      assert.equal(lastAcknowledged(command.said), 25, JSON.stringify(command.said.at(-1)));
    }
    const server = await sharePostgres({ dataDir });
    assert.deepEqual(await ask(server.config, "select count(*)::int as rows from written"), [{ rows: 100 }]);
    await server.stop();
  });
});
