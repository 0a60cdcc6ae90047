import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import type { Server } from "node:http";
import { createServer as createTlsServer, Server as TlsServer } from "node:https";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type ServerType, serve } from "@hono/node-server";
import { createApi } from "../api/index.ts";
import type { Runner } from "../app/core/job-queue.ts";
import { wasDone } from "../app/jobs/carry-out.ts";
import { type Working, work } from "../app/jobs/worker.ts";
import { useCases } from "../app/use-cases.ts";
import { loadSample } from "../sample/index.ts";
import { encrypterTo } from "../store/age.ts";
import { isDatabaseAway } from "../store/away.ts";
import { postgresQueue } from "../store/job-queue.ts";
import { calculationsLimit } from "../store/rate-limit.ts";
import { keepBackingUp, readEvery, type Schedule } from "./backup-clock.ts";
import { recipientsIn } from "./backup-verbs.ts";
import { threadRunner } from "./job-threads.ts";
import { lastBackup } from "./kept-backups.ts";
import { type Database, DEFAULT_DATA_DIR, openDatabase, portsOn } from "./ports.ts";
import { readTls, type Tls, type TlsFiles } from "./tls.ts";
import { answerUnreadable } from "./unreadable.ts";

const HELP = `npm start -- [--empty] [--port 4680] [--host 127.0.0.1] [--name HOST…] [--data DIR] [--tls-cert FILE --tls-key FILE]
             [--backup-to FOLDER [--backup-every 1d] [--backup-recipient KEY]]

Starts Didym: database, API and web app on one address. The first start loads a sample programme; --empty starts clean.
It answers to its own address and to the names that --name lists (once for each), and to pages of its own alone.
With a certificate and its key it serves HTTPS, which phones ask for before they lend their camera.
Books that rested for more than a year ask for --clock-checked: a clock that jumped would hold their time for ever.
With --backup-to it keeps backups there, each restored to try it; with a recipient (age1…) encrypted and with the signing keys.
DATABASE_URL uses a PostgreSQL of your own instead of the one in the data folder; DIDYM_APP_URL names the role that serves from it,
which owns nothing and cannot change an entry.
Signing keys are sealed under a key file beside the data folder (DIR.key), made when it is first needed; DIDYM_KEY_FILE puts it
elsewhere, DIDYM_PASSPHRASE takes its place.
`;

const LOOPBACK = new Set(["127.0.0.1", "localhost", "::1"]);
const WEB_DIR = join(fileURLToPath(new URL("../..", import.meta.url)), "build", "web");

/** How long a stop waits for requests that are still running. */
const GRACE_MS = 15_000;

/** What a person did or can mend: said in one sentence, without a stack. */
class CannotStart extends Error {}
const EXPECTED = new Set(["DataFolderInUse", "NoKeyFile", "NoPostgres", "WrongDatabase"]);

const say = (line: string) => process.stderr.write(`didym: ${line}\n`);

interface Flags {
  readonly empty: boolean;
  readonly port: number;
  readonly host: string;
  /** Names under which it is served, beside its address. */
  readonly name: readonly string[];
  readonly data: string;
  readonly tls: Tls | undefined;
  readonly tlsFiles: TlsFiles;
  readonly "clock-checked": boolean;
  readonly backups: Schedule | undefined;
  readonly help: boolean;
}

function readFlags(): Flags {
  const options = {
    empty: { type: "boolean", default: false },
    port: { type: "string", default: "4680" },
    host: { type: "string", default: "127.0.0.1" },
    name: { type: "string", multiple: true, default: [] as string[] },
    data: { type: "string", default: DEFAULT_DATA_DIR },
    "tls-cert": { type: "string" },
    "tls-key": { type: "string" },
    "clock-checked": { type: "boolean", default: false },
    "backup-to": { type: "string" },
    "backup-every": { type: "string", default: "1d" },
    "backup-recipient": { type: "string" },
    help: { type: "boolean", default: false },
  } as const;
  const values = (() => {
    try {
      return parseArgs({ options }).values;
    } catch (cause) {
      throw new CannotStart(`${(cause as Error).message.split(". ")[0]}; --help shows what there is`);
    }
  })();
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65535)
    throw new CannotStart(`--port takes a number up to 65535, not ${values.port}`);
  const odd = values.name.find((name) => !/^[a-z0-9._-]{1,253}$/i.test(name));
  if (odd !== undefined) throw new CannotStart(`--name takes a host without port, not ${odd}`);
  const backups = readSchedule(values);
  const tlsFiles = { cert: values["tls-cert"], key: values["tls-key"] };
  const secure = readTls({ ...tlsFiles, now: new Date() });
  if (!secure.ok) throw new CannotStart(secure.why);
  return { ...values, port: Number(values.port), tls: secure.tls, tlsFiles, backups };
}

/** Read anew each time: the backups are made by another process, or by another server. */
const backupHealth = (folder: string) => () => {
  const { at = null, last_restored_at = null } = lastBackup(folder) ?? {};
  return { last_at: at, last_restored_at };
};

interface BackupFlags {
  readonly data: string;
  readonly "backup-to"?: string;
  readonly "backup-every": string;
  readonly "backup-recipient"?: string;
}

function readSchedule(flags: BackupFlags): Schedule | undefined {
  const { data: dataDir, "backup-to": folder, "backup-every": every, "backup-recipient": recipient } = flags;
  if (folder === undefined) {
    if (recipient === undefined) return undefined;
    throw new CannotStart("--backup-recipient needs --backup-to, the folder that backups are kept in");
  }
  const every_ms = readEvery(every);
  if (every_ms === undefined)
    throw new CannotStart(`--backup-every takes hours or days, 6h or 1d, not ${every}`);
  const encrypts = recipient === undefined || encrypterTo(recipientsIn(recipient)).ok;
  if (!encrypts)
    throw new CannotStart(`--backup-recipient takes a recipient of age (age1…), not ${recipient}`);
  return { folder, every_ms, recipient, dataDir };
}

const portFault = (error: NodeJS.ErrnoException, { port, host }: Flags) =>
  new CannotStart(
    error.code === "EADDRINUSE"
      ? `port ${port} is in use; give another with --port`
      : `port ${port} on ${host} cannot be used (${error.code ?? error.message})`,
  );

/** A port in use is found before anything is started. */
function checkPort(flags: Flags): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => reject(portFault(error, flags)));
    probe.listen(flags.port, flags.host, () => probe.close(() => resolve()));
  });
}

/** The folder's server did not come back: whoever keeps this process running starts it again, with a server. */
const onLost = (why: Error) => {
  say(`the database did not come back: ${why.message}`);
  process.exit(1);
};

const onFault = (error: Error) => say(`fault: ${error.stack ?? error.message}`);

/** Headers come at once; a body has its own time (A25), and this is the end of it. */
const HEADERS_MS = 20_000;
const REQUEST_MS = 360_000;
/** Each may hold a small body; beyond, who comes next is turned away at the door. */
const CONNECTIONS_MAX = 2000;

function listen(
  flags: Flags,
  { database, run, stopping }: { database: Database; run: Runner; stopping: AbortSignal },
): Promise<ServerType> {
  const app = createApi({
    ports: portsOn(database.pool, undefined, database.sealing),
    useCases,
    stopping,
    served: { host: flags.host, names: flags.name },
    secure: flags.tls !== undefined,
    ...(existsSync(join(WEB_DIR, "index.html")) ? { webDir: WEB_DIR } : {}),
    ...{ onFault, isDatabaseAway },
    ...{ offload: run, mustWait: calculationsLimit(database.pool) },
    ...(flags.backups ? { backups: backupHealth(flags.backups.folder) } : {}),
  });
  return new Promise((resolve, reject) => {
    const serverOptions = { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, ...flags.tls };
    const secured = flags.tls ? { createServer: createTlsServer } : {};
    const server = serve(
      { fetch: app.fetch, port: flags.port, hostname: flags.host, serverOptions, ...secured },
      ({ port }) => {
        const host = flags.host.includes(":") ? `[${flags.host}]` : flags.host;
        process.stdout.write(`Didym is at ${flags.tls ? "https" : "http"}://${host}:${port}\n`);
        resolve(server);
      },
    );
    server.once("error", (error: NodeJS.ErrnoException) => reject(portFault(error, flags)));
    (server as Server).maxConnections = CONNECTIONS_MAX;
    answerUnreadable(server as Server);
    if (server instanceof TlsServer) renewTls(server, flags.tlsFiles);
  });
}

/** A certificate that was renewed is taken at SIGHUP, without a restart; one that cannot be used leaves the old one in place. */
function renewTls(server: TlsServer, files: TlsFiles): void {
  process.on("SIGHUP", () => {
    const read = readTls({ ...files, now: new Date() });
    if (read.ok && read.tls) server.setSecureContext(read.tls);
    say(read.ok ? "the certificate was read anew" : `${read.why}; the certificate from before is kept`);
  });
}

/** Takes long work from the queue of this database, beside every other process that serves it. */
function takeJobs({ pool, sealing }: Database, run: Runner): Working {
  const [queue, ports] = [postgresQueue(pool), portsOn(pool, undefined, sealing)];
  return work({
    ...{ queue, onFault, run },
    ...{ name: randomUUID(), wasDone: (claim) => wasDone(ports, claim) },
  });
}

/** Gives back the jobs that run, finishes the requests that do, then closes the database. */
async function stop(
  server: ServerType | undefined,
  working: Working | undefined,
  database: Database,
): Promise<void> {
  say("stopping: running requests are finished first");
  if (server) {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const grace = new Promise<void>((resolve) => setTimeout(resolve, GRACE_MS).unref());
    await Promise.race([closed, grace]);
  }
  await working?.stop();
  await database.close();
}

async function main(): Promise<void> {
  const flags = readFlags();
  if (flags.help) {
    process.stdout.write(HELP);
    return;
  }
  await checkPort(flags);
  // Threads have it from the environment, as commands do.
  if (flags["clock-checked"]) process.env["DIDYM_CLOCK_CHECKED"] = "yes";
  const database = await openDatabase({ dataDir: flags.data, log: say, onLost });
  let server: ServerType | undefined;
  let working: Working | undefined;
  let stopping: Promise<void> | undefined;
  let backingUp: { stop(): void } | undefined;
  const stopped = new AbortController();
  const onSignal = () => {
    stopped.abort();
    backingUp?.stop();
    stopping ??= stop(server, working, database).then(
      () => process.exit(0),
      (cause) => fail(cause),
    );
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  try {
    if (!flags.empty)
      await loadSample({
        portsAt: (clock) => portsOn(database.pool, clock, database.sealing),
        now: new Date(),
        log: say,
      });
    if (!LOOPBACK.has(flags.host)) {
      say(
        `listening on ${flags.host}: there is no sign-in yet, so anyone who reaches this address can read and change the books`,
      );
    }
    const run = threadRunner(database.config, onFault, database.sealing);
    server = await listen(flags, { database, run, stopping: stopped.signal });
    working = takeJobs(database, run);
    if (flags.backups) backingUp = keepBackingUp(flags.backups, say);
  } catch (cause) {
    // Stopped while it was still starting: the work it was at has lost its database, which is no news.
    if (stopping) await stopping;
    await database.close();
    throw cause;
  }
}

function fail(cause: unknown): never {
  const { name, message, stack } = cause as Error;
  say(cause instanceof CannotStart || EXPECTED.has(name) ? message : (stack ?? message));
  process.exit(1);
}

await main().catch(fail);
