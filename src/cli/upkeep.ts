import type { Refusal, Result } from "../quantity/index.ts";
import type { OwnVerb } from "./help.ts";
import type { Asks } from "./where.ts";

/** A verb that is the command line's own: upkeep of the books, and of who speaks from here. */
export interface Upkeep extends OwnVerb {
  /** The one word by which an earlier release called it; understood, and shown nowhere. */
  readonly formerly?: string;
  /** What it works on; a data folder alone where nothing is said. */
  readonly asks?: Exclude<Asks, "no books">;
  /** Why it takes no words: what stands there may be a secret, and is not repeated. */
  readonly hides?: string;
  /** Nothing is answered where it wrote its output itself. */
  run(given: {
    readonly words: readonly string[];
    /** By their names with underscores. */
    readonly flags: Readonly<Record<string, string>>;
    readonly dataDir: string | undefined;
    /** The server that was named, and where; absent on a data folder. */
    readonly server?: { readonly server: string; readonly at: string };
    readonly stdin: AsyncIterable<Uint8Array>;
  }): Promise<Result<object | undefined, Refusal>>;
}
