import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Centre, decideSiteOf, distance_km, rankCentres } from "./index.ts";

const place = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
});

/** The angle between two directions, from the dot product of unit vectors: another way to the same distance. */
function byVectors(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const vector = ({ lat, lon }: { lat: number; lon: number }) => {
    const [f, l] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
    return [Math.cos(f) * Math.cos(l), Math.cos(f) * Math.sin(l), Math.sin(f)] as const;
  };
  const [u, v] = [vector(a), vector(b)];
  const cross = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
  return 6371.0088 * Math.atan2(Math.hypot(...cross), u[0] * v[0] + u[1] * v[1] + u[2] * v[2]);
}

test("N1: the distance is that of the great circle, by another formula; a degree of the equator is 111.195 km", () => {
  fc.assert(
    fc.property(place, place, (a, b) => {
      const km = distance_km(a, b);
      assert.ok(Math.abs(km - byVectors(a, b)) < 1e-3 + 1e-6 * km, `${km} against ${byVectors(a, b)}`);
      assert.ok(Math.abs(km - distance_km(b, a)) < 1e-6);
    }),
  );
  assert.ok(Math.abs(distance_km({ lat: 0, lon: 0 }, { lat: 0, lon: 1 }) - 111.195) < 0.001);
});

const centre = (site: string, lat: number, more: Partial<Centre> = {}): Centre => ({
  site,
  name: site,
  city: "City",
  state: "IN",
  lat,
  lon: -86,
  status: "open",
  capabilities: ["intake"],
  ...more,
});
const from = { lat: 40, lon: -86 };
const centres = [
  centre("far", 45),
  centre("near", 41),
  centre("closing", 40.1, { status: "closing" }),
  centre("refinery", 40.2, { capabilities: ["dissolve"] }),
  centre("shredder", 43, { capabilities: ["intake", "shred"] }),
];

test("N1: open centres that can come first, by distance; each says why it is in or out", () => {
  const offers = rankCentres(from, centres, []);
  assert.deepEqual(
    offers.map((o) => [o.site, o.offered]),
    [
      ["near", true],
      ["shredder", true],
      ["far", true],
      ["closing", false],
      ["refinery", false],
    ],
  );
  assert.match(offers[0]?.why ?? "", /open.*69 miles away/);
  assert.match(offers[3]?.why ?? "", /is closing/);
  assert.match(offers[4]?.why ?? "", /not registered for intake/);
  assert.equal(offers[0]?.distance_km, 111.2);
  assert.equal(offers[0]?.distance_miles, 69.1);
  assert.equal(rankCentres(from, centres, ["shred"]).find((o) => o.offered)?.site, "shredder");
});

test("N1: equal distances are ranked by name, so that the answer does not depend on the order of the list", () => {
  const twins = [centre("b", 41), centre("a", 41)];
  assert.deepEqual(
    rankCentres(from, twins, []).map((o) => o.site),
    ["a", "b"],
  );
});

test("N1: a consignment goes to the best offer, or to the centre named if it can", () => {
  const offers = rankCentres(from, centres, []);
  const outcome = (named?: string) => {
    const decided = decideSiteOf(offers, named);
    return decided.ok ? decided.value.site : decided.refusal.code;
  };
  assert.equal(outcome(), "near");
  assert.equal(outcome("far"), "far");
  assert.equal(outcome("closing"), "site_cannot");
  assert.equal(outcome("nowhere"), "site_unknown");
  assert.equal(decideSiteOf([], undefined).ok, false);
});
