import type pg from "pg";
import type { Progress } from "../app/core/ports.ts";
import type { Folding } from "./fold.ts";
import { rebuildViews } from "./rebuild.ts";

/** Which rules the views stand by, and whether there is anything to fold. */
async function standing(pool: pg.Pool): Promise<{ rules: number; empty: boolean }> {
  const { rows } = await pool.query<{ fold_rules: number; seq: string }>(
    "select fold_rules, seq from didym.head",
  );
  return { rules: rows[0]?.fold_rules ?? 0, empty: Number(rows[0]?.seq ?? 0) === 0 };
}

/**
 * Folds the views anew where they were folded by older rules; entries are not touched. Safe when several processes do so at once:
 * each finds the same views. Answers whether it did; throws where the books were folded by a later release.
 */
export async function keepFolded<R>({
  pool,
  rules,
  progress,
  ...folding
}: Folding<R> & {
  readonly pool: pg.Pool;
  readonly rules: number;
  readonly progress?: Progress;
}): Promise<boolean> {
  const found = await standing(pool);
  if (found.rules > rules)
    throw new Error(
      `its views are folded by rules ${found.rules}, this release knows ${rules}: run a later one`,
    );
  if (found.rules === rules) return false;
  if (!found.empty) await rebuildViews({ pool, ...folding, ...(progress ? { progress } : {}) });
  await pool.query("update didym.head set fold_rules = $1 where fold_rules < $1", [rules]);
  return !found.empty;
}
