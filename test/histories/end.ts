import type { Records } from "../../src/app/core/records.ts";
import type { AnyCalculation } from "../../src/app/core/use-case.ts";
import { findUseCase } from "../../src/app/use-cases.ts";
import { isFatal, type Verification } from "../../src/certify/index.ts";
import { type EntryHeader, entryFault, MemoryBook, totalOf } from "../../src/ledger/index.ts";
import { BookAuditor } from "../../src/store/book-auditor.ts";
import type { Auditor } from "./auditor/index.ts";
import type { Seen, SeenPassport } from "./auditor/seen.ts";
import { type Books, FOLD } from "./books.ts";
import { must } from "./red.ts";

/** At the end of a life the chain holds, the product's own audit finds nothing, and the entries fold to what the books hold. */
export async function checkEnd(books: Books): Promise<void> {
  const { log } = books.ports.store;
  const audit = new BookAuditor();
  let before: EntryHeader | undefined;
  const found: string[] = [];
  for (const entry of log) {
    const fault = entryFault(entry, before);
    must(fault === undefined, "the chain holds", () => `entry ${entry.seq}: ${fault}`);
    before = entry;
    found.push(...audit.take(entry).map(({ fault, why }) => `entry ${entry.seq}: ${fault}: ${why}`));
  }
  found.push(...audit.finish().map(({ fault, why }) => `${fault}: ${why}`));
  must(found.length === 0, "the books' own audit is clean", () => found.slice(0, 3).join("; "));
  const folded = new MemoryBook<Records>();
  for (const entry of log) await FOLD.apply(folded, entry);
  const total = totalOf(folded.all("lot"), folded.all("place"));
  must(
    total.mass_mg === 0 && Object.values(total.elements_mg).every((mg) => mg === 0),
    "lots and places add up to nothing",
    () => JSON.stringify(total),
  );
  for (const [name, record] of folded.records) {
    const [collection = "", id = ""] = [name.slice(0, name.indexOf("/")), name.slice(name.indexOf("/") + 1)];
    const held = await books.look(collection as "lot", id);
    must(
      JSON.stringify(sorted(record)) === JSON.stringify(sorted(held)),
      "folded anew the books are the same",
      () => name,
    );
  }
}

/** The same whatever the order of names in it. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inside]) => inside !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inside]) => [name, sorted(inside)]),
  );
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** What of a passport's mass has no passport of its own. */
function leftTo({ passports }: Seen, { passport, mass }: SeenPassport): number {
  const parts = [...passports.values()].filter((one) => one.part_of === passport && !one.revoked);
  return parts.reduce((left, part) => left - part.mass, mass);
}

/** Who has a passport checks it offline, with its bundle: what stands is accepted, what was revoked or superseded is not. */
export async function checkBundles(books: Books, auditor: Auditor): Promise<number> {
  const verify = findUseCase("certify", "verify") as AnyCalculation;
  const listed = (await books.answer("certify issuers", {})) as { issuers: { id: string }[] };
  const dids = listed.issuers.map(({ id }) => id);
  for (const seen of auditor.seen.passports.values()) {
    const { passport, revoked, superseded } = seen;
    const left = leftTo(auditor.seen, seen);
    const answer = await verify.compute(books.ports, {
      credential: plain(await books.answer("certify credential", { passport })),
      bundle: plain(await books.answer("certify bundle", { passport })),
      issuers: dids,
    });
    must(answer.ok, "a passport can be verified", () => `${passport}: ${JSON.stringify(answer)}`);
    const { accepted, checks, findings } = answer.value as Verification;
    must(
      accepted === (!revoked && !superseded && left > 0),
      revoked || superseded || left <= 0
        ? "what was revoked or went into its parts whole is not accepted"
        : "what stands is accepted",
      () => {
        const open = checks
          .filter((check) => check.result !== "passed")
          .map(({ name, why }) => `${name}: ${why}`);
        const fatal = findings.filter(isFatal).map(({ code, message }) => `${code}: ${message}`);
        return `${passport}: ${[...open, ...fatal].join("; ")}`;
      },
    );
  }
  return auditor.seen.passports.size;
}
