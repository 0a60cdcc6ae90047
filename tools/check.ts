// The quick judge: types, lint, tidy, quick tests. Under a minute on two processors. `npm run check`
import { spawnSync } from "node:child_process";
import { quickTests } from "./quick-tests.ts";

interface Part {
  readonly name: string;
  readonly args: readonly string[];
}

const tsc = "node_modules/typescript/bin/tsc";

const PARTS: readonly Part[] = [
  { name: "types", args: [tsc, "-p", "tsconfig.json"] },
  { name: "types of the pure floors", args: [tsc, "-p", "tsconfig.pure.json"] },
  { name: "types of the web app", args: [tsc, "-p", "src/web/tsconfig.json"] },
  { name: "lint and format", args: ["node_modules/@biomejs/biome/bin/biome", "check", "."] },
  {
    name: "tidy and quick tests",
    args: ["--test", "--test-concurrency=2", "test/tidy.test.ts", ...quickTests(".")],
  },
];

let failed = 0;
for (const { name, args } of PARTS) {
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    env: process.env,
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? "ok    " : "FAILED"} ${name}, ${seconds} s`);
  if (status === 0) continue;
  failed++;
  console.log(`${stdout}${stderr}`.split("\n").slice(-60).join("\n"));
}
process.exitCode = failed === 0 ? 0 : 1;
