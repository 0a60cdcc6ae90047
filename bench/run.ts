// Measures, and writes its section of docs/benchmarks.md. `npm run bench` for all, `npm run bench -- column` for one part.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../src/outside/postgres/index.ts";
import { migrate } from "../src/store/migrate.ts";
import { benchApp } from "./app.ts";
import { machine, today, writeSection } from "./benchmarks-page.ts";
import { benchColumn } from "./column.ts";
import { benchDesign } from "./design.ts";
import { benchIdentify } from "./identify.ts";
import { benchSignIn } from "./sign-in.ts";
import { benchStore } from "./store.ts";
import { benchXrf } from "./xrf.ts";

interface Row {
  readonly what: string;
  readonly figure: string;
}

/** The store is measured as it is shipped: durable, on a server of its own. */
async function storeRows(): Promise<readonly Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "didym-bench-"));
  const server = await startPostgres({ dataDir });
  try {
    await migrate(server.config);
    return (await benchStore(server.config)).rows;
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const PARTS: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  identify: async () => (await benchIdentify()).rows,
  ledger: storeRows,
  column: async () => (await benchColumn()).rows,
  // The number after it is how many other starts are tried.
  design: async () => (await benchDesign(Number(process.argv[3] ?? 20) || 20)).rows,
  xrf: async () => benchXrf(),
  app: async () => benchApp(),
  "sign-in": async () => benchSignIn(),
};

const asked = process.argv.slice(2).filter((part) => !/^\d+$/.test(part));
const unknown = asked.find((part) => !PARTS[part]);
if (unknown !== undefined) {
  console.error(`there is no part ${unknown}; known are ${Object.keys(PARTS).join(", ")}`);
  process.exit(2);
}
for (const [part, measure] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(part)) continue;
  console.error(`measuring ${part}`);
  const rows = await measure();
  for (const { what, figure } of rows) console.log(`${part}: ${what}: ${figure}`);
  const made = `\`npm run bench -- ${part}\`, ${today()}, ${machine()}`;
  const table = rows.map((r) => `| ${r.what} | ${r.figure} |`).join("\n");
  writeSection(part, `${made}\n\n| what | figure |\n|---|---|\n${table}\n`);
}
