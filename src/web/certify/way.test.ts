import assert from "node:assert/strict";
import { test } from "node:test";
import { lastStation, stationsOf } from "./way.ts";

const stop = (step: string, state: string, at: string, country = "US") => ({ step, state, at, country });

test("the way: steps are gathered by state in order of time, and end where the last one was", () => {
  const stations = stationsOf([
    stop("blend", "IN", "2026-03-14"),
    stop("dismantle", "NJ", "2026-01-25"),
    stop("dismantle", "IN", "2026-01-10"),
    stop("remove_iron", "IN", "2026-03-16"),
  ]);
  assert.deepEqual(
    stations.map((s) => [s.state, s.fips, s.steps]),
    [
      ["IN", "18", ["dismantle", "blend", "remove iron"]],
      ["NJ", "34", ["dismantle"]],
    ],
  );
  assert.equal(lastStation(stations)?.state, "IN");
});

test("the way: a place outside the map is a station without a shape", () => {
  const [station] = stationsOf([stop("dismantle", "ON", "2026-01-10", "CA")]);
  assert.equal(station?.fips, undefined);
  assert.equal(lastStation([]), undefined);
});
