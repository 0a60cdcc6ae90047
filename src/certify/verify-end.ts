import { failed, notChecked, type Outcome, passed } from "./check.ts";
import type { Finding } from "./finding.ts";
import type { Opened } from "./open-bundle.ts";
import type { CredentialShape } from "./read.ts";
import type { Trust } from "./trust.ts";

/** Up to when its maker answers for a passport's status, and how long ago that was. */
export interface StatusAsOf {
  readonly at: string;
  readonly age: string;
}

interface Reader {
  readonly trust: Trust;
  readonly now: string;
}

/** Clocks of the maker and of who checks may differ by this much. */
const CLOCK_SLACK_MS = 5 * 60 * 1000;

/** Who signed where the bundle ends: the passport's issuer, whom it handed its word over to, or somebody the reader trusts (C13, C52). */
export function checkEnd(
  credential: CredentialShape,
  { end: read, broken, format, book }: Opened,
  { trust, now }: Reader,
): {
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  readonly as_of: StatusAsOf | undefined;
} {
  const bad = (at: string, message: string, as_of?: StatusAsOf) => ({
    outcome: failed(message),
    findings: [{ code: "tail_unsigned" as const, at: `bundle.${at}`, message }],
    as_of,
  });
  if (broken !== undefined)
    return { outcome: notChecked("the chain does not hold"), findings: [], as_of: undefined };
  if ("unsigned" in read) {
    const old = format === "didym-bundle/1" ? " (a bundle of the first form: ask for a new one)" : "";
    return bad(read.unsigned.at, `${read.unsigned.why}${old}`);
  }
  const { end, after_count } = read;
  const issuer = typeof credential.issuer === "string" ? credential.issuer : credential.issuer.id;
  // A list that tells of a key's end was made after it: whom that key handed over to stands on the list too (C68).
  const holds = (key: string) => trust.endedBy(key, now) === undefined;
  const known =
    end.issuer === issuer || trust.has(end.issuer) || book?.keys.leadsTo(issuer, end.issuer, holds);
  if (!known)
    return bad(
      "end.issuer",
      book?.keys.leadsTo(issuer, end.issuer)
        ? `its end is signed by ${end.issuer}, to which a key handed its word over that your list says has ended, and which your list does not name`
        : `its end is signed by ${end.issuer}, neither the issuer nor anybody trusted`,
    );
  const gone = book?.keys.endOf(end.issuer);
  const ended = gone ? `${gone.how} by entry ${gone.seq}` : trust.endedBy(end.issuer, end.at);
  if (ended !== undefined)
    return bad("end.issuer", `its end is signed by a key whose time was over: ${ended}`);
  if (Date.parse(end.at) > Date.parse(now) + CLOCK_SLACK_MS)
    return bad("end.at", `its end is dated ${end.at}, which has not come yet`);
  const as_of = { at: end.at, age: ageOf(Date.parse(now) - Date.parse(end.at)) };
  if (after_count > 0)
    return bad(
      "headers",
      `${after_count} entries stand after the signed end; nobody answers for them, and none is read`,
      as_of,
    );
  return {
    outcome: passed(
      `its maker signed it up to entry ${end.head.seq} at ${end.at}, ${as_of.age} before this check`,
    ),
    findings: [],
    as_of,
  };
}

const MINUTE_MS = 60_000;

/** A span in the words of a reader: minutes, hours or days. */
function ageOf(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE_MS));
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 72 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
