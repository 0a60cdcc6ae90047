import { isIP } from "node:net";
import type {
  AuthenticationResponseJSON,
  RegistrationResponseJSON,
  VerifiedAuthenticationResponse,
  VerifiedRegistrationResponse,
} from "@simplewebauthn/server";
import type { Context } from "hono";
import { z } from "zod";
import type { Challenge, Passkey, PeopleBeside } from "../../app/core/people-beside.ts";
import { done, refuse, sha256Hex } from "../../quantity/index.ts";

const HELD_MS = 5 * 60_000;

/** EdDSA, ES256 and RS256: what devices have. Later ones are an experiment of Node's, which says so on the terminal. */
const ALGORITHMS = [-8, -7, -257];

/** Loaded when somebody first signs in: a server answers its first page without it. */
const webauthn = () => import("@simplewebauthn/server");

/** The name this server was asked by, which a passkey belongs to, and the pages of it that may ask for one. */
export function nameAsked(c: Context) {
  const host = (c.req.header("host") ?? new URL(c.req.url).host).toLowerCase();
  const name = host.replace(/:\d+$/, "");
  if (isIP(name.replace(/^\[|\]$/g, "")) !== 0)
    return refuse(
      "passkey_needs_name",
      "host",
      "a passkey belongs to a name, and this page was opened by an address: on this machine open it as localhost, elsewhere by the name it is served under (--name)",
    );
  const local = name === "localhost" || name.endsWith(".localhost");
  // Browsers make passkeys over TLS alone, but for this machine; a proxy may stand between.
  return done({ name, origins: [`https://${host}`, ...(local ? [`http://${host}`] : [])] });
}

/** What a browser says, in the shape that WebAuthn gives it in JSON (level 3, 5.1). */
const Text = z.string().max(16_384);
const Said = {
  ...{ id: Text, rawId: Text, type: z.literal("public-key") },
  authenticatorAttachment: z.string().max(40).nullish(),
  clientExtensionResults: z.record(z.string(), z.unknown()),
};
export const MadePasskey = z.strictObject({
  ...Said,
  response: z.strictObject({
    ...{ clientDataJSON: Text, attestationObject: Text, authenticatorData: Text.optional() },
    transports: z.array(z.string().max(40)).max(20).optional(),
    ...{ publicKeyAlgorithm: z.number().optional(), publicKey: Text.optional() },
  }),
});
export const ShownPasskey = z.strictObject({
  ...Said,
  response: z.strictObject({
    ...{ clientDataJSON: Text, authenticatorData: Text, signature: Text, userHandle: Text.nullish() },
  }),
});

type Asking = {
  readonly purpose: string;
  readonly body?: Readonly<Record<string, string>>;
  readonly now: Date;
};

async function keepChallenge(people: PeopleBeside, challenge: string, { purpose, body = {}, now }: Asking) {
  const until = new Date(now.getTime() + HELD_MS).toISOString();
  await people.challenges.keep({ digest: sha256Hex(challenge), purpose, body, until });
}

/** What a device is asked to make. Discoverable, so that nobody types who they are; verified, so that a found phone is none. */
export async function askToMake(
  people: PeopleBeside,
  given: Asking & {
    readonly under: string;
    /** The device tells passkeys of one person by it, and replaces its own. */
    readonly handle: string;
    readonly called: string;
    readonly known: readonly Passkey[];
  },
) {
  const { generateRegistrationOptions } = await webauthn();
  const options = await generateRegistrationOptions({
    ...{ rpName: "Didym", rpID: given.under, timeout: HELD_MS, attestationType: "none" },
    ...{ userName: given.called, userDisplayName: given.called },
    userID: Uint8Array.from(Buffer.from(sha256Hex(given.handle), "hex")),
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    excludeCredentials: given.known.map(({ id }) => ({ id })),
  });
  await keepChallenge(people, options.challenge, given);
  return options;
}

/** What a device is asked to sign. */
export async function askToShow(people: PeopleBeside, given: Asking & { readonly under: string }) {
  const { generateAuthenticationOptions } = await webauthn();
  const options = await generateAuthenticationOptions({
    ...{ rpID: given.under, timeout: HELD_MS, userVerification: "required" },
  });
  await keepChallenge(people, options.challenge, given);
  return options;
}

const OVER = refuse(
  "challenge_over",
  "response",
  "this took longer than five minutes, or was done before: begin again",
);

/** The challenge that was signed, where it was asked here for this; it is used up. */
async function takeSigned(people: PeopleBeside, clientData: string, { purpose, now }: Asking) {
  const signed = challengeIn(clientData);
  const sought = { digest: sha256Hex(signed), purpose, now: now.toISOString() };
  const asked = await people.challenges.take(sought);
  return asked ? done({ signed, asked }) : OVER;
}

function challengeIn(clientData: string): string {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientData, "base64url").toString("utf8"));
    return typeof challenge === "string" ? challenge : "";
  } catch {
    // Verified below by who knows how; what says no challenge answers none.
    return "";
  }
}

type Where = { readonly name: string; readonly origins: readonly string[] };

const NOT_MADE = refuse(
  "passkey_refused",
  "response",
  "this device did not make a passkey that can be used here",
);

/** A passkey that a device made for what was asked. Refusals: challenge_over, passkey_refused. */
export async function verifyMade(
  people: PeopleBeside,
  made: z.infer<typeof MadePasskey>,
  { where, ...asking }: Asking & { readonly where: Where },
) {
  const taken = await takeSigned(people, made.response.clientDataJSON, asking);
  if (!taken.ok) return taken;
  const { verifyRegistrationResponse } = await webauthn();
  let verified: VerifiedRegistrationResponse;
  try {
    verified = await verifyRegistrationResponse({
      response: made as RegistrationResponseJSON,
      ...{ expectedChallenge: taken.value.signed, supportedAlgorithmIDs: ALGORITHMS },
      ...{ expectedOrigin: [...where.origins], expectedRPID: where.name, requireUserVerification: true },
    });
  } catch {
    return NOT_MADE;
  }
  if (!verified.verified) return NOT_MADE;
  const { id, publicKey, counter } = verified.registrationInfo.credential;
  if (await people.ways.passkey(id)) return NOT_MADE;
  const transports = made.response.transports ?? [];
  return done({
    asked: taken.value.asked as Challenge,
    passkey: { id, public_key: publicKey, sign_count: counter, transports, made_under: where.name },
  });
}

const NOBODYS = refuse(
  "sign_in_failed",
  "sign-in",
  "that is nobody's way in here: check what you gave, or ask your administrator for a link",
);
export const SIGN_IN_FAILED = NOBODYS;

/** Whose passkey signed what was asked. Refusals: challenge_over, sign_in_failed. */
export async function verifyShown(
  people: PeopleBeside,
  shown: z.infer<typeof ShownPasskey>,
  { where, ...asking }: Asking & { readonly where: Where },
) {
  const taken = await takeSigned(people, shown.response.clientDataJSON, asking);
  if (!taken.ok) return taken;
  const kept = await people.ways.passkey(shown.id);
  if (!kept) return NOBODYS;
  const { verifyAuthenticationResponse } = await webauthn();
  let verified: VerifiedAuthenticationResponse;
  try {
    verified = await verifyAuthenticationResponse({
      response: shown as AuthenticationResponseJSON,
      expectedChallenge: taken.value.signed,
      ...{ expectedOrigin: [...where.origins], expectedRPID: where.name, requireUserVerification: true },
      credential: { id: kept.id, publicKey: Uint8Array.from(kept.public_key), counter: kept.sign_count },
    });
  } catch {
    return NOBODYS;
  }
  if (!verified.verified) return NOBODYS;
  const used = { sign_count: verified.authenticationInfo.newCounter, at: asking.now.toISOString() };
  return (await people.ways.passkeyUsed(kept.id, used)) ? done(kept.person) : NOBODYS;
}
