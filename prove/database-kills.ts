import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { withDatabase } from "../src/main/with-database.ts";
import { dataFolder } from "../src/outside/postgres/folder.ts";
import { serverOf } from "../src/outside/postgres/server.ts";
import type { Ask, Counted, Proof } from "./proof.ts";
import { serve } from "./serve.ts";
import { shown, tokensOn } from "./tokens.ts";

/** Every kill falls at another moment of the writing: so long after the last one's recovery, at most. */
const BETWEEN_MS = 300;
const BACK_MS = 10_000;

export const databaseKills: Proof = {
  name: "database-kills",
  proves:
    "with PostgreSQL killed under writes of who signed in, writes go on within 10 s, none is lost or doubled, ready never lies",
  count: 50,
  share: 2,
  run,
};

async function run({ count, progress }: Ask): Promise<Counted> {
  const dataDir = mkdtempSync(join(tmpdir(), "didym-kills-"));
  const { administrator = "" } = await withDatabase(dataDir, (books) => tokensOn(books, ["administrator"]));
  const server = await serve(dataDir, { signIn: "required" });
  const asker: Asker = { base: server.base, headers: shown(administrator) };
  try {
    const writer = writeOn(asker);
    const watcher = watchReady(asker);
    const outages: number[] = [];
    for (let kill = 0; kill < count; kill++) {
      await writer.once();
      await sleep((BETWEEN_MS * (kill % 7)) / 7);
      const pid = serverOf(dataFolder(dataDir))?.pid;
      assert.ok(pid !== undefined, "a server runs on the folder");
      const killed = Date.now();
      process.kill(pid, kill % 5 === 4 ? "SIGQUIT" : "SIGKILL");
      await writer.once();
      outages.push(Date.now() - killed);
      progress(kill + 1);
    }
    const [written, lies] = [await writer.stop(), await watcher.stop()];
    assert.deepEqual(lies, [], "ready said yes while the writes around it failed");
    const kept = await partiesOn(asker);
    assert.deepEqual(
      [...kept].sort(),
      ["sample-recycler", ...written.acknowledged].sort(),
      "what was acknowledged is there, once",
    );
    const worst = Math.max(...outages);
    assert.ok(worst < BACK_MS, `writes stood still for ${worst} ms`);
    const median = outages.sort((a, b) => a - b)[outages.length >> 1] ?? 0;
    return {
      kills: count,
      "writes acknowledged": written.acknowledged.length,
      "asked again": written.again,
      "median outage": `${(median / 1000).toFixed(2)} s`,
      "longest outage": `${(worst / 1000).toFixed(2)} s`,
    };
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** A server, and what shows who asks it. */
interface Asker {
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
}

const register = ({ base, headers }: Asker, party: string) =>
  fetch(`${base}/api/programme/register-party`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": party, ...headers },
    body: JSON.stringify({ party, name: "Sample party", kind: "recycler", sample: true }),
    signal: AbortSignal.timeout(BACK_MS),
  });

/** Writes one party after the other, each asked again under its key until it is acknowledged. */
function writeOn(asker: Asker) {
  const acknowledged: string[] = [];
  let [again, stopped, next] = [0, false, 0];
  const wake: (() => void)[] = [];
  const going = (async () => {
    while (!stopped) {
      const party = `sample-${next++}`;
      for (;;) {
        const status = await register(asker, party).then(
          (answer) => answer.status,
          () => 0,
        );
        if (status === 200 || status === 201) break;
        assert.ok(status === 0 || status >= 500, `a write answered ${status}`);
        again++;
        await sleep(20);
      }
      acknowledged.push(party);
      for (const one of wake.splice(0)) one();
    }
  })();
  return {
    /** Until the next write from now on is acknowledged that was asked after this. */
    async once() {
      for (let n = 0; n < 2; n++)
        await Promise.race([going, new Promise<void>((resolve) => wake.push(resolve))]);
    },
    async stop() {
      stopped = true;
      await going;
      return { acknowledged, again };
    },
  };
}

/** Asks whether it is ready, and right after a yes for a write's ground: a server that is away says no within its patience. */
function watchReady({ base, headers }: Asker) {
  const lies: string[] = [];
  let stopped = false;
  const going = (async () => {
    while (!stopped) {
      const before = await statusOf(`${base}/api/programme/parties?limit=1`, headers);
      const ready = await statusOf(`${base}/api/health/ready`);
      const after = await statusOf(`${base}/api/programme/parties?limit=1`, headers);
      const live = await statusOf(`${base}/api/health/live`);
      for (const status of [before, after])
        if (status >= 400 && status < 500) lies.push(`a question of who signed in answered ${status}`);
      if (live !== 200) lies.push(`live answered ${live}`);
      if (ready === 200 && before >= 500 && after >= 500) lies.push(`ready between ${before} and ${after}`);
      await sleep(15);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await going;
      return lies;
    },
  };
}

const statusOf = (url: string, headers: Asker["headers"] = {}): Promise<number> =>
  fetch(url, { headers, signal: AbortSignal.timeout(BACK_MS) }).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status;
    },
    () => 0,
  );

async function partiesOn({ base, headers }: Asker): Promise<string[]> {
  const names: string[] = [];
  for (let after: string | undefined = ""; after !== undefined; ) {
    const query: string = after === "" ? "" : `&after=${encodeURIComponent(after)}`;
    const answer = await fetch(`${base}/api/programme/parties?limit=200${query}`, { headers });
    const page = (await answer.json()) as { items: { id: string }[]; next?: string | null };
    names.push(...page.items.map(({ id }) => id));
    after = page.next ?? undefined;
  }
  return names;
}
