// A process that owns, shares or attaches to a data folder, for tests that kill it. Says one JSON object a line.
import { createInterface } from "node:readline";
import pg from "pg";
import { attachPostgres, sharePostgres, startPostgres } from "../../src/outside/postgres/index.ts";

const [how = "start", dataDir = "", patience_s = "10"] = process.argv.slice(2);
const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);

async function open(): Promise<{ config: pg.PoolConfig; stop: () => Promise<void>; server?: number }> {
  const log = (line: string) => say({ log: line });
  if (how === "attach") {
    const config = attachPostgres({ dataDir });
    if (!config) throw new Error("nothing runs there");
    return { config, stop: async () => {} };
  }
  const begin = how === "share" ? sharePostgres : startPostgres;
  const { config, stop, pid } = await begin({ dataDir, log, patience_s: Number(patience_s) });
  return { config, stop, server: pid };
}

/** Writes rows one by one, and says each number after the server acknowledged it. */
async function write(config: pg.PoolConfig, rows: number): Promise<void> {
  const client = new pg.Client(config);
  client.on("error", () => {});
  await client.connect();
  // Two that make the table at the same moment: "if not exists" does not cover it (PostgreSQL answers 23505).
  await client.query("create table if not exists written (n bigint)").catch((cause) => {
    if (cause.code !== "23505") throw cause;
  });
  for (let n = 1; n <= rows; n++) {
    await client.query("insert into written values ($1)", [n]);
    say({ acknowledged: n });
  }
  await client.end();
}

try {
  const { config, stop, server } = await open();
  say({ up: true, uid: process.getuid?.(), server, host: config.host });
  for await (const line of createInterface({ input: process.stdin })) {
    const [verb, count = "100000"] = line.split(" ");
    if (verb === "exit") process.exit(0);
    if (verb === "stop") break;
    if (verb === "write") await write(config, Number(count));
  }
  await stop();
  say({ stopped: true });
  process.stdin.destroy();
} catch (cause) {
  const { name, message } = cause as Error;
  say({ failed: name, message });
  process.exit(1);
}
