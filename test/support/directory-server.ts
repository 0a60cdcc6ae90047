import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Context } from "oidc-provider";

export const CLIENT = { client_id: "didym", client_secret: "a secret that the directory told once" };

/** Somebody of a firm, as its directory knows them. */
export interface Member {
  readonly name: string;
  readonly groups: readonly string[];
}

type Claims = Record<string, unknown>;

/** An ID token in the place of the one that was to be told. */
export type Forgery = (given: {
  readonly claims: Claims;
  readonly signed: (claims: Claims, by?: Signing) => string;
}) => string;

interface Signing {
  readonly alg?: string;
  readonly key?: KeyObject;
}

export interface DirectoryServer {
  readonly issuer: string;
  /** By the name that they sign in with; who is taken out has left. */
  readonly members: Map<string, Member>;
  /** What is told in the place of ID tokens, from now on. */
  forge(forgery: Forgery | undefined): void;
  /** Whether it answers at all. */
  away(is: boolean): void;
  /** How often it was asked for tokens. */
  asked(): number;
  close(): void;
}

export interface DirectoryLike {
  /** By which name of this machine it calls itself; another than that of the pages is another site. */
  readonly at?: "localhost" | "127.0.0.1";
  /** Where it may send browsers back to. */
  readonly callbacks: readonly string[];
  /** Whether it gives something to be asked by again. */
  readonly refresh?: boolean;
  /** Whether groups stand where more is told of a person, and not in the ID token. */
  readonly lean?: boolean;
}

/** Made once: each takes a processor a while. */
const KEY = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const HOUR_S = 3600;

/** Warns that it is a provider for tests, which it is. */
function unwarned<T>(make: () => T): T {
  const { warn } = console;
  console.warn = () => {};
  try {
    return make();
  } finally {
    console.warn = warn;
  }
}

const part = (of: object) => Buffer.from(JSON.stringify(of)).toString("base64url");

function signed(claims: Claims, { alg = "RS256", key = KEY }: Signing = {}): string {
  const text = `${part({ alg, typ: "JWT", kid: "k-1" })}.${part(claims)}`;
  const signature = alg === "none" ? "" : sign("sha256", Buffer.from(text), key).toString("base64url");
  return `${text}.${signature}`;
}

const claimsIn = (token: string): Claims =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));

/** The grant that somebody's firm gave for them: nobody is asked. */
async function granted({ oidc }: Context) {
  if (!oidc) return undefined;
  const grant = new oidc.provider.Grant({
    ...{ accountId: oidc.session?.accountId, clientId: oidc.client?.clientId },
  });
  grant.addOIDCScope("openid profile email groups offline_access");
  await grant.save();
  return grant;
}

/** What the provider is told to be: as directories of firms usually are, without pages that ask for consent. */
const configurationOf = (given: DirectoryLike, members: ReadonlyMap<string, Member>) => ({
  clients: [
    {
      ...{ ...CLIENT, redirect_uris: given.callbacks },
      ...{ grant_types: ["authorization_code", "refresh_token"], response_types: ["code"] },
    },
  ],
  jwks: { keys: [{ ...KEY.export({ format: "jwk" }), kid: "k-1", use: "sig", alg: "RS256" }] },
  cookies: { keys: ["of the tests alone"] },
  scopes: ["openid", "offline_access"],
  claims: { openid: ["sub", "groups"], profile: ["name"], email: ["email"] },
  conformIdTokenClaims: given.lean === true,
  pkce: { required: () => true },
  ttl: Object.fromEntries(
    ["Interaction", "Grant", "Session", "AccessToken", "RefreshToken", "IdToken", "AuthorizationCode"].map(
      (kind) => [kind, HOUR_S],
    ),
  ),
  rotateRefreshToken: true,
  issueRefreshToken: async () => given.refresh !== false,
  loadExistingGrant: granted,
  async findAccount(_: unknown, id: string) {
    const member = members.get(id);
    return member && { accountId: id, claims: async () => ({ sub: id, ...member }) };
  },
});

/** A firm's directory: a provider of OpenID Connect, on loopback, over HTTP. */
export async function directoryServer(given: DirectoryLike): Promise<DirectoryServer> {
  const members = new Map<string, Member>();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://${given.at ?? "localhost"}:${(server.address() as AddressInfo).port}`;
  let forgery: Forgery | undefined;
  let [away, asked] = [false, 0];
  const provider = unwarned(() => new Provider(issuer, configurationOf(given, members)));
  provider.use(async (context, next) => {
    await next();
    if (context.oidc?.route !== "token") return;
    asked++;
    const body = context.body as { id_token?: string };
    if (forgery === undefined || body.id_token === undefined) return;
    context.body = { ...body, id_token: forgery({ claims: claimsIn(body.id_token), signed }) };
  });
  const answer = provider.callback();
  server.on("request", (request, response) => {
    if (!away) return answer(request, response);
    response.writeHead(503).end();
  });
  return {
    ...{ issuer, members, asked: () => asked },
    forge: (next) => {
      forgery = next;
    },
    away: (is) => {
      away = is;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
