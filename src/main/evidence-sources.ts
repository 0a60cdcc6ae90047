import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type pg from "pg";
import { applyEntry } from "../app/apply.ts";
import type { EvidenceSources, Told } from "../app/core/evidence-sources.ts";
import { auditBooks } from "../store/audit.ts";
import type { NotedHead } from "../store/noted-heads.ts";
import { backupsKept, lastBackup } from "./kept-backups.ts";
import { VERSION } from "./version.ts";

const CHECKOUT = fileURLToPath(new URL("../..", import.meta.url));

export interface Installation {
  readonly pool: Pick<pg.Pool, "query"> & pg.Pool;
  /** Of a server: its audits are made in a thread, on connections of their own. */
  readonly beside?: pg.PoolConfig;
  readonly heads?: readonly NotedHead[];
  /** The folder that this process keeps backups in, or was told of. */
  readonly backups?: string | undefined;
  /** How it runs: no secret is part of it. */
  readonly configuration: object;
}

/** What an installation tells of itself for a pack of evidence. */
export function evidenceOf({ pool, beside, heads = [], backups, configuration }: Installation): EvidenceSources {
  let auditing: Promise<object> | undefined;
  /** Several who ask at once are told of one. */
  const audit = () => {
    auditing ??= (beside ? auditBeside(beside) : auditBooks({ pool, apply: applyEntry, heads })).finally(() => {
      auditing = undefined;
    });
    return auditing;
  };
  return {
    audit: async () => content(await audit()),
    backups: async () => backupsIn(backups),
    sbom: async () => content((await import("../outside/sbom.ts")).sbomIn(CHECKOUT, VERSION)),
    licences: async () => content(await licences()),
    configuration: async () => content({ ...configuration, settings: settingsIn(process.env) }),
    changes: async () => content(await changes(pool)),
    vendors: async () => content(await vendors(pool)),
  };
}

const content = (of: object): Told => ({ content: of });

function auditBeside(config: pg.PoolConfig): Promise<object> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL("./audit-thread.ts", import.meta.url), { workerData: { config } });
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", (code) => reject(new Error(`the audit ended with ${code}`)));
  });
}

function backupsIn(folder: string | undefined): Told {
  if (folder === undefined)
    return { absent: "no backups are kept by this process: name their folder, or ask the server that keeps them" };
  return content({ kept: backupsKept(folder), last: lastBackup(folder) ?? null });
}

/** Without the texts, which `trust licences` shows. */
async function licences(): Promise<object> {
  const { licencesIn } = await import("../outside/licences.ts");
  const { clean, findings, packages } = licencesIn(CHECKOUT);
  return { clean, findings, packages: packages.map(({ texts, ...rest }) => ({ ...rest, texts: texts.length })) };
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

async function vendors(pool: Pick<pg.Pool, "query">): Promise<object> {
  const { rows } = await pool.query<{ version: string }>("select version() as version");
  const { fipsStanding } = await import("./fips.ts");
  const { packages } = (await licences()) as { packages: { name: string; version: string | null }[] };
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
