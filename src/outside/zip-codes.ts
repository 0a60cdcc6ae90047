import { readFileSync } from "node:fs";
import type { ZipCodes } from "../app/ports.ts";

/** Made by tools/build-zips.ts. Data: GeoNames, CC BY 4.0. */
const TABLE = new URL("../../build/zips.json", import.meta.url);

/** ZIP codes with their places and centroids, loaded at the first question. */
export function zipCodes(): ZipCodes {
  let table: Readonly<Record<string, readonly [string, string, number, number]>> | undefined;
  return {
    find(zip) {
      table ??= JSON.parse(readFileSync(TABLE, "utf8")) as NonNullable<typeof table>;
      const found = Object.hasOwn(table, zip) ? table[zip] : undefined;
      return found && { zip, city: found[0], state: found[1], lat: found[2], lon: found[3] };
    },
  };
}
