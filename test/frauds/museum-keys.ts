import { addProof, type Json, methodOf } from "../../src/certify/index.ts";
import { sha256Hex } from "../../src/quantity/index.ts";
import {
  type Bodies,
  check,
  ended,
  makeSigner,
  signed,
  type World,
  worldWith,
} from "../support/passport-world.ts";
import { type Fraud, saidBy } from "./museum.ts";

/** What the old key signs of the new one. */
export const succession = (from: ReturnType<typeof makeSigner>, to: string, signer = from): Promise<Json> => {
  const at = "2026-03-20T00:00:00.000Z";
  const said = { type: "DidymKeySuccession", party: "refiner", key: from.did, next: to, at };
  return addProof(said, { verificationMethod: methodOf(signer.did), created: at }, signer.sign);
};

export const born = (key: string, more: object = {}): Bodies[number] => [
  "signing_key_born",
  { party: "refiner", key, from: "2026-03-01T00:00:00.000Z", ...more },
];
export const retired = (key: string, more: object = {}): Bodies[number] => [
  "signing_key_retired",
  { party: "refiner", key, until: "2026-03-20T00:00:00.000Z", why: "a new one every year", ...more },
];
export const revoked = (key: string, compromised_from: string): Bodies[number] => [
  "signing_key_revoked",
  {
    ...{ party: "refiner", key, until: "2026-03-20T00:00:00.000Z", compromised_from },
    ...{ why: "its disk was stolen", passports: [] },
  },
];

interface Told {
  /** What the log tells of keys, before everything else and at its end. */
  readonly first?: Bodies;
  readonly last?: Bodies;
}

/** A world whose log tells of keys. The passport's digest stands where the log records that it was signed. */
export async function worldOfKeys(tell: (key: string) => Told | Promise<Told>): Promise<World> {
  // The log holds the digest of what is signed on an earlier part of it: written down once the text is there.
  const signer = makeSigner();
  const { first = [], last = [] } = await tell(signer.did);
  const changes = (digest?: string) => ({
    bodies: (bodies: Bodies) => {
      bodies.unshift(...first);
      const sign = bodies.find(([kind, body]) => kind === "passport_signed" && body["passport"] === "P-1");
      if (sign && digest !== undefined) sign[1]["credential_digest"] = digest;
      bodies.push(...last);
    },
    facts: (facts: { issuer: object }) => {
      facts.issuer = { id: signer.did, name: "Sample Refiner" };
    },
  });
  const { proof: _, ...unsigned } = (await worldWith(changes() as never)).credential;
  const credential = await signed(unsigned, signer);
  const world = await worldWith(changes(sha256Hex(JSON.stringify(credential, null, 2))) as never);
  return { ...world, signer, credential, bundle: await ended(world.entries, "OX-1", { signer }) };
}

/** A firm's next key, or a stranger's. */
export const someoneElse = makeSigner();

/** A forgery in a log that tells of keys. */
export const inTheLogOfKeys = (
  told: Pick<Fraud, "forged" | "named">,
  tell: (words: { born: typeof born; retired: typeof retired; revoked: typeof revoked }) => {
    readonly before: (key: string) => Bodies;
    readonly last?: (key: string) => Bodies;
  },
  change: (world: World) => Promise<Parameters<typeof check>[1]> | undefined = () => undefined,
): Fraud => ({
  ...{ by: "issuer", looks: "verifier", ...told },
  async forge() {
    const { before, last } = tell({ born, retired, revoked });
    const world = await worldOfKeys((key) => ({ first: before(key), last: last?.(key) ?? [] }));
    return saidBy(check(world, await change(world)));
  },
});
