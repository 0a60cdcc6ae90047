import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { serve } from "@hono/node-server";
import { createApi } from "../api/index.ts";
import { useCases } from "../app/use-cases.ts";
import { loadSample } from "../sample/index.ts";
import { DEFAULT_DATA_DIR, openDatabase, portsOn } from "./ports.ts";

const HELP = `npm start -- [--empty] [--port 4680] [--host 127.0.0.1] [--data DIR]

Starts Didym: database, API and web app on one address. The first start loads a sample programme; --empty starts clean.
DATABASE_URL uses a PostgreSQL of your own instead of the one in the data folder.
`;

const LOOPBACK = new Set(["127.0.0.1", "localhost", "::1"]);
const WEB_DIR = join(fileURLToPath(new URL("../..", import.meta.url)), "build", "web");

/** What a person did or can mend: said in one sentence, without a stack. */
class CannotStart extends Error {}

const say = (line: string) => process.stderr.write(`didym: ${line}\n`);

function readFlags() {
  try {
    const { values } = parseArgs({
      options: {
        empty: { type: "boolean", default: false },
        port: { type: "string", default: "4680" },
        host: { type: "string", default: "127.0.0.1" },
        data: { type: "string", default: DEFAULT_DATA_DIR },
        help: { type: "boolean", default: false },
      },
    });
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65535)
      throw new CannotStart(`--port takes a number up to 65535, not ${values.port}`);
    return { ...values, port };
  } catch (cause) {
    throw new CannotStart((cause as Error).message.split("\n")[0]);
  }
}

/** A port in use is found before anything is started. */
function checkPort(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "EADDRINUSE"
          ? "is in use; give another with --port"
          : `cannot be used on ${host} (${error.code})`;
      reject(new CannotStart(`port ${port} ${reason}`));
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

async function main(): Promise<void> {
  const flags = readFlags();
  if (flags.help) {
    process.stdout.write(HELP);
    return;
  }
  await checkPort(flags.port, flags.host);
  const database = await openDatabase({ dataDir: flags.data, log: say });
  try {
    if (!flags.empty) await loadSample({ portsAt: (clock) => portsOn(database.pool, clock), log: say });
  } catch (cause) {
    await database.close();
    throw cause;
  }
  const ports = portsOn(database.pool);
  const app = createApi({
    ports,
    useCases,
    ...(existsSync(join(WEB_DIR, "index.html")) ? { webDir: WEB_DIR } : {}),
    onFault: (error) => say(`fault: ${error.stack ?? error.message}`),
  });
  if (!LOOPBACK.has(flags.host)) {
    say(
      `listening on ${flags.host}: there is no sign-in yet, so anyone who reaches this address can read and change the books`,
    );
  }
  const server = serve({ fetch: app.fetch, port: flags.port, hostname: flags.host }, ({ port }) => {
    const host = flags.host.includes(":") ? `[${flags.host}]` : flags.host;
    process.stdout.write(`Didym is at http://${host}:${port}\n`);
  });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    say("stopping: running requests are finished first");
    server.close(() => {
      void database.close().then(() => process.exit(0));
    });
    if ("closeIdleConnections" in server) server.closeIdleConnections();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

try {
  await main();
} catch (cause) {
  const { name, message, stack } = cause as Error;
  const expected =
    cause instanceof CannotStart || ["DataFolderInUse", "NoPostgres", "WrongDatabase"].includes(name);
  say(expected ? message : (stack ?? message));
  process.exit(1);
}
