import type { Entry } from "../ledger/index.ts";
import type { Found } from "./found.ts";

interface Key {
  readonly party: string;
  ended?: "retired" | "revoked";
  compromised_from?: number;
}

interface Signed {
  readonly passport: string;
  readonly key: string;
  readonly seq: number;
  readonly time: number;
}

/** Whose keys sign what, and when, as the auditor has it: on purpose without the code that folded it first (P62). */
export class SignatureAuditor {
  checked = 0;
  private readonly keys = new Map<string, Key>();
  private readonly inForce = new Map<string, string>();
  private readonly signed: Signed[] = [];
  private readonly dead = new Set<string>();
  private told = false;
  private found: Found[] = [];

  take({ kind, seq, time, body }: Entry): readonly Found[] {
    this.found = [];
    const of = body as Readonly<Record<string, string>>;
    if (kind === "passport_revoked") this.dead.add(of["passport"] ?? "");
    if (kind === "passport_issued") this.sign(of, seq, Date.parse(time));
    if (kind.startsWith("signing_key_")) {
      this.told = true;
      this.checked++;
      if (kind === "signing_key_born") this.bear(of);
      if (kind === "signing_key_retired") this.end(of, "retired");
      if (kind === "signing_key_revoked") this.revoke(of, body["passports"] as readonly string[]);
    }
    return this.found;
  }

  /** Passports of a stolen key that nobody has taken back, although they were recorded after the theft. */
  finish(): readonly Found[] {
    return this.signed.flatMap(({ passport, key, seq, time }) => {
      const from = this.keys.get(key)?.compromised_from;
      if (from === undefined || time < from || this.dead.has(passport)) return [];
      const why = `${passport} was recorded at ${iso(time)}, from ${iso(from)} on its key was not its holder's alone`;
      return [{ check: "signatures", fault: "key_revoked", why, seq } satisfies Found];
    });
  }

  private fault(fault: string, why: string): void {
    this.found.push({ check: "signatures", fault, why });
  }

  private sign(of: Readonly<Record<string, string>>, seq: number, time: number): void {
    const { passport = "", signed_by: key, issued_by } = of;
    if (key === undefined) return;
    this.checked++;
    this.signed.push({ passport, key, seq, time });
    const known = this.keys.get(key);
    if (!known) {
      if (this.told)
        this.fault("key_unknown", `${passport} is signed by ${key}, which was never taken into use`);
      return;
    }
    if (known.ended)
      this.fault("key_not_in_force", `${passport} is signed by ${key}, which was ${known.ended} before`);
    else if (issued_by !== undefined && issued_by !== known.party)
      this.fault(
        "key_of_another",
        `${passport} is issued by ${issued_by} and signed by a key of ${known.party}`,
      );
  }

  private bear({ key = "", party = "" }: Readonly<Record<string, string>>): void {
    if (this.keys.has(key)) this.fault("key_born_twice", `${key} was taken into use before`);
    const before = this.inForce.get(party);
    if (before !== undefined)
      this.fault("key_beside_another", `${party} has the key ${before} in force beside ${key}`);
    this.keys.set(key, { party });
    this.inForce.set(party, key);
  }

  private end({ key = "", party = "" }: Readonly<Record<string, string>>, how: "retired" | "revoked"): void {
    const known = this.keys.get(key);
    if (known?.party !== party)
      this.fault("key_unknown", `${key} of ${party} was ${how}, and was never its key`);
    else if (known.ended && how === "retired")
      this.fault("key_not_in_force", `${key} was ${known.ended} before`);
    if (known) known.ended = how;
    if (this.inForce.get(party) === key) this.inForce.delete(party);
  }

  /** Those that are named fall in the views; that none is left out is said at the end. */
  private revoke(of: Readonly<Record<string, string>>, passports: readonly string[]): void {
    this.end(of, "revoked");
    const known = this.keys.get(of["key"] ?? "");
    const from = Date.parse(of["compromised_from"] ?? "");
    if (known) known.compromised_from = Math.min(known.compromised_from ?? from, from);
    for (const passport of passports) this.dead.add(passport);
  }
}

const iso = (time: number): string => new Date(time).toISOString();
