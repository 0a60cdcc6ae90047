import assert from "node:assert/strict";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";
import type pg from "pg";
import type { NewNotice, Notices } from "../../src/app/core/notices.ts";
import { type Carriers, deliverNext } from "../../src/app/notices/deliver.ts";
import { webhookPost } from "../../src/outside/webhook-post.ts";
import { postgresNotices } from "../../src/store/notices.ts";
import { freshDatabase, poolOn } from "./database.ts";
import { ownSeal } from "./sealing.ts";

export const NOW = "2026-11-30T08:00:00.000Z";
export const SECRET = new Uint8Array(32).fill(7);
export const later = (ms: number, from = NOW): string => new Date(Date.parse(from) + ms).toISOString();
export const HOUR_MS = 3_600_000;

/** Notices on a database of their own, with a clock that is set by hand. */
export async function noticesWorld() {
  let pool: pg.Pool | undefined;
  after(() => pool?.end());
  const config = await freshDatabase();
  pool = poolOn(config, 12);
  const notices = postgresNotices(pool, ownSeal());
  const clock = { now: NOW };
  return { config, pool, notices, clock };
}

export const tell = (notices: Notices, told: readonly NewNotice[], at = NOW) =>
  notices.tell(told, { at, mail: true });

/** A notice that is told beside the log, so that nobody asked too late for it. */
export const noticeTo = (party: string, nth = 1, kind = "order_placed"): NewNotice => ({
  ...{ source: `test ${nth}`, seq: 0, kind, party, roles: ["commercial manager"] },
  about: { collection: "order", id: `O-${nth}` },
  ...{ link: `/orders/O-${nth}`, at: NOW },
});

export interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly path: string;
}

/** A system of a party that hears webhooks, and answers as it is told to. */
export async function hookServer(answer: (heard: Heard) => number = () => 204) {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const one = { headers: request.headers, body, path: request.url ?? "" };
    heard.push(one);
    response.writeHead(answer(one), { location: "/elsewhere" }).end("thanks");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return { heard, url };
}

export async function registered(
  notices: Notices,
  given: {
    readonly party: string;
    readonly url: string;
    readonly id?: string;
    readonly kinds?: readonly string[];
  },
) {
  const made = await notices.register({ id: "W-1", kinds: [], secret: SECRET, ...given }, NOW);
  assert.ok(made.ok);
  return made.value;
}

/** Everybody acts as a commercial manager of `r`, and has an address. */
export const carriers = (
  world: { readonly notices: Notices; readonly clock: { now: string } },
  given: Partial<Carriers> = {},
): Carriers => ({
  notices: world.notices,
  store: { load: async (_collection, id) => ({ seq: 1, record: personOf(id) as never }) },
  post: webhookPost({ inside: true }),
  addressOf: async (person) => `${person}@example.com`,
  base: "https://didym.example",
  now: () => world.clock.now,
  ...given,
});

export const personOf = (id: string) => ({
  ...{ id, party: "r", role: "commercial manager", sample: true, registered_at: NOW },
});

/** Carries until nothing is due. Answers how often it went out. */
export async function carryAll(given: Carriers): Promise<number> {
  let count = 0;
  while (await deliverNext(given)) count += 1;
  return count;
}
