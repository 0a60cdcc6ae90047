import assert from "node:assert/strict";
import { test } from "node:test";
import { type Measured, meterOf } from "./metrics.ts";

const idle = { waiting: 0, running: 0 };
const STANDING = {
  lanes: { command: idle, calculation: { waiting: 3, running: 2 } },
  bodies: { command: { bytes: 1024, waiting: 1 }, other: { bytes: 0, waiting: 0 } },
};
const books = async () => ({
  ...{ head_seq: 12, head_time: "2026-07-01T00:00:00.000Z", jobs: { queued: 1, running: 2 } },
});
const meter = (more: Partial<Measured> = {}) =>
  meterOf({
    ...{ token: "t", version: "1.2.3", books },
    connections: () => ({ busy: 1, idle: 2, waiting: 0 }),
    ...more,
  });

/** Lines by the grammar of OpenMetrics 1.0: families that do not interleave, samples of known form, and the end. */
function valuesIn(text: string): Map<string, number> {
  const lines = text.split("\n");
  assert.deepEqual(lines.slice(-2), ["# EOF", ""]);
  const values = new Map<string, number>();
  const families: string[] = [];
  let suffixes = /^$/;
  for (const line of lines.slice(0, -2)) {
    const [, key, name = "", type = ""] = /^# (HELP|TYPE) ([a-z_0-9]+) (.+)$/.exec(line) ?? [];
    if (key === "HELP") {
      assert.ok(!families.includes(name), `${name} stands twice`);
      families.push(name);
    } else if (key === "TYPE") {
      assert.equal(name, families.at(-1));
      assert.match(type, /^(counter|gauge|histogram)$/);
      suffixes = type === "counter" ? /^_total$/ : type === "gauge" ? /^$/ : /^_(bucket|sum|count)$/;
    } else {
      const [, full = "", labels = "", value = ""] =
        /^([a-z_0-9]+)(\{(?:[a-z_]+="(?:[^"\\]|\\.)*",?)*\})? (\S+)$/.exec(line) ?? [];
      const family = families.at(-1) ?? "";
      assert.ok(full.startsWith(family) && suffixes.test(full.slice(family.length)), line);
      assert.match(value, /^(?:[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?|[-+]Inf|nan)$/i, line);
      const bound = /le="([^"]*)"/.exec(labels)?.[1];
      if (bound !== undefined) assert.match(bound, /^(?:\d+\.\d+|\+Inf)$/, line);
      values.set(`${full}${labels}`, Number(value.replace("Inf", "Infinity")));
    }
  }
  return values;
}

test("A42: figures are OpenMetrics text, and say what the server is at", async () => {
  const one = await meter();
  assert.match(one.contentType, /^application\/openmetrics-text; version=1\.0\.0/);
  one.ended({
    request_id: "r",
    method: "GET",
    route: "/api/jobs/:job",
    status: 404,
    ms: 30,
    code: "job_unknown",
  });
  one.faulted();
  const values = valuesIn(await one.text(STANDING));
  const expected = {
    'didym_request_seconds_count{route="/api/jobs/:job",status="4xx"}': 1,
    'didym_request_seconds_bucket{le="0.025",route="/api/jobs/:job",status="4xx"}': 0,
    'didym_request_seconds_bucket{le="0.1",route="/api/jobs/:job",status="4xx"}': 1,
    'didym_refusals_total{code="job_unknown"}': 1,
    didym_faults_total: 1,
    'didym_lanes_waiting{kind="calculation"}': 3,
    'didym_lanes_running{kind="calculation"}': 2,
    'didym_bodies_in_flight_bytes{share="command"}': 1024,
    'didym_bodies_waiting{share="command"}': 1,
    'didym_jobs{state="queued"}': 1,
    'didym_jobs{state="running"}': 2,
    didym_head_seq: 12,
    didym_head_timestamp_seconds: 1782864000,
    didym_database_up: 1,
    didym_database_outages_total: 0,
    'didym_database_connections{state="idle"}': 2,
    'didym_version{version="1.2.3"}': 1,
  };
  for (const [name, value] of Object.entries(expected)) assert.equal(values.get(name), value, name);
  for (const name of ["process_resident_memory_bytes", "nodejs_eventloop_lag_p99_seconds"])
    assert.ok((values.get(name) ?? -1) >= 0, name);
  assert.equal(
    [...values.keys()].some((name) => name.includes("backup")),
    false,
  );
});

test("A42: a database that is away is one outage however often it is asked, and its figures are left out", async () => {
  let answers = false;
  const one = await meter({ books: () => (answers ? books() : Promise.reject(new Error("away"))) });
  one.ended({
    ...{ request_id: "r", method: "GET", route: "/*", status: 503, ms: 1 },
    code: "database_away",
  });
  for (let asked = 0; asked < 2; asked++) {
    const values = valuesIn(await one.text(STANDING));
    assert.deepEqual([values.get("didym_database_up"), values.get("didym_database_outages_total")], [0, 1]);
    for (const name of ["didym_head_seq", "didym_head_timestamp_seconds", 'didym_jobs{state="queued"}'])
      assert.equal(values.has(name), false, name);
  }
  answers = true;
  assert.equal(valuesIn(await one.text(STANDING)).get("didym_head_seq"), 12);
  answers = false;
  assert.equal(valuesIn(await one.text(STANDING)).get("didym_database_outages_total"), 2);
});

test("A42: the age of the last backup, and of the last that was restored, is without end before the first", async () => {
  let made: string | null = null;
  const one = await meter({
    backups: () => ({ last_at: made, last_restored_at: null, restore_ok: false }),
  });
  assert.equal(valuesIn(await one.text(STANDING)).get("didym_backup_age_seconds"), Number.POSITIVE_INFINITY);
  made = new Date(Date.now() - 90_000).toISOString();
  const values = valuesIn(await one.text(STANDING));
  assert.equal(Math.round((values.get("didym_backup_age_seconds") ?? 0) / 10), 9);
  assert.equal(values.get("didym_backup_restored_age_seconds"), Number.POSITIVE_INFINITY);
  assert.equal(values.get("didym_backup_restore_ok"), 0);
});
