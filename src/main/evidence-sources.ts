import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type pg from "pg";
import type { EvidenceSources, Told } from "../app/core/evidence-sources.ts";
import type { NotedHead } from "../store/noted-heads.ts";
import { fipsStanding } from "./fips.ts";
import { backupsKept, lastBackup } from "./kept-backups.ts";
import { CHECKOUT, type LicencesTold, type LongPart, type LongParts, longParts } from "./long-parts.ts";
import { VERSION } from "./version.ts";

export interface Installation {
  readonly pool: pg.Pool;
  /** Of a server: what takes long is made in threads, on connections of their own. */
  readonly beside?: pg.PoolConfig;
  readonly heads?: readonly NotedHead[];
  /** The folder that this process keeps backups in, or was told of. */
  readonly backups?: string | undefined;
  /** How it runs: no secret is part of it. */
  readonly configuration: object;
}

/** What an installation tells of itself for a pack of evidence. */
export function evidenceOf({ pool, beside, heads, backups, configuration }: Installation): EvidenceSources {
  const long = beside ? madeBeside(beside) : longParts(pool, heads);
  // Several who ask at once are told of one audit; packages stay as they are while this process runs.
  const [audit, sbom, licences] = [shared(long.audit), once(long.sbom), once(long.licences)];
  return {
    audit: async () => content(await audit()),
    backups: async () => backupsIn(backups),
    sbom: async () => content(await sbom()),
    licences: async () => content(await licences()),
    configuration: async () => content({ ...configuration, settings: settingsIn(process.env) }),
    changes: async () => content(await changes(pool)),
    vendors: async () => content(await vendors(pool, await licences())),
  };
}

/** Asked while it is being made, it is made once. */
function shared<T>(make: () => Promise<T>): () => Promise<T> {
  let making: Promise<T> | undefined;
  return () => {
    making ??= make().finally(() => {
      making = undefined;
    });
    return making;
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((cause: unknown) => {
      made = undefined;
      throw cause;
    });
    return made;
  };
}

function madeBeside(config: pg.PoolConfig): LongParts {
  const make = <T>(part: LongPart) =>
    new Promise<T>((resolve, reject) => {
      const thread = new Worker(new URL("./evidence-thread.ts", import.meta.url), {
        workerData: { part, config },
      });
      thread.once("message", resolve);
      thread.once("error", reject);
      thread.once("exit", (code) => reject(new Error(`the thread for ${part} ended with ${code}`)));
    });
  return { audit: () => make("audit"), sbom: () => make("sbom"), licences: () => make("licences") };
}

const content = (of: object): Told => ({ content: of });

function backupsIn(folder: string | undefined): Told {
  if (folder === undefined)
    return {
      absent: "no backups are kept by this process: name their folder, or ask the server that keeps them",
    };
  return content({ kept: backupsKept(folder), last: lastBackup(folder) ?? null });
}

/** Which settings of the environment are there; of what is secret not what it is. */
const SETTINGS = ["DIDYM_CLOCK_CHECKED", "DIDYM_FIPS"];
const SECRET_SETTINGS = [
  "DATABASE_URL",
  "DIDYM_APP_URL",
  "DIDYM_KEY_FILE",
  "DIDYM_METRICS_TOKEN",
  "DIDYM_METRICS_TOKEN_FILE",
  "DIDYM_PASSPHRASE",
];

const settingsIn = (environment: NodeJS.ProcessEnv): object =>
  Object.fromEntries([
    ...SETTINGS.map((name) => [name, environment[name] ?? null]),
    ...SECRET_SETTINGS.map((name) => [name, environment[name] ? "is set" : null]),
  ]);

async function changes(pool: Pick<pg.Pool, "query">): Promise<object> {
  const { rows } = await pool.query<{ name: string; timestamp: string }>(
    "select name, timestamp from didym.migration order by name",
  );
  const migrations = rows.map(({ name, timestamp }) => ({ name, at: timestamp }));
  return { version: VERSION, migrations, changelog: readFileSync(join(CHECKOUT, "CHANGELOG.md"), "utf8") };
}

async function vendors(pool: Pick<pg.Pool, "query">, { packages }: LicencesTold): Promise<object> {
  const { rows } = await pool.query<{ version: string }>("select version() as version");
  return {
    runs: {
      node: process.version,
      openssl: process.versions.openssl,
      fips: fipsStanding(),
      database: rows[0]?.version ?? null,
      platform: `${process.platform} ${process.arch}`,
    },
    packages: packages.map(({ name, version }) => `${name}@${version}`),
  };
}
