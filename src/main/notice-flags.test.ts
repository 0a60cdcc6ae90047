import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readFlags } from "./flags.ts";

const folder = mkdtempSync(join(tmpdir(), "didym-mail-"));
test.after(() => rmSync(folder, { recursive: true }));
const URL_OF_MAIL = "smtps://didym:s3cret@mail.example.com:465";
const FROM = ["--mail-from", "didym@example.com"];

test("Z95: the mail server comes from a file or the environment, and what is wrong of it is not repeated", () => {
  assert.equal(readFlags([], {}).notices.mail, undefined);
  const file = join(folder, "smtp.url");
  writeFileSync(file, `${URL_OF_MAIL}\n`);
  const mail = { url: URL_OF_MAIL, from: "didym@example.com" };
  assert.deepEqual(readFlags(FROM, { DIDYM_SMTP_URL_FILE: file }).notices.mail, mail);
  assert.deepEqual(readFlags(FROM, { DIDYM_SMTP_URL: URL_OF_MAIL }).notices.mail, mail);
  for (const [args, environment, why] of [
    [FROM, {}, /needs a mail server/],
    [[], { DIDYM_SMTP_URL: URL_OF_MAIL }, /needs --mail-from/],
    [["--mail-from", "a@b\nbcc: c@d"], { DIDYM_SMTP_URL: URL_OF_MAIL }, /needs --mail-from/],
    [FROM, { DIDYM_SMTP_URL: "https://:s3cret@mail.example.com" }, /does not hold smtps/],
    [FROM, { DIDYM_SMTP_URL_FILE: join(folder, "none") }, /cannot be read/],
    [FROM, { DIDYM_SMTP_URL: URL_OF_MAIL, DIDYM_SMTP_URL_FILE: file }, /not both/],
  ] as const)
    assert.throws(
      () => readFlags([...args], environment),
      ({ message }: Error) => why.test(message) && !/s3cret/.test(message),
    );
});

test("Z97: webhooks reach nothing inside unless the operator says so; links begin with the public address", () => {
  assert.equal(readFlags([], {}).notices.webhooksInside, false);
  assert.equal(readFlags(["--webhooks-inside"], {}).notices.webhooksInside, true);
  assert.equal(
    readFlags(["--public-url", "https://didym.example/"], {}).notices.base,
    "https://didym.example",
  );
  assert.throws(() => readFlags(["--public-url", "didym.example"], {}), /takes https:\/\/HOST/);
});
