import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type pg from "pg";
import { createApi } from "../../src/api/index.ts";
import { useCases } from "../../src/app/use-cases.ts";
import { portsOn } from "../../src/main/ports.ts";
import { StoryClock } from "../../src/sample/driver.ts";
import { freshDatabase, poolOn } from "../support/database.ts";
import { ownLoop } from "../support/own-loop.ts";
import { ownKeyFile } from "../support/sealing.ts";
import { say } from "../support/steps.ts";

/** The head somebody noted outside, and the database that holds these books. */
export interface Book {
  readonly database: string;
  /** After the first of two entries that follow the passport. */
  readonly early: { readonly seq: number; readonly hash: string };
  readonly late: { readonly seq: number; readonly hash: string };
}

/** One loop from scrap to a signed passport, and what came after it: made once, and copied for each tampering. */
export async function makeBook(): Promise<Book> {
  const config = await freshDatabase();
  const pool = poolOn(config, 8);
  const clock = new StoryClock("2026-07-01T14:00:00.000Z");
  const ports = portsOn(pool, clock, ownKeyFile());
  const app = createApi({ signIn: "offered", ports, useCases });
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, () => resolve(started));
  });
  try {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await ownLoop(base, "certified");
    clock.advance(24);
    await said(base, "late-carrier");
    const early = await ports.store.head();
    // One that brings a document, and one that does not.
    await say(base, "intake/receive", LATE, "intake lead@my-recycler");
    await say(base, "intake/read-manifest", LATE_MANIFEST, "intake lead@my-recycler");
    await said(base, "last-carrier");
    const late = await ports.store.head();
    if (!early || !late) throw new Error("the books are empty");
    return { database: config.database ?? "", early, late };
  } finally {
    server.close();
    await pool.end();
  }
}

const said = (base: string, party: string) =>
  say(
    base,
    "programme/register-party",
    { party, name: `Own ${party}`, kind: "carrier" },
    "auditor@my-recycler",
  );

const LATE = {
  ...{ consignment: "C-2", owner: "my-recycler", from_zip: "60601" },
  pallets: [{ pallet: "P-2", gross: "300 kg", tare: "20 kg", stream: "data_bearing", scale: "centre-scale" }],
};
const LATE_MANIFEST = {
  ...{ consignment: "C-2", name: "late.csv" },
  text: "description,qty,serial\nSeagate ST2000DM008 2TB 3.5 HDD,600,\n",
};

/** The same books, for one tampering; its pool ends when the database goes. */
export async function copyOf({ database }: Book): Promise<pg.Pool> {
  return poolOn(await freshDatabase(database), 4);
}
