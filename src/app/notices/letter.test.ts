import assert from "node:assert/strict";
import { test } from "node:test";
import type { Notice } from "../core/notices.ts";
import { backupFailure } from "./backups.ts";
import { letterOf, messageOf } from "./letter.ts";
import { againAt, isGivenUp } from "./retry.ts";
import { readWebhookUrl } from "./webhook-url.ts";

const NOW = "2026-11-30T08:00:00.000Z";
const after = (ms: number) => new Date(Date.parse(NOW) + ms).toISOString();
const HOUR_MS = 3_600_000;

const notice: Notice = {
  ...{ nth: 3, source: "entry 9", seq: 9, kind: "order_placed", party: "sample-refiner" },
  about: { collection: "order", id: "O-26-1" },
  ...{ roles: ["commercial manager"], link: "/orders/O-26-1" },
  ...{ due: "2026-12-24T00:00:00.000Z", at: NOW },
};

test("Z95: a letter says the kind, the day and a link, and neither whom nor how much", () => {
  const { subject, text } = letterOf([notice], "https://didym.example");
  assert.equal(subject, "Didym: An order was placed with you");
  assert.match(
    text,
    /^An order was placed with you, by 2026-12-24\n {2}https:\/\/didym\.example\/orders\/O-26-1\n/,
  );
  assert.doesNotMatch(text.replace("/orders/O-26-1", ""), /O-26-1|sample-refiner|\bkg\b|USD/);
  const two = letterOf(
    [notice, { ...notice, kind: "terms_proposed", link: "/settle" }],
    "https://didym.example",
  );
  assert.equal(two.subject, "Didym: 2 notices");
  assert.match(two.text, /Terms wait for your word/);
});

test("Z92: what a webhook is sent is what is told, and no more", () => {
  assert.deepEqual(JSON.parse(messageOf(notice, "https://didym.example")), {
    ...{ type: "order_placed", timestamp: NOW },
    data: {
      ...{ notice: 3, says: "An order was placed with you", party: "sample-refiner" },
      ...{ roles: ["commercial manager"], about: { collection: "order", id: "O-26-1" } },
      ...{ link: "https://didym.example/orders/O-26-1", due: "2026-12-24T00:00:00.000Z", seq: 9 },
    },
  });
});

test("Z99: what fails is tried again ever later, for a day", () => {
  let at = NOW;
  let tries = 0;
  for (
    let next: string | undefined = at;
    next !== undefined;
    next = againAt({ attempt: tries, made_at: NOW }, at)
  ) {
    assert.ok(tries === 0 || next > at);
    at = next;
    tries += 1;
  }
  const hours = (Date.parse(at) - Date.parse(NOW)) / HOUR_MS;
  assert.ok(hours > 23 && hours < 25, `${hours}`);
  assert.equal(tries, 9);
  assert.equal(againAt({ attempt: 1, made_at: NOW }, after(24 * HOUR_MS)), undefined, "its day is over");
  assert.equal(isGivenUp(undefined, NOW), false);
  assert.equal(isGivenUp(NOW, after(24 * HOUR_MS - 1)), false);
  assert.equal(isGivenUp(NOW, after(24 * HOUR_MS)), true);
});

test("Z97: a webhook is https; plain http is for loopback; a password stands in no list", () => {
  const code = (url: string) => {
    const read = readWebhookUrl(url);
    return read.ok ? "done" : read.refusal.code;
  };
  for (const url of [
    "https://hooks.example.com/a?b=c",
    "https://10.0.0.7/",
    "http://127.0.0.1:9/",
    "http://[::1]:9/",
  ])
    assert.equal(code(url), "done", url);
  for (const url of [
    ...[
      "hooks.example.com",
      "http://hooks.example.com/",
      "http://127.0.0.1.example.com/",
      "ftp://127.0.0.1/",
    ],
    ...[
      "https://user@hooks.example.com/",
      "https://:secret@hooks.example.com/",
      "https://hooks.example.com/#a",
      "",
    ],
  ])
    assert.equal(code(url), "webhook_url_refused", url);
});

test("Z93: a backup that is late, or could not be restored, has one name as long as it is so", () => {
  const [every_ms, now] = [24 * HOUR_MS, Date.parse(NOW)];
  const newest_ms = now - 49 * HOUR_MS;
  assert.equal(backupFailure({ every_ms }, now), undefined, "the first is still to come");
  assert.equal(backupFailure({ every_ms, newest_ms: now - 47 * HOUR_MS }, now), undefined);
  const late = backupFailure({ every_ms, newest_ms }, now);
  assert.match(late ?? "", /^backup late since 2026-11-28T07/);
  assert.equal(backupFailure({ every_ms, newest_ms }, now + HOUR_MS), late);
  const last = { at: NOW, restored: false };
  assert.match(backupFailure({ every_ms, newest_ms: now, last }, now) ?? "", /not restored/);
  assert.equal(
    backupFailure({ every_ms, newest_ms: now, last: { ...last, restored: true } }, now),
    undefined,
  );
});
