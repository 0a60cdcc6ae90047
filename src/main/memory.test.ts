import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { getPriority } from "node:os";
import { test } from "node:test";
import { Worker } from "node:worker_threads";

const LINUX = { skip: process.platform === "linux" ? false : "Linux alone has this" };
const here = (file: string) => new URL(file, import.meta.url).href;

test(
  "A24: the server starts itself again in its place, once, so that its allocator gives back what bodies took",
  LINUX,
  () => {
    const code = `
    const { giveBackMemory } = await import(${JSON.stringify(here("./memory.ts"))});
    giveBackMemory();
    console.log(process.pid, process.env.MALLOC_ARENA_MAX, process.env.MALLOC_MMAP_THRESHOLD_);`;
    const run = (env: NodeJS.ProcessEnv) => {
      const child = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
        encoding: "utf8",
        env,
      });
      assert.equal(child.status, 0, child.stderr);
      assert.equal(child.stderr, "");
      const [pid, ...said] = child.stdout.trim().split(" ");
      assert.equal(Number(pid), child.pid, "under the same id");
      return said;
    };
    const { MALLOC_ARENA_MAX: _, ...plain } = process.env;
    assert.deepEqual(run(plain), ["2", "131072"]);
    assert.deepEqual(run({ ...plain, MALLOC_ARENA_MAX: "7" }), ["7", "undefined"], "what was chosen stays");
  },
);

test("A19: work beside gives way, and only it", LINUX, async () => {
  const code = `
    const { parentPort } = require("node:worker_threads");
    import(${JSON.stringify(here("./niceness.ts"))}).then(({ giveWay }) => {
      giveWay();
      const tid = Number(require("node:fs").readlinkSync("/proc/thread-self").split("/").pop());
      parentPort.postMessage(require("node:os").getPriority(tid));
    });`;
  const before = getPriority();
  const thread = new Worker(code, { eval: true });
  const nice = await new Promise((resolve, reject) => thread.once("message", resolve).once("error", reject));
  await thread.terminate();
  assert.deepEqual([nice, getPriority()], [before + 3, before]);
});
