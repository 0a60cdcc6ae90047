import assert from "node:assert/strict";
import { test } from "node:test";
import { plainEnvironment } from "./cluster.ts";

test("T62: PostgreSQL is given no passphrase, token or address of Didym's, nor settings meant for another", () => {
  const names = ["DIDYM_PASSPHRASE", "DIDYM_METRICS_TOKEN", "DIDYM_APP_URL", "DATABASE_URL", "PGPASSWORD"];
  const before = { ...process.env };
  for (const name of names) process.env[name] = "hunter2";
  try {
    const given = plainEnvironment();
    assert.equal(given["PATH"], process.env["PATH"]);
    assert.doesNotMatch(JSON.stringify(given), /hunter2/);
  } finally {
    for (const name of names)
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
  }
});
