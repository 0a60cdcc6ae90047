import type { Result } from "../../quantity/index.ts";
import type { DirectoryRefusal } from "../../trust/index.ts";

/** As whom a directory is asked. */
export interface DirectoryClient {
  readonly issuer: string;
  readonly client_id: string;
  readonly client_secret: string;
  /** What is asked for beside the usual. */
  readonly scopes: readonly string[];
  /** The claim that a role is told by. */
  readonly claim: string;
}

/** What a directory tells of somebody. */
export interface Told {
  readonly subject: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** By which it is asked again; not every directory gives one. */
  readonly again?: string;
}

/** What a browser carries while its owner is with their directory; nobody else can work it out. */
export interface Carried {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Firms' directories, as they are asked: by OpenID Connect. */
export interface DirectoryDoor {
  /** Where a browser is sent, to come back at `callback`. */
  address(
    client: DirectoryClient,
    given: { readonly carried: Carried; readonly callback: string },
  ): Promise<Result<string, DirectoryRefusal>>;
  /** Whom it tells of, to who came back to `came`. */
  arrived(
    client: DirectoryClient,
    given: { readonly carried: Carried; readonly came: URL },
  ): Promise<Result<Told, DirectoryRefusal>>;
  /** Whom it tells of now; refused where it tells of nobody any more, or of another. */
  again(
    client: DirectoryClient,
    given: { readonly by: string; readonly subject: string },
  ): Promise<Result<Told, DirectoryRefusal>>;
}

/** Until when a directory answered for a session, and what it is asked again by. */
export interface Vouched {
  /** Of the session. */
  readonly digest: string;
  /** As whom it was asked. */
  readonly client: string;
  readonly until: string;
  /** Subject and refresh token, sealed under what the session shows. */
  readonly sealed: string;
}

/** What is kept of directories beside the books. */
export interface DirectoriesBeside {
  /** In the place of the one before. */
  keepSecret(party: string, sealed: string): Promise<void>;
  secretOf(party: string): Promise<string | undefined>;
  forgetSecret(party: string): Promise<void>;
  /** Who it is, by the digest of issuer and subject. */
  linked(digest: string): Promise<string | undefined>;
  /** Of several that link one at once, the first is held to; answers who it is. */
  link(digest: string, person: string): Promise<string>;
  /** It ends with its session. */
  vouch(vouched: Vouched): Promise<void>;
  vouched(digest: string): Promise<Vouched | undefined>;
  /** The right to ask again, until then; false where another has it. */
  takeTurn(digest: string, turn: { readonly now: string; readonly until: string }): Promise<boolean>;
  endTurn(digest: string): Promise<void>;
}

/** Seals a text under another that nobody can guess and no server keeps. */
export interface BearerSeal {
  seal(text: string, bearer: string): string;
  open(sealed: string, bearer: string): string | undefined;
}

export interface Directories {
  readonly beside: DirectoriesBeside;
  readonly door: DirectoryDoor;
  readonly seal: BearerSeal;
}
