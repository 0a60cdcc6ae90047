import type { OpenMetricsContentType, Registry as RegistryOf } from "prom-client";
import type { Ended } from "../api/ended.ts";
import type { Metrics, Standing } from "../api/metrics.ts";
import { withPatience } from "../api/patience.ts";

/** What the books say of themselves. */
export interface BooksFigures {
  readonly head_seq: number;
  /** When the last entry was written. */
  readonly head_time: string | undefined;
  readonly jobs: Readonly<Record<"queued" | "running", number>>;
}

export interface BackupFigures {
  readonly last_at: string | null;
  readonly last_restored_at: string | null;
  /** Whether the last one could be restored. */
  readonly restore_ok: boolean;
}

export interface Measured {
  readonly token: string;
  readonly version: string;
  /** Asked at each scrape; fails while the database is away. */
  readonly books: () => Promise<BooksFigures>;
  readonly connections: () => Readonly<Record<"busy" | "idle" | "waiting", number>>;
  /** Of a server that keeps backups. */
  readonly backups?: (() => BackupFigures) | undefined;
}

export interface Meter extends Metrics {
  ended(request: Ended): void;
  faulted(): void;
}

/** Loaded where a token is given: nobody else waits for the library. */
export async function meterOf(given: Measured): Promise<Meter> {
  const prom = await import("prom-client");
  const registry = new prom.Registry<OpenMetricsContentType>();
  registry.setContentType(prom.Registry.OPENMETRICS_CONTENT_TYPE);
  prom.collectDefaultMetrics({ register: registry });
  const of = familiesIn(prom, registry);
  of.version.set({ version: given.version }, 1);
  const showBackups = given.backups && backupsIn(prom, registry, given.backups);

  let away = false;
  const answers = (does: boolean) => {
    if (!does && !away) of.outages.inc();
    away = !does;
    of.up.set(does ? 1 : 0);
  };
  return {
    ...{ token: given.token, contentType: registry.contentType },
    ended({ route, status, ms, code }) {
      of.requests.observe({ route, status: `${Math.floor(status / 100)}xx` }, ms / 1000);
      if (code !== undefined) of.refusals.inc({ code });
      if (code === "database_away") answers(false);
    },
    faulted: () => of.faults.inc(),
    async text(now) {
      showStanding(of, now);
      for (const [state, count] of Object.entries(given.connections())) of.connections.set({ state }, count);
      showBackups?.();
      const books = (await withPatience(given.books()))?.came;
      answers(books !== undefined);
      showBooks(of, books);
      return registry.metrics();
    },
  };
}

type Prom = typeof import("prom-client");
type Registry = RegistryOf<OpenMetricsContentType>;
type Families = ReturnType<typeof familiesIn>;

/** Whole numbers are left out: prom-client writes them as no reader of OpenMetrics expects the bound of a bucket. */
const BUCKETS_S = [0.005, 0.025, 0.1, 0.5, 2.5, 12.5, 62.5];

function familiesIn({ Counter, Gauge, Histogram }: Prom, registry: Registry) {
  const registers = [registry];
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers });
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers });
  return {
    version: gauge("didym_version", "1, with the version that runs", "version"),
    requests: new Histogram({
      ...{
        name: "didym_request_seconds",
        help: "seconds until an answer began, by route and class of status",
      },
      ...{ labelNames: ["route", "status"], buckets: BUCKETS_S, registers },
    }),
    refusals: counter("didym_refusals", "requests that were refused, by code", "code"),
    faults: counter("didym_faults", "faults, of requests and of jobs"),
    outages: counter("didym_database_outages", "times the database was found away after it had answered"),
    up: gauge("didym_database_up", "whether the database answers"),
    connections: gauge("didym_database_connections", "connections, and who waits for one", "state"),
    head: gauge(
      "didym_head_seq",
      "the number of the last entry: the log has no gaps, and so as many entries",
    ),
    headTime: gauge("didym_head_timestamp_seconds", "when the last entry was written"),
    jobs: gauge("didym_jobs", "jobs that wait or run, of all servers of the database", "state"),
    lanesWaiting: gauge("didym_lanes_waiting", "long requests that wait for a lane", "kind"),
    lanesRunning: gauge("didym_lanes_running", "long requests that have a lane", "kind"),
    bodyBytes: gauge(
      "didym_bodies_in_flight_bytes",
      "memory lent to bodies that are read or worked on",
      "share",
    ),
    bodiesWaiting: gauge("didym_bodies_waiting", "bodies that wait, unread, for memory", "share"),
  };
}

function showStanding(of: Families, { lanes, bodies }: Standing): void {
  for (const kind of ["command", "calculation"] as const) {
    of.lanesWaiting.set({ kind }, lanes[kind].waiting);
    of.lanesRunning.set({ kind }, lanes[kind].running);
  }
  for (const share of ["command", "other"] as const) {
    of.bodyBytes.set({ share }, bodies[share].bytes);
    of.bodiesWaiting.set({ share }, bodies[share].waiting);
  }
}

/** What is not known now is left out, and does not stand there as it was. */
function showBooks(of: Families, books: BooksFigures | undefined): void {
  of.head.remove();
  of.headTime.remove();
  of.jobs.reset();
  if (!books) return;
  of.head.set(books.head_seq);
  if (books.head_time !== undefined) of.headTime.set(Date.parse(books.head_time) / 1000);
  for (const [state, count] of Object.entries(books.jobs)) of.jobs.set({ state }, count);
}

function backupsIn({ Gauge }: Prom, registry: Registry, ask: () => BackupFigures): () => void {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  const age = gauge("didym_backup_age_seconds", "seconds since a backup was made; +Inf before the first");
  const restored = gauge(
    "didym_backup_restored_age_seconds",
    "seconds since a backup was restored to try it, and was clean; +Inf before the first",
  );
  const ok = gauge("didym_backup_restore_ok", "whether the last backup could be restored");
  const since = (at: string | null) =>
    at === null ? Number.POSITIVE_INFINITY : (Date.now() - Date.parse(at)) / 1000;
  return () => {
    const { last_at, last_restored_at, restore_ok } = ask();
    age.set(since(last_at));
    restored.set(since(last_restored_at));
    ok.set(restore_ok ? 1 : 0);
  };
}
