import { createHash } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import type { HeldKey, Keys } from "../../app/core/keys.ts";
import type { LedgerStore } from "../../app/core/ports.ts";
import { didKeyOf } from "../../certify/index.ts";
import { assert, done, refuse } from "../../quantity/index.ts";

export interface MemoryKeys extends Keys {
  /** Nothing that was there can be signed with from now on, as after a restore without keys. */
  forget(): void;
}

interface Pair {
  readonly key: string;
  readonly secret: Uint8Array;
}

/** Public keys are slow to work out, and the same in every book of a process. */
const pairs = new Map<string, Pair>();

/** A party's nth key, which follows from its name. */
function pairOf(party: string, nth: number): Pair {
  const name = nth === 0 ? party : `${party}|${nth}`;
  const before = pairs.get(name);
  if (before) return before;
  const secret = new Uint8Array(createHash("sha256").update(name).digest());
  const pair = { secret, key: didKeyOf(ed25519.getPublicKey(secret)) };
  pairs.set(name, pair);
  return pair;
}

/** More keys than a party has in the life of a test. */
const KEYS_MAX = 100;

/** Keys that follow from the names of the parties and from what the books tell: a life told again has the same. */
export function memoryKeys(store: Pick<LedgerStore, "load">): MemoryKeys {
  const gone = new Set<string>();
  /** The party's keys that the books tell of, and the next one. */
  async function keysOf(party: string): Promise<{ readonly told: Pair[]; readonly next: Pair }> {
    const told: Pair[] = [];
    for (let nth = 0; nth < KEYS_MAX; nth++) {
      const pair = pairOf(party, nth);
      if (!(await store.load("signing_key", pair.key)) && !gone.has(pair.key)) return { told, next: pair };
      told.push(pair);
    }
    throw new Error(`${party} has more than ${KEYS_MAX} keys`);
  }
  return {
    async held(party): Promise<HeldKey[]> {
      const { told } = await keysOf(party);
      return told.filter(({ key }) => !gone.has(key)).map(({ key }) => ({ key, adopted: false }));
    },
    make: async (party) => done((await keysOf(party)).next.key),
    async sign(key, message) {
      const pair = [...pairs.values()].find((one) => one.key === key);
      if (!pair || gone.has(key))
        return refuse("keys_absent", "key", `the secret of ${key} is not kept here`);
      const signature = ed25519.sign(message, pair.secret);
      assert(signature.length === 64, "an Ed25519 signature has 64 bytes");
      return done(signature);
    },
    forget() {
      for (const { key } of pairs.values()) gone.add(key);
    },
  };
}
