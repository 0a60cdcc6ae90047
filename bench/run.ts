// Measures, and writes docs/benchmarks.md. `npm run bench` for all, `npm run bench -- column` for one part.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../src/outside/postgres/index.ts";
import { migrate } from "../src/store/migrate.ts";
import { benchCampaign } from "./campaign.ts";
import { benchIdentify } from "./identify.ts";
import { benchStore } from "./store.ts";

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
  column: async () => (await benchCampaign()).rows,
};

const asked = process.argv.slice(2);
const unknown = asked.find((part) => !PARTS[part]);
if (unknown !== undefined) {
  console.error(`there is no part ${unknown}; known are ${Object.keys(PARTS).join(", ")}`);
  process.exit(2);
}
const sections: string[] = [];
for (const [part, measure] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(part)) continue;
  console.error(`measuring ${part}`);
  const rows = await measure();
  sections.push(
    `## ${part}\n\n| what | figure |\n|---|---|\n${rows.map((r) => `| ${r.what} | ${r.figure} |`).join("\n")}\n`,
  );
  for (const { what, figure } of rows) console.log(`${part}: ${what}: ${figure}`);
}
if (asked.length === 0) {
  const machine = `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
  const head = `# Benchmarks\n\nMade by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}; machine: ${machine}.\nSingle runs on a shared machine: read them as ± 50 %, and trust ratios within one part.\n`;
  writeFileSync("docs/benchmarks.md", `${head}\n${sections.join("\n")}`);
}
