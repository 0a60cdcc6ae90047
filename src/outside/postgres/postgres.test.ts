import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { dataFolder } from "./folder.ts";
import { attachPostgres, DataFolderInUse, sharePostgres, startPostgres } from "./index.ts";
import { identityOf, isAlive } from "./process-identity.ts";

const PROGRAM = fileURLToPath(new URL("../../../test/support/postgres-owner.ts", import.meta.url));
const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;

const base = mkdtempSync(join(tmpdir(), "didym-pg-"));
const started: { kill(signal: NodeJS.Signals): boolean; exitCode: number | null }[] = [];
after(async () => {
  for (const child of started) if (child.exitCode === null) child.kill("SIGKILL");
  await sleep(50);
  rmSync(base, { recursive: true, force: true });
});
chmodSync(base, 0o711);
let folders = 0;
const newFolder = (name = "data") => join(base, String(++folders), name);

interface Said {
  readonly up?: boolean;
  readonly uid?: number;
  readonly server?: number;
  readonly host?: string;
  readonly acknowledged?: number;
  readonly stopped?: boolean;
  readonly failed?: string;
  readonly message?: string;
  readonly log?: string;
}

/** Starts the program in a process of its own and listens to it. */
function launch(
  how: "start" | "share" | "attach",
  dataDir: string,
  given: { uid?: number; path?: string; patience_s?: number } = {},
) {
  const child = spawn(process.execPath, [PROGRAM, how, dataDir, String(given.patience_s ?? 10)], {
    stdio: ["pipe", "pipe", "inherit"],
    ...(given.uid === undefined ? {} : { uid: given.uid, gid: given.uid }),
    env: { ...process.env, ...(given.path === undefined ? {} : { PATH: given.path }) },
  });
  started.push(child);
  const said: Said[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => said.push(JSON.parse(line)));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const find = (wanted: (line: Said) => boolean) => said.find(wanted);
  const until = async (wanted: (line: Said) => boolean): Promise<Said> => {
    for (let waited_ms = 0; waited_ms < 60_000; waited_ms += 10) {
      const found = find(wanted);
      if (found) return found;
      if (child.exitCode !== null || child.signalCode !== null) break;
      await sleep(10);
    }
    await sleep(50);
    const found = find(wanted);
    if (found) return found;
    throw new Error(`it never said so; it said ${JSON.stringify(said.slice(-3))}`);
  };
  return {
    pid: child.pid ?? 0,
    said,
    ended,
    until,
    tell: (line: string) => child.stdin.write(`${line}\n`),
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    up: () => until((line) => line.up === true || line.failed !== undefined),
    async stop() {
      child.stdin.write("stop\n");
      await ended;
    },
  };
}

async function ask(config: pg.PoolConfig, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** What must hold after a kill: nothing that was acknowledged is missing. */
async function assertKept(dataDir: string, acknowledged: number): Promise<void> {
  const server = await startPostgres({ dataDir });
  try {
    const [row] = await ask(
      server.config,
      `select count(distinct n)::int as kept from written where n <= ${acknowledged}`,
    );
    assert.equal(row?.["kept"], acknowledged);
  } finally {
    await server.stop();
  }
}

const lastAcknowledged = (said: readonly Said[]): number =>
  said.findLast((line) => line.acknowledged !== undefined)?.acknowledged ?? 0;

async function gone(pid: number, within_ms = 20_000): Promise<boolean> {
  const process_ = identityOf(pid);
  for (let waited_ms = 0; waited_ms < within_ms; waited_ms += 10) {
    if (!isAlive(process_)) return true;
    await sleep(10);
  }
  return false;
}

describe("a data folder from start to stop", { timeout: 180_000 }, () => {
  test("P1, P5, P6, P12: it is made private, durable and without a port; a stop ends it; a start finds the rows", async () => {
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

  test("P9: what an interrupted first start left is not taken for a database", async () => {
    const dataDir = newFolder();
    mkdirSync(join(dataDir, "postgres.partial", "base"), { recursive: true });
    writeFileSync(join(dataDir, "postgres.partial", "PG_VERSION"), "18\n");
    const server = await startPostgres({ dataDir, durable: false });
    assert.deepEqual(await ask(server.config, "select 1 as one"), [{ one: 1 }]);
    await server.stop();
  });

  test("P9, P11: a folder named postgres that is no database is left as it is, and said to be none", async () => {
    const dataDir = newFolder();
    mkdirSync(join(dataDir, "postgres"), { recursive: true });
    writeFileSync(join(dataDir, "postgres", "thesis.txt"), "do not lose me");
    await assert.rejects(startPostgres({ dataDir }), { name: "NoPostgres", message: /^[^\n]{20,400}$/ });
    assert.equal(readFileSync(join(dataDir, "postgres", "thesis.txt"), "utf8"), "do not lose me");
  });

  test("P11: a file where the folder should be is one sentence", async () => {
    const dataDir = newFolder();
    mkdirSync(join(dataDir, ".."), { recursive: true });
    writeFileSync(dataDir, "");
    await assert.rejects(startPostgres({ dataDir }), { name: "NoPostgres", message: /^[^\n]{20,400}$/ });
  });

  for (const [what, name] of [
    ["200 characters", "x".repeat(200)],
    ["spaces, a comma, quotes and other letters", `O'Brien, "Nd" Überfracht 磁石 %d`],
  ] as const) {
    test(`P7: a path with ${what} works and leaves no socket behind`, async () => {
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

  test("P7: a socket folder that someone else made is not used", {
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
  test("P2, P3: a second opener is refused and disturbs nothing, whatever the owner file says", async () => {
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

  test("P3: unreadable owner and lock files of a dead owner do not block a start", async () => {
    const dataDir = newFolder();
    await (await startPostgres({ dataDir, durable: false })).stop();
    writeFileSync(join(dataDir, "owner.json"), "\0\0{{");
    writeFileSync(join(dataDir, "owner.lock"), "not a lock ".repeat(1000));
    writeFileSync(join(dataDir, "users.lock"), "not a lock ".repeat(1000));
    const server = await startPostgres({ dataDir, durable: false });
    await assert.rejects(startPostgres({ dataDir }), DataFolderInUse);
    await server.stop();
  });

  test("P2: of six that start at once, one gets the folder", async () => {
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
  test("P1, P4: the owner is killed while it writes; the next start takes its server over and keeps every row", async () => {
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
    assert.equal(isAlive(identityOf(server)), false);
    await next.stop();
    await assertKept(dataDir, lastAcknowledged(owner.said));
  });

  test("P1: owner and server are killed together", async () => {
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

  test("P4: a stale pid file with the number of an innocent process harms neither", async () => {
    const dataDir = newFolder();
    await (await startPostgres({ dataDir, durable: false })).stop();
    const innocent = spawn("sleep", ["60"], { stdio: "ignore" });
    started.push(innocent);
    writeFileSync(
      join(dataDir, "postgres", "postmaster.pid"),
      `${innocent.pid}\n${dataDir}/postgres\n1700000000\n5432\n${dataDir}\n\n  1 1\nready\n`,
    );
    const server = await startPostgres({ dataDir, durable: false });
    assert.equal(isAlive(identityOf(innocent.pid ?? 0)), true);
    await server.stop();
    innocent.kill("SIGKILL");
  });

  test("P4: a server whose pid file is gone is found all the same", {
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
    test(`P5: an owner that ${how} takes its server with it`, async () => {
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
  test("P10: a stop waits for one who is attached, and not for one who was killed", async () => {
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

  test("P10: the patience has an end", async () => {
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

  test("P10: commands that start beside each other all do their work", async () => {
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
    test(`P8: root, ${way}, in a private folder; killed and taken over`, async (t) => {
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

  test("P8, P11: root as plain nobody; where nobody cannot walk it is one sentence", async () => {
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
    test(`P8: ${who} starts; then root; then ${who} again`, async (t) => {
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
