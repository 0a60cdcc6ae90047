import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { freshPool } from "../../test/support/database.ts";
import { ownKeyFile } from "../../test/support/sealing.ts";
import { upkeepOn } from "./upkeep.ts";

test("P54: a backup to a place that cannot be written is refused by its name, and leaves nothing there", async () => {
  const pool = await freshPool(2);
  const dir = mkdtempSync(join(tmpdir(), "didym-upkeep-"));
  try {
    const verbs = upkeepOn((_dataDir, work) =>
      work({
        pool,
        readers: pool,
        reading: {},
        config: {},
        owner: {},
        sealing: ownKeyFile(),
        close: async () => {},
      }),
    );
    const backup = verbs.find(({ verb }) => verb === "backup");
    const file = join(dir, "gone", "books.gz");
    const said = await backup?.run({ words: [file], flags: {}, dataDir: undefined } as never);
    assert.ok(said && !said.ok);
    assert.deepEqual([said.refusal.code, said.refusal.at], ["file_unwritable", file]);
    assert.deepEqual(readdirSync(dir), []);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
