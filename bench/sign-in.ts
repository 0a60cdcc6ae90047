import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Serving, serve } from "../prove/serve.ts";

interface Row {
  readonly what: string;
  readonly figure: string;
}

const CONNECTIONS = 16;
const ROUNDS = 5;
const ROUND_MS = 3000;
const PATH = "/api/overview/now";

/** What signing in costs a page that is asked for all day: rounds of either, in turn, on one server with the sample programme. */
export async function benchSignIn(): Promise<readonly Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "didym-bench-"));
  let server: Serving | undefined;
  try {
    server = await serve(dataDir, { books: "sample" });
    const { base } = server;
    const token = await signIn(base, "refiner-accountant");
    const rates: { without: number[]; signed: number[] } = { without: [], signed: [] };
    await rateOf(base, {});
    for (let round = 0; round < ROUNDS; round++) {
      rates.without.push(await rateOf(base, {}));
      rates.signed.push(await rateOf(base, { authorization: `Bearer ${token}` }));
    }
    const [without, signed] = [median(rates.without), median(rates.signed)];
    return [
      {
        what: `overview/now at ${CONNECTIONS} connections, nobody signed in`,
        figure: `${without.toFixed(0)} /s, median of ${ROUNDS} rounds of ${ROUND_MS / 1000} s`,
      },
      {
        what: "the same, signed in, reading what is one firm's",
        figure: `${signed.toFixed(0)} /s, ${(signed / without).toFixed(2)} of that`,
      },
    ];
  } finally {
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const median = (all: readonly number[]): number =>
  [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;

async function signIn(base: string, person: string): Promise<string> {
  const answer = await fetch(`${base}/api/auth/sample`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ person }),
  });
  if (!answer.ok) throw new Error(`nobody signed in: ${answer.status}`);
  return ((await answer.json()) as { token: string }).token;
}

/** Answers a second, each connection asking again as soon as it was answered. */
async function rateOf(base: string, headers: Record<string, string>): Promise<number> {
  let answered = 0;
  const began = performance.now();
  const ask = async () => {
    while (performance.now() - began < ROUND_MS) {
      const answer = await fetch(base + PATH, { headers });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${PATH} answers ${answer.status}`);
      answered++;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, ask));
  return (1000 * answered) / (performance.now() - began);
}
