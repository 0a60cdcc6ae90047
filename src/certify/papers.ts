import { type Shares, sharesIn } from "./holding.ts";
import type { PassportBody } from "./read.ts";

/** A part of what a passport describes, that has a passport of its own. */
export interface PartDescribed {
  readonly passport: string;
  readonly lot: string;
  readonly mass_mg: number;
}

/** What a passport describes, the parts of it that have passports of their own, and what is left to it (C16). */
export interface Described {
  readonly mass_mg: number;
  readonly left_mg: number;
  readonly parts: readonly PartDescribed[];
}

type Paper = Pick<
  PassportBody,
  "passport" | "lot" | "mass_mg" | "feeds_mg" | "part_of" | "issued_by" | "signed_by"
>;

/** Whose a key is, where the log tells it. */
export type PartyOf = (key: string) => string | undefined;

/** Whether two passports are one party's word: by the keys that sign them, or, where only that is known, by its name. */
function isOneIssuers(a: Paper, b: Paper, partyOf: PartyOf): boolean {
  if (a.signed_by !== undefined && b.signed_by !== undefined && a.signed_by !== b.signed_by) {
    const party = partyOf(a.signed_by);
    return party !== undefined && party === partyOf(b.signed_by);
  }
  if (a.signed_by !== undefined && b.signed_by !== undefined) return true;
  return a.issued_by === undefined || b.issued_by === undefined || a.issued_by === b.issued_by;
}

/** Passports that live, and which of them is a part of which: of one that was revoked the parts are parts of what it was part of. */
export class Papers {
  /** In the order of the log. */
  private readonly issued = new Map<string, Paper & { readonly nth: number }>();
  private readonly revoked = new Set<string>();
  private readonly partyOf: PartyOf;

  constructor(partyOf: PartyOf = () => undefined) {
    this.partyOf = partyOf;
  }

  areOneIssuers(a: Paper, b: Paper): boolean {
    return isOneIssuers(a, b, this.partyOf);
  }

  issue(paper: Paper): void {
    if (!this.issued.has(paper.passport))
      this.issued.set(paper.passport, { ...paper, nth: this.issued.size });
  }

  revoke(passport: string): void {
    this.revoked.add(passport);
  }

  get(passport: string): Paper | undefined {
    return this.issued.get(passport);
  }

  lives(passport: string): boolean {
    return this.issued.has(passport) && !this.revoked.has(passport);
  }

  /** A passport, or where it was revoked the one it was a part of. */
  nearestLiving(passport: string): Paper | undefined {
    const paper = this.issued.get(passport);
    return paper && this.revoked.has(passport) ? this.motherOf(paper) : paper;
  }

  /** The nearest passport that lives among those it is part of, one inside the other; none where it stands by itself. */
  motherOf(paper: Paper): Paper | undefined {
    let now = this.issued.get(paper.passport);
    while (now) {
      const mother = now.part_of && this.issued.get(now.part_of.passport);
      // What came later, and what is another party's word, it is no part of: nobody speaks for another.
      if (!mother || mother.nth >= now.nth || !this.areOneIssuers(now, mother)) return undefined;
      if (!this.revoked.has(mother.passport)) return mother;
      now = mother;
    }
    return undefined;
  }

  /** Those that live and are its parts at first hand. */
  partsOf(passport: string): Paper[] {
    return [...this.issued.values()].filter(
      (paper) => paper.part_of && this.lives(paper.passport) && this.motherOf(paper)?.passport === passport,
    );
  }

  described(passport: string): Described | undefined {
    const paper = this.issued.get(passport);
    if (!paper) return undefined;
    const parts = this.partsOf(passport).map(({ passport: part, lot, mass_mg }) => ({
      ...{ passport: part, lot, mass_mg },
    }));
    const taken = parts.reduce((sum, part) => sum + part.mass_mg, 0);
    return { mass_mg: paper.mass_mg, left_mg: Math.max(0, paper.mass_mg - taken), parts };
  }

  /** What of the claims of a passport its parts have not claimed. */
  claimsLeft(passport: string): Shares {
    const left: Record<string, Record<string, number>> = {};
    for (const [feed, element, mg] of sharesIn(this.issued.get(passport)?.feeds_mg ?? {}))
      left[feed] = { ...left[feed], [element]: mg };
    for (const part of this.partsOf(passport))
      for (const [feed, element, mg] of sharesIn(part.feeds_mg))
        left[feed] = { ...left[feed], [element]: (left[feed]?.[element] ?? 0) - mg };
    return left;
  }
}
