import assert from "node:assert/strict";
import { Agent, request } from "node:http";
import { after } from "node:test";
import type { Notices, Webhook } from "../../src/app/core/notices.ts";
import type { Ports } from "../../src/app/core/ports.ts";
import { done } from "../../src/quantity/index.ts";
import { worldBefore } from "../story/world.ts";
import { memoryNotices } from "../support/memory-notices.ts";
import { serveBooks } from "../support/served-books.ts";
import { ownRecords } from "./own-records.ts";
import { STRANGERS } from "./strangers.ts";

export interface Said {
  readonly status: number;
  readonly text: string;
  readonly code?: string;
  readonly detail?: string;
}

/** Books of the whole story on a socket, told to nobody who did not sign in; and somebody in each role of each party that is asked for. */
export async function cellsWorld() {
  const world = await worldBefore();
  for (const [kind, party] of Object.entries(STRANGERS))
    await world.do("programme register-party", { party, name: `Sample ${party}`, kind, sample: true });
  await ownRecords(world);
  const ports: Ports = { ...world.ports, notices: hooksBeside(memoryNotices(world.ports.store)) };
  const { origin } = await serveBooks(ports, { signInRequired: true });
  const ask = asking(origin);
  const sessions = new Map<string, Promise<string>>();
  return {
    origin,
    store: world.ports.store,
    ask,
    /** What somebody shows who signed in, in a role of a party. */
    as(role: string, party: string): Promise<string> {
      const id = `cell-${party}-${role.replaceAll(" ", "-")}`;
      const known = sessions.get(id);
      if (known) return known;
      const made = (async () => {
        await world.do("trust register-person", { person: id, party, role, sample: true });
        const said = await ask("auth/sample", { body: { person: id } });
        assert.equal(said.status, 200, said.text);
        return (JSON.parse(said.text) as { token: string }).token;
      })();
      sessions.set(id, made);
      return made;
    },
  };
}

export type CellsWorld = Awaited<ReturnType<typeof cellsWorld>>;

interface Asking {
  readonly body?: object;
  readonly bearer?: string;
}

/** Asks over one line that stays open: thousands of questions, each answered before the next. */
function asking(origin: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  after(() => agent.destroy());
  let nth = 0;
  return (path: string, { body, bearer }: Asking = {}) =>
    new Promise<Said>((resolve, reject) => {
      const text = body === undefined ? "" : JSON.stringify(body);
      const headers = {
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined
          ? {}
          : {
              "content-type": "application/json",
              "content-length": Buffer.byteLength(text),
              "idempotency-key": `cell-${nth++}`,
            }),
      };
      const method = body === undefined ? "GET" : "POST";
      const asked = request(`${origin}/api/${path}`, { agent, method, headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", () => resolve(saidIn(answer.statusCode ?? 0, Buffer.concat(parts).toString())));
      });
      asked.on("error", reject);
      asked.end(text);
    });
}

function saidIn(status: number, text: string): Said {
  if (status < 400) return { status, text };
  const { code = "", detail = "" } = JSON.parse(text) as { code?: string; detail?: string };
  return { status, text, code, detail };
}

/** Wishes and webhooks in memory, to which nothing is sent: one by the name of the examples, one of a buyer, one of a customer. */
function hooksBeside(notices: Notices): Notices {
  const at = { url: "https://hooks.example.com/x", kinds: [], registered_at: "2026-03-01T08:00:00.000Z" };
  const hooks: readonly Webhook[] = [
    { id: "W-7K2M9QXA", party: "sample-recycler", ...at },
    { id: "W-BUYER000", party: "sample-buyer-a", ...at },
    { id: "W-CUSTOMER", party: "sample-customer", ...at },
  ];
  const beside: Partial<Notices> = {
    wishOf: async () => undefined,
    keepWish: async () => {},
    webhooks: async ({ party }) => hooks.filter((hook) => party === undefined || hook.party === party),
    webhook: async (id) => hooks.find((hook) => hook.id === id),
    endWebhook: async () => true,
    register: async ({ id, party, url, kinds }) => done({ ...at, id, party, url, kinds }),
  };
  return { ...notices, ...beside };
}
