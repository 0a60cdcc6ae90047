import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { useCases } from "../../src/app/use-cases.ts";

const run = promisify(execFile);

test("the loop in the shell: from a manifest to a verified passport and a clean audit", {
  timeout: 300_000,
}, async () => {
  // The key file stands beside the data folder, and goes with both.
  const folder = mkdtempSync(join(tmpdir(), "didym-walk-"));
  const env = { ...process.env };
  for (const variable of ["DATABASE_URL", "DIDYM_APP_URL", "DIDYM_KEY_FILE", "DIDYM_PASSPHRASE"])
    delete env[variable];
  try {
    const { stdout, stderr } = await run("bash", ["examples/walk-the-loop.sh", join(folder, "data")], {
      env,
      maxBuffer: 64 * 1024 * 1024,
    });
    assert.match(stdout, /"accepted": true/);
    assert.match(stderr, /data_not_destroyed/, "law 7 was tried on the way");
    assert.match(stderr, /"clean": true/, "the audit is clean");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("every use case's example is one its own schema takes", () => {
  for (const useCase of useCases) {
    const read = useCase.input.safeParse(useCase.example);
    assert.ok(
      read.success,
      `${useCase.room} ${useCase.verb}: ${read.success ? "" : read.error.issues[0]?.message}`,
    );
  }
});

test("rooms and verbs are named once, in words that fit a path and a shell", () => {
  const names = useCases.map((u) => `${u.room} ${u.verb}`);
  assert.equal(new Set(names).size, names.length);
  for (const name of names) assert.match(name, /^[a-z]+ [a-z][a-z-]*$/);
});
