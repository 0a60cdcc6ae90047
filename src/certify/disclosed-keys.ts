import { proofFault, signerOf } from "./proof.ts";
import type { KeyBornBody, KeyRetiredBody, KeyRevokedBody } from "./read.ts";

/** When a key stopped being its party's word. */
export interface KeyEnd {
  readonly seq: number;
  readonly time: string;
  readonly how: "retired" | "revoked";
  readonly why: string;
  /** Of one that was revoked, from when on nothing counts that it signed. */
  readonly compromised_from?: string;
}

interface Born {
  readonly seq: number;
  readonly party: string;
  readonly adopted: boolean;
}

/** What the log tells of signing keys: whose they are, from where on and up to where (C50 to C53). */
export class DisclosedKeys {
  private readonly born = new Map<string, Born>();
  private readonly ends = new Map<string, KeyEnd>();
  private readonly next = new Map<string, { readonly key: string; readonly at: string }>();
  /** The first entry that tells of any key: the log before it is of a time when none did. */
  private first: number | undefined;

  bear({ key, party, adopted }: KeyBornBody, seq: number): void {
    this.first ??= seq;
    if (!this.born.has(key)) this.born.set(key, { seq, party, adopted: adopted === true });
  }

  retire({ key, why, next, succession }: KeyRetiredBody, { seq, time }: { seq: number; time: string }): void {
    this.first ??= seq;
    if (!this.ends.has(key)) this.ends.set(key, { seq, time, how: "retired", why });
    if (next === undefined || !succession || proofFault(succession) || signerOf(succession) !== key) return;
    const { type, key: of, next: to, at } = succession as Readonly<Record<string, unknown>>;
    // A key hands its word over once: what it signs after that is nobody's.
    if (this.next.has(key)) return;
    if (type === "DidymKeySuccession" && of === key && to === next && typeof at === "string")
      this.next.set(key, { key: next, at });
  }

  revoke({ key, why, compromised_from }: KeyRevokedBody, { seq, time }: { seq: number; time: string }): void {
    this.first ??= seq;
    const before = this.ends.get(key);
    const from =
      before?.compromised_from !== undefined &&
      Date.parse(before.compromised_from) < Date.parse(compromised_from)
        ? before.compromised_from
        : compromised_from;
    this.ends.set(key, {
      ...{ seq: before?.seq ?? seq, time: before?.time ?? time },
      ...{ how: "revoked", why, compromised_from: from },
    });
  }

  endOf(key: string): KeyEnd | undefined {
    return this.ends.get(key);
  }

  /** Whose key it is, as the log says; it is asked of two keys whether they are one party's. */
  partyOf(key: string): string | undefined {
    return this.born.get(key)?.party;
  }

  /** Why a key was not its party's at an entry; undefined where nothing speaks against it. */
  strangerAt(key: string, seq: number): string | undefined {
    const born = this.born.get(key);
    if (!born)
      return this.first !== undefined && this.first < seq
        ? `the log tells of keys since entry ${this.first}, and of none such: ${key} was never taken into use`
        : undefined;
    if (born.adopted || born.seq < seq) return undefined;
    return `its key was taken into use by entry ${born.seq}, after entry ${seq} that it should have signed`;
  }

  tellsOf(key: string): boolean {
    return this.born.has(key);
  }

  /** Whether the holder of one key handed its word over to another, one after the other, while it was still its own (C52). */
  leadsTo(from: string, to: string, may: (key: string) => boolean = () => true): boolean {
    const seen = new Set<string>();
    for (let key = from; !seen.has(key); ) {
      seen.add(key);
      const next = this.next.get(key);
      const stolen = this.ends.get(key)?.compromised_from;
      if (!next || !may(key) || (stolen !== undefined && Date.parse(next.at) >= Date.parse(stolen)))
        return false;
      if (next.key === to) return true;
      key = next.key;
    }
    return false;
  }
}
