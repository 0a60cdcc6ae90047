import { test } from "node:test";
import { PROOFS } from "./proofs.ts";

for (const { name, proves, share, run } of PROOFS)
  test(`${name}: ${proves} (${share} of them)`, async () => {
    await run({ count: share, seed: 1, progress: () => {} });
  });
