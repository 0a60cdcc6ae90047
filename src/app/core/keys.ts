import type { SignatureAlgorithm } from "../../certify/index.ts";
import type { Refusal, Result } from "../../quantity/index.ts";

/**
 * Signing keys of the parties, each by its did:key. The secret never leaves the adapter: a file's, a KMS's or an HSM's
 * (`docs/guides/keep-signing-keys.md`). The books say whose a key is and when; here is only what can be signed with.
 */
export interface Keys {
  /** Keys kept here for a party, oldest first, whether they can be opened or not. */
  held(party: string): Promise<readonly HeldKey[]>;
  /**
   * A new key. It is nobody's until an entry tells of its birth; one that was made and never told of is given again, so that a
   * command that was overtaken leaves no more than one behind. Where no kind is asked for it is of the adapter's own.
   */
  make(party: string, as?: SignatureAlgorithm): Promise<Result<string, KeysRefusal>>;
  /** A signature by a key that is held, of 64 bytes: of Ed25519, or r and s of P-256. */
  sign(key: string, message: Uint8Array): Promise<Result<Uint8Array, KeysRefusal>>;
}

export type KeysRefusal = Refusal<"keys_locked" | "keys_absent">;

export interface HeldKey {
  readonly key: string;
  /** It was in use before keys had entries. */
  readonly adopted: boolean;
}

/** Keeps secrets where others can read: sealed for a place, so that one cannot be put where another was. */
export interface KeySeal {
  seal(secret: Uint8Array, place: string): Promise<string>;
  /** Undefined where it was sealed under another key file or passphrase, for another place, or changed. */
  open(sealed: string, place: string): Promise<Uint8Array | undefined>;
}
