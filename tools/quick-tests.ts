// The tests that `npm run check` runs: all of `src` that need no database and no server, but for the slow ones.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Alone on a quiet processor each takes more than two seconds; `npm test` runs them. */
export const SLOW: readonly string[] = [
];

/** What starts a database, a server or a browser, or is a face over one. */
const NEEDS_A_SERVER = /support\/(?:sample-server|database|browser|app-journey)\.ts|outside\/postgres/;
const ROOMS_OF_SERVERS = ["api", "main", "outside", "store"];

export function quickTests(root: string): readonly string[] {
  return globSync("src/**/*.test.ts", { cwd: root })
    .filter((file) => !ROOMS_OF_SERVERS.includes(file.split("/")[1] ?? "") && !SLOW.includes(file))
    .filter((file) => !NEEDS_A_SERVER.test(readFileSync(join(root, file), "utf8")))
    .sort();
}
