import type * as Openid from "openid-client";
import type { DirectoryClient, DirectoryDoor, Told } from "../app/core/directories.ts";
import { done, type Result, refuse } from "../quantity/index.ts";
import { type DirectoryRefusal, tells } from "../trust/index.ts";
import { Away, limitedFetch } from "./limited-fetch.ts";

/** Loaded when a directory is first asked: most that starts here never does. */
const library = () => import("openid-client");

const TIMEOUT_S = 10;
/** What a directory says of itself is asked again after this; its keys whenever it names a new one. */
const KNOWN_MS = 10 * 60_000;
const KNOWN_MAX = 200;

/** What is asked for where the directory has it: who it is, their name, and to be asked again. */
const SCOPES = ["openid", "profile", "email", "offline_access"];

const AWAY = refuse(
  "directory_away",
  "directory",
  "your firm's directory does not answer, or does not know Didym as its client: try again in a minute",
);
const FAILED = refuse(
  "sign_in_failed",
  "sign-in",
  "what your firm's directory said lets nobody in here: sign in again, or ask your administrator",
);

/** Firms' directories by OpenID Connect: the code flow with PKCE, ID tokens verified with the issuer's keys. */
export function openidDirectories(): DirectoryDoor {
  const known = knownDirectories();
  return {
    address: (client, { carried: { state, nonce, verifier }, callback }) =>
      asking(async () => {
        const { openid, config } = await known(client);
        const parameters = {
          ...{ redirect_uri: callback, scope: scopesFor(config, client), state, nonce },
          code_challenge: await openid.calculatePKCECodeChallenge(verifier),
          code_challenge_method: "S256",
        };
        return openid.buildAuthorizationUrl(config, parameters).href;
      }),
    arrived: (client, { carried, came }) =>
      asking(async () => {
        const directory = await known(client);
        const tokens = await directory.openid.authorizationCodeGrant(directory.config, came, {
          ...{ pkceCodeVerifier: carried.verifier, expectedState: carried.state },
          ...{ expectedNonce: carried.nonce, idTokenExpected: true },
        });
        return toldBy(directory, tokens, { claim: client.claim });
      }),
    again: (client, { by, subject }) =>
      asking(async () => {
        const directory = await known(client);
        const tokens = await directory.openid.refreshTokenGrant(directory.config, by);
        return toldBy(directory, tokens, { claim: client.claim, subject, by });
      }),
  };
}

/** What is refused, as the one word for all of it; a directory that is not there is another. */
async function asking<T>(ask: () => Promise<T>): Promise<Result<T, DirectoryRefusal>> {
  try {
    return done(await ask());
  } catch (cause) {
    return isAway(cause) ? AWAY : FAILED;
  }
}

/** Said of Didym, which is its client: nothing is said of a person. */
const OF_ITS_CLIENT = new Set<unknown>(["invalid_client", "unauthorized_client"]);

function isAway(cause: unknown): boolean {
  if (cause instanceof Away) return true;
  if (!(cause instanceof Error)) return false;
  const { code, error } = cause as { code?: string; error?: unknown };
  // The library tells of time that ran out by its own word, and of what failed below it as a cause.
  return code === "OAUTH_TIMEOUT" || OF_ITS_CLIENT.has(error) || isAway(cause.cause);
}

interface Known {
  readonly openid: typeof Openid;
  readonly config: Openid.Configuration;
}

function knownDirectories() {
  const all = new Map<string, { readonly known: Promise<Known>; readonly at: number }>();
  return (client: DirectoryClient): Promise<Known> => {
    const name = JSON.stringify([client.issuer, client.client_id, client.client_secret]);
    const [before, at] = [all.get(name), performance.now()];
    if (before && at - before.at < KNOWN_MS) return before.known;
    if (all.size >= KNOWN_MAX) all.clear();
    const known = discovered(client);
    all.set(name, { known, at });
    // Where it was away it is asked again by the next.
    known.catch(() => all.delete(name));
    return known;
  };
}

async function discovered({ issuer, client_id, client_secret }: DirectoryClient): Promise<Known> {
  const openid = await library();
  const execute = [openid.enableNonRepudiationChecks];
  if (issuer.startsWith("http:")) execute.push(openid.allowInsecureRequests);
  try {
    const config = await openid.discovery(new URL(issuer), client_id, client_secret, undefined, {
      ...{ execute, timeout: TIMEOUT_S },
      [openid.customFetch]: limitedFetch as Openid.CustomFetch,
    });
    return { openid, config };
  } catch (cause) {
    throw new Away("it does not say that it is a directory", { cause });
  }
}

/** All that is usual and it has, where it says what it has, and what its firm says beside. */
function scopesFor(config: Openid.Configuration, { scopes }: DirectoryClient): string {
  const has = config.serverMetadata().scopes_supported;
  const usual = SCOPES.filter((scope) => scope === "openid" || !has || has.includes(scope));
  return [...new Set([...usual, ...scopes])].join(" ");
}

type Tokens = Pick<
  Openid.TokenEndpointResponse & Openid.TokenEndpointResponseHelpers,
  "access_token" | "refresh_token" | "claims"
>;

/** Whom tokens are of. A role may stand in the ID token, or where more is told of a person. */
async function toldBy(
  { openid, config }: Known,
  tokens: Tokens,
  expected: { readonly claim: string; readonly subject?: string; readonly by?: string },
): Promise<Told> {
  const signed = tokens.claims();
  const subject = expected.subject ?? signed?.sub;
  if (subject === undefined || (signed !== undefined && signed.sub !== subject))
    throw new Error("it is nobody's, or another's");
  const asksMore =
    signed === undefined ||
    (!tells(signed, expected.claim) && config.serverMetadata().userinfo_endpoint !== undefined);
  // The library holds its answer against the subject.
  const more = asksMore ? await openid.fetchUserInfo(config, tokens.access_token, subject) : {};
  const again = tokens.refresh_token ?? expected.by;
  return { subject, claims: { ...more, ...signed }, ...(again === undefined ? {} : { again }) };
}
