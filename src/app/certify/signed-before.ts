import type { PassportRecord } from "../../certify/index.ts";
import type { LedgerStore } from "../core/ports.ts";

const PAGE = 500;

type Store = Pick<LedgerStore, "list" | "document" | "entries">;

/**
 * The keys under which passports of a party stand on the books, of which no entry tells: of older ones the credential says it. Asked
 * only where a party seems to have no key, before it would get its first.
 */
export async function signedBefore(store: Store, party: string): Promise<readonly string[]> {
  const keys = new Set<string>();
  for (let after: string | undefined; ; ) {
    const page = await store.list({
      collection: "passport",
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    for (const { record } of page.items) {
      if (!(await isOf(store, record, party))) continue;
      const key = await signerOfPassport(store, record);
      if (key !== undefined) keys.add(key);
    }
    after = page.next;
    if (after === undefined) return [...keys];
  }
}

/** Who wrote an older passport into the log issued it: it says so nowhere itself. */
async function isOf(store: Store, { issued_by, passport }: PassportRecord, party: string): Promise<boolean> {
  if (issued_by !== undefined) return issued_by === party;
  for (let after = 0; ; ) {
    const page = await store.entries({ after, limit: PAGE, kind: "passport_issued" });
    const entry = page.find(({ body }) => body["passport"] === passport);
    if (entry) return entry.actor.party === party;
    const last = page.at(-1);
    if (!last) return false;
    after = last.seq;
  }
}

/** The did:key of who signed a passport: by its entry, or by the credential itself. */
export async function signerOfPassport(
  store: Pick<LedgerStore, "document">,
  { signed_by, credential_digest }: PassportRecord,
): Promise<string | undefined> {
  if (signed_by !== undefined) return signed_by;
  const document = credential_digest === undefined ? undefined : await store.document(credential_digest);
  if (!document) return undefined;
  const { issuer } = JSON.parse(new TextDecoder().decode(document.bytes)) as {
    readonly issuer: string | { readonly id: string };
  };
  return typeof issuer === "string" ? issuer : issuer.id;
}
