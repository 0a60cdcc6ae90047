import type { AuditReport } from "./audit-report.ts";
import type { KeptKey } from "./keys.ts";
import type { SignedWith } from "./passport-auditor.ts";

/** A key that the log says a party has, and the entry that says so. */
export interface KeyTold {
  readonly party: string;
  readonly did: string;
  readonly seq: number;
  /** What told it, in words. */
  readonly by: string;
}

/**
 * Which keys are to be there by the log: what each party signed its newest passport with. Passports up to the entry `keys_from`
 * were signed with keys that a restore left behind.
 */
export function keysTold(
  signed: readonly SignedWith[],
  keys_from: number,
): { readonly told: readonly KeyTold[]; readonly notProvable: number } {
  const newest = new Map<string, KeyTold>();
  let notProvable = 0;
  for (const { seq, passport, party, did } of signed) {
    if (party === undefined || did === undefined || seq <= keys_from) notProvable++;
    else newest.set(party, { party, did, seq, by: `signed ${passport} with it` });
  }
  return { told: [...newest.values()], notProvable };
}

/** Holds the keys that are kept against those that the log tells of (P73); answers how many were looked at. */
export function auditKeys(kept: readonly KeptKey[], told: readonly KeyTold[], report: AuditReport): number {
  const fault = (party: string, fault: string, why: string) =>
    report.other("keys", { at: `key ${party}`, fault, why });
  const holders = new Map<string, string>();
  for (const { party, did } of kept) {
    const other = did === undefined ? undefined : holders.get(did);
    if (did === undefined)
      fault(party, "key_unreadable", `what is kept as the key of ${party} is no signing key`);
    else if (other !== undefined) fault(party, "key_shared", `${party} and ${other} have one key`);
    else holders.set(did, party);
  }
  for (const { party, did, seq, by } of told) {
    const here = kept.filter((one) => one.party === party).map((one) => one.did ?? "no key");
    if (here.length === 0)
      fault(party, "key_missing", `${party} ${by} (entry ${seq}): its key ${did} is not there`);
    else if (!here.includes(did))
      fault(
        party,
        "key_differs",
        `${party} ${by} (entry ${seq}): its key was ${did}, and is ${here.join(", ")}`,
      );
  }
  return kept.length;
}
