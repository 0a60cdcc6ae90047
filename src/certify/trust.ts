import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";

/** A key that the reader trusts, and up to when: what was signed later, or from a theft on, is nobody's word. */
export interface TrustedIssuer {
  readonly id: string;
  readonly until?: string;
  readonly compromised_from?: string;
}

export type IssuersRefusal = Refusal<"issuers_unreadable">;

/** Reads {"issuers": [{"id", "name", "until"?, "compromised_from"?}]} or a bare list of ids. */
export function readIssuers(json: unknown): Result<TrustedIssuer[], IssuersRefusal> {
  const list = Array.isArray(json) ? json : (json as { issuers?: unknown } | null)?.issuers;
  if (!Array.isArray(list))
    return refuse(
      "issuers_unreadable",
      "issuers",
      'trusted issuers are {"issuers": [{"id": "did:key:…"}]} or a list of ids',
    );
  const issuers: TrustedIssuer[] = [];
  for (const [i, item] of list.entries()) {
    const read = readIssuer(item, `issuers[${i}]`);
    if (!read.ok) return read;
    issuers.push(read.value);
  }
  return done(issuers);
}

function readIssuer(item: unknown, at: string): Result<TrustedIssuer, IssuersRefusal> {
  if (typeof item === "string") return done({ id: item });
  const { id, until, compromised_from, state } = (item ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof id !== "string") return refuse("issuers_unreadable", at, "an issuer has an id");
  const ends: { until?: string; compromised_from?: string } = {};
  for (const [name, value] of Object.entries({ until, compromised_from })) {
    if (value === undefined || value === null) continue;
    // A date that cannot be read must not make a key trusted for ever.
    if (typeof value !== "string" || Number.isNaN(Date.parse(value)))
      return refuse("issuers_unreadable", `${at}.${name}`, `${name} is an instant with its offset`);
    ends[name as keyof typeof ends] = value;
  }
  if (ENDED.has(String(state)) && ends.until === undefined && ends.compromised_from === undefined)
    return refuse(
      "issuers_unreadable",
      `${at}.state`,
      `it is ${state}: since when says until, or compromised_from`,
    );
  return done({ id, ...ends });
}

const ENDED: ReadonlySet<string> = new Set(["retired", "revoked"]);

const earlier = (a: string | undefined, b: string | undefined): string | undefined =>
  a !== undefined && b !== undefined ? (Date.parse(a) < Date.parse(b) ? a : b) : (a ?? b);

/** A key that a list names twice, as where an old list was put beside a new one, is trusted for what both trust it for (C66). */
function bothOf(before: TrustedIssuer | undefined, one: TrustedIssuer): TrustedIssuer {
  const until = earlier(before?.until, one.until);
  const compromised_from = earlier(before?.compromised_from, one.compromised_from);
  return {
    id: one.id,
    ...(until === undefined ? {} : { until }),
    ...(compromised_from === undefined ? {} : { compromised_from }),
  };
}

/** Whom the reader trusts; undefined where no list was given, and nobody is. */
export class Trust {
  private readonly known: ReadonlyMap<string, TrustedIssuer> | undefined;

  constructor(issuers: readonly (string | TrustedIssuer)[] | undefined) {
    if (!issuers) return;
    const known = new Map<string, TrustedIssuer>();
    for (const one of issuers.map((given) => (typeof given === "string" ? { id: given } : given)))
      known.set(one.id, bothOf(known.get(one.id), one));
    this.known = known;
  }

  get stated(): boolean {
    return this.known !== undefined;
  }

  has(id: string): boolean {
    return this.known?.has(id) ?? false;
  }

  /** Why a key on the list is not trusted for what it signed at a time; undefined where it is, or is not on the list. */
  endedBy(id: string, at: string): string | undefined {
    const { until, compromised_from } = this.known?.get(id) ?? {};
    const time = Date.parse(at);
    if (compromised_from !== undefined && time >= Date.parse(compromised_from))
      return `your list trusts ${id} for nothing from ${compromised_from} on, when it was no longer its holder's alone`;
    // What a key signed before it was revoked stands; what it signed after it was retired does not.
    if (until !== undefined && time >= Date.parse(until))
      return `your list trusts ${id} for nothing after ${until}, when it was retired`;
    return undefined;
  }
}
