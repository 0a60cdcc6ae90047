import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type pg from "pg";
import { FOLDING } from "../../src/app/apply.ts";
import { perform } from "../../src/app/core/perform.ts";
import { seeingAll } from "../../src/app/core/seen.ts";
import type { AnyAction, AnyQuery, CommandAnswering } from "../../src/app/core/use-case.ts";
import { findUseCase } from "../../src/app/use-cases.ts";
import { portsOn } from "../../src/main/ports.ts";
import { auditBooks } from "../../src/store/audit.ts";
import { freshPool } from "../support/database.ts";
import { ownKeyFile } from "../support/sealing.ts";

export const OWNER = "sample-recycler";
const ACTOR = { role: "administrator", party: OWNER, verified: false } as const;
const example = (path: string): object =>
  JSON.parse(readFileSync(new URL(`../../examples/${path}`, import.meta.url), "utf8"));

export const PARTY = example("programme/party.json");

/** What names customers, users and devices: none of it is in any entry, and nowhere once it is erased. Sample data, made up. */
export const PLANTED = [
  "ZQSERIAL0001",
  "ZQ-SERIAL-0002",
  "ZQTAG-4711",
  "zq.user.sampleperson",
  "ZQNOTE of the customer",
  "ZQWORDS left on the desk",
] as const;

const MANIFEST = [
  "Description,Qty,Serial,Asset tag,User",
  `Seagate ST2000DM008 2TB 3.5 HDD,1,${PLANTED[0]},${PLANTED[2]},${PLANTED[3]}`,
  `Seagate ST2000DM008 2TB 3.5 HDD,1,${PLANTED[1]},,${PLANTED[3]}`,
  `notebook ${PLANTED[5]},many,,${PLANTED[2]},${PLANTED[3]}`,
  "",
].join("\n");

/** Nothing in it holds data. Sample data, made up. */
const BARE = "Description,Qty\nremote control,4\n";

const RECORD = {
  revision: "2",
  devices: 1,
  method: "destroy",
  technique: "shred to 6 mm",
  tool: "drive shredder",
  verification: { method: "visual", result: "passed" },
  sanitized_by: "operator",
  validated_by: "approver",
  place: "plainfield",
  at: "2026-03-02T14:00:00Z",
  destination: "magnet recovery",
} as const;

// Days pass here by saying so, and the database's clock says otherwise.
process.env["DIDYM_CLOCK_CHECKED"] = "yes";

/** Books in PostgreSQL on which a day is what the test says. */
export async function booksOn(pool: pg.Pool) {
  const day = { now: "2026-03-03T12:00:00.000Z" };
  const ports = portsOn(pool, { now: () => new Date(day.now) }, ownKeyFile());
  let requests = 0;
  const given = (input: object, role: string = ACTOR.role) => ({
    request: { key: `r-${requests++}`, actor: { ...ACTOR, role }, owner: true as const },
    input,
  });
  const asked = async (path: string, input: object, role?: string) => {
    const useCase = findUseCase(...(path.split(" ") as [string, string]));
    assert.ok(useCase, path);
    if (useCase.type === "action") {
      const read = (useCase as AnyAction).input.parse(input);
      return (useCase as AnyAction).run(ports, { ...given({}), input: read } as never);
    }
    if (useCase.type === "query")
      return (useCase as AnyQuery).answer(seeingAll(ports), (useCase as AnyQuery).input.parse(input));
    const done = await perform(ports, useCase as CommandAnswering<object>, given(input, role));
    return done.ok ? { ok: true, value: done.value.answer } : done;
  };
  return {
    ports,
    pool,
    day,
    /** The answer; throws the refusal. */
    async do<A = Record<string, unknown>>(path: string, input: object, role?: string): Promise<A> {
      const done = await asked(path, input, role);
      assert.ok(done.ok, done.ok ? "" : `${path}: ${JSON.stringify(done.refusal)}`);
      return done.value as A;
    },
    async code(path: string, input: object, role?: string): Promise<string> {
      const done = await asked(path, input, role);
      return done.ok ? "done" : (done.refusal as { code: string }).code;
    },
    audit: () => auditBooks({ pool, ...FOLDING }),
  };
}
export type Books = Awaited<ReturnType<typeof booksOn>>;

/** A consignment with all that is planted, done with on the first day: read, sanitized, settled, opened and certified. */
export async function doneWith(
  consignment = "C-1",
  beforeOpened: (books: Books) => Promise<void> = async () => {},
): Promise<Books> {
  const books = await booksOn(await freshPool());
  await books.do("programme register-party", PARTY);
  await books.do("programme register-site", example("programme/site.json"));
  await books.do("programme register-unit", example("programme/scale.json"));
  const { consignment: _, ...received } = example("intake/receive.json") as { consignment: string };
  await books.do("intake receive", { ...received, consignment });
  await books.do("intake read-manifest", { consignment, text: MANIFEST, note: PLANTED[4] });
  const serials = [PLANTED[0], PLANTED[1]];
  await books.do("intake sanitize", {
    consignment,
    records: serials.map((serial, i) => ({
      ...{ ...RECORD, row: i + 1, notes: PLANTED[4] },
      media: {
        ...{ type: "hard disk", manufacturer: "Seagate", model: "ST2000DM008" },
        ...{ serial, property_number: PLANTED[2], source: PLANTED[3] },
      },
    })),
  });
  await books.do("intake resolve-row", {
    ...{ consignment, row: 4, text: `remote control ${PLANTED[5]}`, data_bearing: "no", why: "looked" },
  });
  await books.do("intake correct-line", {
    ...{ consignment, row: 1, text: `Seagate ST2000DM008 ${PLANTED[5]}`, why: "read anew" },
  });
  await beforeOpened(books);
  await books.do("intake open-lots", { consignment });
  await books.do("intake issue-certificate", { consignment });
  return books;
}

/** A consignment without data-bearing devices that came at the time stated, weighed and read. */
export async function receiveBare(books: Books, consignment: string, at: string): Promise<void> {
  const received = example("intake/receive.json") as { pallets: object[] };
  const pallets = received.pallets.map((pallet) => ({ ...pallet, pallet: `${consignment}-P1` }));
  await books.do("intake receive", { ...received, consignment, pallets, at });
  await books.do("intake read-manifest", { consignment, text: BARE, at });
  await books.do("intake correct-line", { consignment, row: 1, data_bearing: "no", why: "looked" });
}

/** Rows of every table of the books as text, documents as their bytes. */
export async function dumpOf(pool: pg.Pool, only: readonly string[] = []): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'didym' and table_type = 'BASE TABLE'",
  );
  assert.ok(tables.length > 20, "every table is looked through");
  const parts: string[] = [];
  for (const { name } of tables) {
    if (only.length > 0 && !only.includes(name)) continue;
    const { rows } = await pool.query<{ row: string }>(`select t::text as row from didym.${name} t`);
    for (const { row } of rows) {
      parts.push(row);
      // Bytes are shown in hexadecimal: as text they are searched like all else.
      for (const [, hex = ""] of row.matchAll(/\\x([0-9a-f]+)/g))
        parts.push(Buffer.from(hex, "hex").toString("latin1"));
    }
  }
  return parts.join("\n");
}

/** Which of what was planted is found, in any case and spelling of letters alone. */
export function foundIn(dump: string): readonly string[] {
  const plain = (text: string) => text.toUpperCase().replace(/[\s-]+/g, "");
  const haystack = plain(dump);
  return PLANTED.filter((planted) => haystack.includes(plain(planted)));
}
