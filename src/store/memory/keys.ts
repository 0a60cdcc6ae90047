import { createHash } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import type { HeldKey, Keys } from "../../app/core/keys.ts";
import type { LedgerStore } from "../../app/core/ports.ts";
import { didKeyOf, type SignatureAlgorithm } from "../../certify/index.ts";
import { assert, done, refuse } from "../../quantity/index.ts";

export interface MemoryKeys extends Keys {
  /** Nothing that was there can be signed with from now on, as after a restore without keys. */
  forget(): void;
}

interface Pair {
  readonly as: SignatureAlgorithm;
  readonly key: string;
  readonly secret: Uint8Array;
}

/** Public keys are slow to work out, and the same in every book of a process. */
const pairs = new Map<string, Pair>();

/** A party's nth key, which follows from its name. */
function pairOf(party: string, nth: number, as: SignatureAlgorithm = "Ed25519"): Pair {
  const name = `${nth === 0 ? party : `${party}|${nth}`}${as === "Ed25519" ? "" : ` ${as}`}`;
  const before = pairs.get(name);
  if (before) return before;
  const secret = new Uint8Array(createHash("sha256").update(name).digest());
  const pair = { as, secret, key: didKeyOf((as === "P-256" ? p256 : ed25519).getPublicKey(secret), as) };
  pairs.set(name, pair);
  return pair;
}

/** More keys than a party has in the life of a test. */
const KEYS_MAX = 100;

/** Keys that follow from the names of the parties and from what the books tell: a life told again has the same. */
export function memoryKeys(store: Pick<LedgerStore, "load">): MemoryKeys {
  const gone = new Set<string>();
  /** The party's keys that the books tell of, and the number of the next one. */
  async function keysOf(party: string): Promise<{ readonly told: Pair[]; readonly next: number }> {
    const told: Pair[] = [];
    for (let nth = 0; nth < KEYS_MAX; nth++) {
      const pair = (await isTold(pairOf(party, nth))) ?? (await isTold(pairOf(party, nth, "P-256")));
      if (!pair) return { told, next: nth };
      told.push(pair);
    }
    throw new Error(`${party} has more than ${KEYS_MAX} keys`);
  }
  async function isTold(pair: Pair): Promise<Pair | undefined> {
    return (await store.load("signing_key", pair.key)) || gone.has(pair.key) ? pair : undefined;
  }
  return {
    async held(party): Promise<HeldKey[]> {
      const { told } = await keysOf(party);
      return told.filter(({ key }) => !gone.has(key)).map(({ key }) => ({ key, adopted: false }));
    },
    make: async (party, as) => done(pairOf(party, (await keysOf(party)).next, as).key),
    async sign(key, message) {
      const pair = [...pairs.values()].find((one) => one.key === key);
      if (!pair || gone.has(key))
        return refuse("keys_absent", "key", `the secret of ${key} is not kept here`);
      const signature =
        pair.as === "P-256" ? p256.sign(message, pair.secret) : ed25519.sign(message, pair.secret);
      assert(signature.length === 64, "a signature has 64 bytes");
      return done(signature);
    },
    forget() {
      for (const { key } of pairs.values()) gone.add(key);
    },
  };
}
