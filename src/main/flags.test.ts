import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readFlags } from "./flags.ts";

const folder = mkdtempSync(join(tmpdir(), "didym-flags-"));
test.after(() => rmSync(folder, { recursive: true }));
const TOKEN = "0123456789abcdef0123456789abcdef";
const SECRET = "AGE-SECRET-KEY-1QQPQ8ZL6DJKVNGSKE5TJ5FUK5J4Q9ZKL3P0GJXTWHM0K5K8F5QZSQ9YJ0W";

test("A42: the token of the metrics comes from a file or the environment, and a wrong one is not repeated", () => {
  const file = join(folder, "metrics.token");
  writeFileSync(file, `${TOKEN}\n`);
  assert.equal(readFlags([], {}).metricsToken, undefined);
  assert.equal(readFlags([], { DIDYM_METRICS_TOKEN_FILE: file }).metricsToken, TOKEN);
  assert.equal(readFlags([], { DIDYM_METRICS_TOKEN: TOKEN }).metricsToken, TOKEN);
  const short = join(folder, "short.token");
  writeFileSync(short, "s3cret\n");
  for (const [environment, why] of [
    [{ DIDYM_METRICS_TOKEN_FILE: join(folder, "none") }, /cannot be read/],
    [{ DIDYM_METRICS_TOKEN_FILE: short }, /is not 20 to 200/],
    [{ DIDYM_METRICS_TOKEN: "s3cret of mine, with spaces" }, /is not 20 to 200/],
    [{ DIDYM_METRICS_TOKEN: TOKEN, DIDYM_METRICS_TOKEN_FILE: file }, /not both/],
  ] as const)
    assert.throws(
      () => readFlags([], environment),
      ({ message }: Error) => why.test(message) && !/s3cret/.test(message),
    );
});

test("Z9: sample people are offered on this machine alone, and who insists is told why they are not", () => {
  assert.equal(readFlags([], {}).samplePeople, true);
  assert.equal(readFlags(["--sample-people", "--host", "::1"], {}).samplePeople, true);
  assert.equal(readFlags(["--no-sample-people"], {}).samplePeople, false);
  for (const [args, environment, why] of [
    [["--empty"], {}, /--empty books have none/],
    [["--host", "0.0.0.0"], {}, /on loopback alone/],
    [["--name", "didym.example"], {}, /on loopback alone/],
    [[], { DATABASE_URL: "postgres://localhost/own" }, /nobody's to try/],
    [["--no-sample-people"], {}, /takes them away/],
  ] as const) {
    assert.equal(readFlags([...args], environment).samplePeople, false);
    assert.throws(() => readFlags([...args, "--sample-people"], environment), why);
  }
});

test("Z10: sign-in is required, and offered only where it is asked for on this machine alone", () => {
  assert.equal(readFlags([], {})["sign-in"], "required");
  assert.equal(readFlags(["--sign-in", "offered"], {})["sign-in"], "offered");
  assert.throws(() => readFlags(["--sign-in", "no"], {}), /--sign-in takes required, offered, not no/);
  for (const more of [
    ["--host", "0.0.0.0"],
    ["--name", "books.example"],
  ])
    assert.throws(() => readFlags(["--sign-in", "offered", ...more], {}), /on this machine alone/);
});

test("T60: the log has three forms, and the secret half of a recipient that was given by mistake is in none", () => {
  assert.equal(readFlags([], {}).log, "text");
  assert.equal(readFlags(["--log", "json"], {}).log, "json");
  assert.throws(() => readFlags(["--log", "loud"], {}), /--log takes text, json, off, not loud/);
  assert.throws(
    () => readFlags(["--backup-to", folder, "--backup-recipient", SECRET], {}),
    ({ message }: Error) => /takes recipients of age/.test(message) && !message.includes("SECRET"),
  );
});
