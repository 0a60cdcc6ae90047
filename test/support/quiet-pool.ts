import type pg from "pg";
import { freshPool } from "./database.ts";

/** A fresh pool that does not mind its idle connections being ended, as a test that ends them itself or drops the database does. */
export async function quietPool(max?: number): Promise<pg.Pool> {
  const pool = await freshPool(max);
  pool.on("error", () => {});
  return pool;
}
