// The tests that `npm run check` runs: all of `src` that need no database and no server, but for the slow ones.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Each takes two seconds of a processor or more; `npm test` runs them. */
export const SLOW: readonly string[] = [
  "src/api/api-refusals.test.ts",
  "src/api/api.test.ts",
  "src/api/events.test.ts",
  "src/api/jobs.test.ts",
  "src/app/identify/correct.test.ts",
  "src/app/intake/desk.test.ts",
  "src/app/intake/devices-and-lots.test.ts",
  "src/app/intake/intake.test.ts",
  "src/app/ledger/entry-kinds.test.ts",
  "src/app/ledger/past.test.ts",
  "src/app/refine/plan.test.ts",
  "src/cli/cli.test.ts",
  "src/column/calibrate/calibrate.test.ts",
  "src/column/calibrate/profile.test.ts",
  "src/column/campaign/closed-form.test.ts",
  "src/column/column.test.ts",
  "src/column/design/design.test.ts",
  "src/column/design/search.test.ts",
  "src/column/honesty.test.ts",
  "src/column/kernel/constant-pattern.test.ts",
  "src/column/kernel/extremes.test.ts",
  "src/column/kernel/ladder.test.ts",
  "src/column/kernel/riemann.test.ts",
  "src/column/kernel/sleep.test.ts",
  "src/column/kernel/travelling-wave.test.ts",
  "src/column/kernel/unsettled-start.test.ts",
  "src/column/packing/packing.test.ts",
  "src/column/random-trains.test.ts",
  "src/column/scale-up/scale-up.test.ts",
  "src/identify/examples.test.ts",
  "src/identify/line/identify-line.test.ts",
  "src/identify/lot/lot-coverage.test.ts",
  "src/identify/lot/lot-totals.test.ts",
  "src/identify/lot/tear-downs.test.ts",
  "src/identify/reading/device-names.test.ts",
  "src/identify/xrf/few-counts.test.ts",
  "src/identify/xrf/xrf.test.ts",
  "src/intake/manifest.test.ts",
  "src/settle/statement.test.ts",
  "src/web/act/act.test.ts",
  "src/web/identify/reading.test.ts",
];

/** What starts a database, a server or a browser. */
const NEEDS_A_SERVER = /support\/(?:sample-server|database|browser|app-journey)\.ts|outside\/postgres/;
const ROOMS_OF_SERVERS = ["main", "outside", "store"];

export function quickTests(root: string): readonly string[] {
  return globSync("src/**/*.test.ts", { cwd: root })
    .filter((file) => !ROOMS_OF_SERVERS.includes(file.split("/")[1] ?? "") && !SLOW.includes(file))
    .filter((file) => !NEEDS_A_SERVER.test(readFileSync(join(root, file), "utf8")))
    .sort();
}
