import { sha256Hex } from "../quantity/index.ts";
import { failed, notChecked, type Outcome, passed } from "./check.ts";
import type { DisclosedBook } from "./disclosed-book.ts";
import type { CredentialShape } from "./read.ts";
import type { Trust } from "./trust.ts";

/**
 * Whether the key that signed a passport was its party's when it did, by the entries of the log and by the reader's list (C51 to C53).
 * When it signed is not what the passport says of itself but where the log records it: whoever has an old key can write any date.
 */
export function checkKey(
  { credential, document }: { readonly credential: CredentialShape; readonly document: unknown },
  book: DisclosedBook,
  trust: Trust,
): Outcome {
  const { passport } = credential.credentialSubject;
  const key = typeof credential.issuer === "string" ? credential.issuer : credential.issuer.id;
  const recorded = book.passport(passport);
  if (!recorded) return notChecked("the log does not record when it was signed");
  const { seq, time } = recorded;
  const listed = trust.endedBy(key, time);
  if (listed !== undefined) return failed(listed);
  const stranger = book.keys.strangerAt(key, seq);
  if (stranger !== undefined) return failed(stranger);
  const end = book.keys.endOf(key);
  if (!end)
    return passed(
      book.keys.tellsOf(key)
        ? `its key was in force when entry ${seq} recorded it, and is`
        : "the log is of before keys had entries: nothing in it speaks against its key",
    );
  if (seq > end.seq)
    return failed(`its key was ${end.how} by entry ${end.seq} (${end.why}), before it signed`);
  if (end.compromised_from !== undefined && Date.parse(time) >= Date.parse(end.compromised_from))
    return failed(
      `its key was not its holder's alone from ${end.compromised_from} on (${end.why}), and recorded it at ${time}`,
    );
  return anchored(document, book.signed.get(passport), end.how);
}

/** Whoever has a key of before can sign another text under an old name: the log holds the digest of the one that was signed. */
function anchored(document: unknown, digest: string | undefined, how: string): Outcome {
  if (digest === undefined)
    return notChecked(
      `its key was ${how} since, and the bundle does not show which text it signed before that`,
    );
  return sha256Hex(JSON.stringify(document, null, 2)) === digest
    ? passed(`its key was in force when it signed, and was ${how} later`)
    : failed(`its key was ${how} since, and the log records that it signed another text before that`);
}
