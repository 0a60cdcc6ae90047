import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer, Server as TlsServer } from "node:https";
import { type AddressInfo, createServer as createProbe } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { getRequestListener } from "@hono/node-server";
import type { Ended } from "../api/ended.ts";
import { createApi } from "../api/index.ts";
import type { Runner } from "../app/core/job-queue.ts";
import { wasDone } from "../app/jobs/carry-out.ts";
import { type Working, work } from "../app/jobs/worker.ts";
import { useCases } from "../app/use-cases.ts";
import { FIPS_SETTING } from "../outside/validated-hash.ts";
import { loadSample } from "../sample/index.ts";
import { isDatabaseAway } from "../store/away.ts";
import { postgresQueue } from "../store/job-queue.ts";
import { calculationsLimit, signInLimit } from "../store/rate-limit.ts";
import { readCounter } from "../store/reads.ts";
import { refusalCounter } from "../store/refusals.ts";
import { keepBackingUp } from "./backup-clock.ts";
import { configurationOf } from "./configuration.ts";
import { type Counters, countEnded } from "./counted.ts";
import { evidenceOf } from "./evidence-sources.ts";
import { requireFips } from "./fips.ts";
import { CannotStart, type Flags, HELP, readFlags } from "./flags.ts";
import { threadRunner } from "./job-threads.ts";
import { lastBackup } from "./kept-backups.ts";
import { catchStray, type Level, logTo } from "./log.ts";
import { type Meter, meterOf } from "./metrics.ts";
import { type Database, openDatabase, portsOn } from "./ports.ts";
import { tellNotices } from "./server-notices.ts";
import { tellFirst } from "./tell-first.ts";
import { readTls, type TlsFiles } from "./tls.ts";
import { answerOutside, answerUnreadable } from "./unreadable.ts";
import { VERSION } from "./version.ts";

const WEB_DIR = join(fileURLToPath(new URL("../..", import.meta.url)), "build", "web");

/** How long a stop waits for requests that are still running. */
const GRACE_MS = 15_000;

const EXPECTED = new Set(["DataFolderInUse", "NoKeyFile", "NoPostgres", "NotValidated", "WrongDatabase"]);

const write = (text: string) => void process.stderr.write(text);
/** In words until the flags are read. */
let log = logTo(write, "text");
const say = (line: string, level?: Level) => log.say(line, level);

/** Read anew each time: the backups are made by another process, or by another server. */
function backupFigures(folder: string) {
  const { at = null, last_restored_at = null, restore } = lastBackup(folder) ?? {};
  return { last_at: at, last_restored_at, restore_ok: restore?.ok === true };
}
const backupHealth = (folder: string) => () => {
  const { last_at, last_restored_at } = backupFigures(folder);
  return { last_at, last_restored_at };
};

const portFault = (error: NodeJS.ErrnoException, { port, host }: Flags) =>
  new CannotStart(
    error.code === "EADDRINUSE"
      ? `port ${port} is in use; give another with --port`
      : `port ${port} on ${host} cannot be used (${error.code ?? error.message})`,
  );

/** A port in use is found before anything is started. */
function checkPort(flags: Flags): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createProbe();
    probe.once("error", (error) => reject(portFault(error, flags)));
    probe.listen(flags.port, flags.host, () => probe.close(() => resolve()));
  });
}

/** The folder's server did not come back: whoever keeps this process running starts it again, with a server. */
const onLost = (why: Error) => {
  say(`the database did not come back: ${why.message}`, "error");
  process.exit(1);
};

/** Figures of a server that was given their token. */
async function measure({ metricsToken: token, backups }: Flags, { pool, sealing }: Database) {
  if (token === undefined) return undefined;
  const { store, jobs } = portsOn(pool, undefined, sealing);
  return meterOf({
    ...{ token, version: VERSION },
    async books() {
      const [head, live] = await Promise.all([store.head(), jobs?.recent(0) ?? []]);
      const count = (state: string) => live.filter((job) => job.state === state).length;
      const jobsNow = { queued: count("queued"), running: count("running") };
      return { head_seq: head?.seq ?? 0, head_time: head?.time, jobs: jobsNow };
    },
    connections: () => ({
      ...{ busy: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount },
    }),
    backups: backups && (() => backupFigures(backups.folder)),
  });
}

/** Headers come at once; a body has its own time (A25), and this is the end of it. */
const HEADERS_MS = 20_000;
const REQUEST_MS = 360_000;
/** Each may hold a small body; beyond, who comes next is turned away at the door. */
const CONNECTIONS_MAX = 2000;

/** The first page comes before the first long work. */
const WARM_AFTER_MS = 2000;

interface Serving {
  readonly database: Database;
  readonly counters: Counters;
  readonly samplePeople: boolean;
  readonly run: Runner;
  readonly meter: Meter | undefined;
  readonly onFault: OnFault;
  readonly stopping: AbortSignal;
}

type OnFault = (error: Error, of?: string) => void;

function listen(
  flags: Flags,
  { database, counters, samplePeople, run, meter, onFault, stopping }: Serving,
): Promise<Server> {
  const onEnded = (ended: Ended) => {
    log.ended(ended);
    meter?.ended(ended);
    countEnded(counters, ended);
  };
  const { pool, config, sealing } = database;
  const backups = flags.backups?.folder;
  const evidence = evidenceOf({ pool, beside: config, backups, configuration: configurationOf(flags) });
  const app = createApi({
    ports: { ...portsOn(pool, undefined, sealing, database.readers), evidence },
    useCases,
    stopping,
    served: { host: flags.host, names: flags.name },
    secure: flags.tls !== undefined,
    samplePeople,
    signIn: flags["sign-in"],
    ...(existsSync(join(WEB_DIR, "index.html")) ? { webDir: WEB_DIR } : {}),
    ...{ onFault, onEnded, isDatabaseAway, metrics: meter },
    ...{ offload: run, mustWait: calculationsLimit(pool) },
    signInTries: signInLimit(pool),
    ...(flags.backups ? { backups: backupHealth(flags.backups.folder) } : {}),
  });
  const listener = getRequestListener(app.fetch, {
    hostname: flags.host,
    errorHandler: answerOutside({ onEnded, onFault }),
  });
  const serverOptions = { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS };
  const server = flags.tls
    ? createTlsServer({ ...serverOptions, ...flags.tls }, listener)
    : createServer(serverOptions, listener);
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(portFault(error, flags)));
    server.maxConnections = CONNECTIONS_MAX;
    answerUnreadable(server, { onEnded });
    if (server instanceof TlsServer) renewTls(server, flags.tlsFiles);
    server.listen(flags.port, flags.host, () => {
      process.stdout.write(`Didym is at ${addressOf(flags, server)}\n`);
      resolve(server);
    });
  });
}

function addressOf(flags: Flags, server: Server): string {
  const host = flags.host.includes(":") ? `[${flags.host}]` : flags.host;
  const { port } = server.address() as AddressInfo;
  return `${flags.tls ? "https" : "http"}://${host}:${port}`;
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
function takeJobs({ pool, sealing }: Database, run: Runner, onFault: OnFault): Working {
  const [queue, ports] = [postgresQueue(pool), portsOn(pool, undefined, sealing)];
  return work({
    ...{ queue, onFault, run },
    ...{ name: randomUUID(), wasDone: (claim) => wasDone(ports, claim) },
  });
}

const countersOn = ({ pool }: Database): Counters => ({
  refusals: refusalCounter(pool),
  reads: readCounter(pool, {
    onLost: () => say("reads that were counted are not written yet: the database refuses them", "warn"),
  }),
});

/** What runs, as far as it was started. */
interface Running {
  server?: Server;
  working?: readonly Pick<Working, "stop">[];
  counters?: Counters;
}

/** Gives back the jobs that run, finishes the requests that do, then closes the database. */
async function stop({ server, working, counters }: Running, database: Database): Promise<void> {
  say("stopping: running requests are finished first");
  if (server) {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const grace = new Promise<void>((resolve) => setTimeout(resolve, GRACE_MS).unref());
    await Promise.race([closed, grace]);
  }
  await Promise.all([...(working ?? []), ...Object.values(counters ?? {})].map((work) => work.stop()));
  await database.close();
}

async function main(): Promise<void> {
  const flags = readFlags();
  if (flags.help) {
    process.stdout.write(HELP);
    return;
  }
  log = logTo(write, flags.log);
  catchStray(log);
  if (flags.fips) {
    requireFips();
    process.env[FIPS_SETTING] = "yes";
  }
  await checkPort(flags);
  // Threads have it from the environment, as commands do.
  if (flags["clock-checked"]) process.env["DIDYM_CLOCK_CHECKED"] = "yes";
  const database = await openDatabase({ dataDir: flags.data, log: say, onLost });
  const running: Running = {};
  let stopping: Promise<void> | undefined;
  let backingUp: { stop(): void } | undefined;
  const stopped = new AbortController();
  const onSignal = () => {
    stopped.abort();
    backingUp?.stop();
    stopping ??= stop(running, database).then(
      () => process.exit(0),
      (cause) => fail(cause),
    );
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  try {
    const books = flags.empty
      ? "books are in use"
      : await loadSample({
          portsAt: (clock) => portsOn(database.pool, clock, database.sealing),
          now: new Date(),
          log: say,
          people: flags.samplePeople,
        });
    const samplePeople = flags.samplePeople && books !== "books are in use";
    if (flags["sample-people"] && !samplePeople)
      throw new CannotStart("--sample-people: these books are somebody's own, not the sample's");
    if (flags["sign-in"] === "offered")
      say(
        `--sign-in offered: anyone who reaches ${flags.host} reads and changes the books, as nobody in particular`,
      );
    const meter = await measure(flags, database);
    const onFault: OnFault = (error, of) => {
      log.fault(error, of);
      meter?.faulted();
    };
    const run = threadRunner(database.config, onFault, database.sealing);
    const counters = countersOn(database);
    running.counters = counters;
    const serving = { database, counters, samplePeople, run, meter, onFault, stopping: stopped.signal };
    running.server = await listen(flags, serving);
    if (!samplePeople) await tellFirst(flags, running.server, database);
    running.working = [
      takeJobs(database, run, onFault),
      tellNotices(flags, database, { address: addressOf(flags, running.server), onFault }),
    ];
    setTimeout(run.warm, WARM_AFTER_MS).unref();
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
  const why = cause instanceof CannotStart || EXPECTED.has(name) ? message : (stack ?? message);
  say(why, "error");
  process.exit(1);
}

await main().catch(fail);
