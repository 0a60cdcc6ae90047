/** A request that was turned away for who asked it (Z52). */
export interface TurnedAway {
  readonly code: string;
  /** The pattern of the route, never the path. */
  readonly route: string;
  /** Who signed in, by the id of person or token, and for whom; absent where nobody did. */
  readonly by?: string;
  readonly party?: string;
}

/** How often on one day. */
export interface RefusalCount {
  readonly day: string;
  readonly code: string;
  readonly route: string;
  /** Null where nobody signed in. */
  readonly by: string | null;
  readonly party: string | null;
  readonly count: number;
  readonly last_at: string;
}

export interface RefusalsAsked {
  readonly limit: number;
  /** Days from this one on. */
  readonly since?: string;
  /** Of people and tokens of this party alone. */
  readonly party?: string;
  /** The `next` of the page before. */
  readonly after?: string;
}

/** What is kept of refusals: counted beside the books, since nothing happened in the loop. */
export interface RefusalsKept {
  page(asked: RefusalsAsked): Promise<{ readonly items: readonly RefusalCount[]; readonly next?: string }>;
}

/** The codes that are counted: refused for who asked, not for what. */
export const TURNED_AWAY: ReadonlySet<string> = new Set(["not_allowed", "not_signed_in"]);
