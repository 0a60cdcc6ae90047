// Which passports live and which is inside which, as the auditor has it: on purpose without the code that folded it first.

type Feeds = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface AuditedPassport {
  readonly passport: string;
  readonly lot: string;
  readonly mass_mg: number;
  readonly feeds_mg?: Feeds;
  readonly part_of?: { readonly passport: string; readonly mass_mg: number };
  readonly issued_by?: string;
  readonly signed_by?: string;
}

export class AuditedPapers {
  private readonly known = new Map<string, AuditedPassport>();
  private readonly dead = new Set<string>();
  /** By passport: the one it is a part of, fixed when it was issued. */
  private readonly inside = new Map<string, string>();

  /** Whose each key is, of those that entries tell of. */
  private readonly holders = new Map<string, string>();

  /** What entries say beside passports: whose keys are whose. */
  hear(kind: string, body: { readonly key?: string; readonly party?: string }): void {
    if (kind === "signing_key_born") this.holders.set(body.key ?? "", body.party ?? "");
  }

  private areOfTwo(a: AuditedPassport, b: AuditedPassport): boolean {
    const differ = (x: string | undefined, y: string | undefined) =>
      x !== undefined && y !== undefined && x !== y;
    if (a.signed_by === undefined || b.signed_by === undefined) return differ(a.issued_by, b.issued_by);
    if (a.signed_by === b.signed_by) return false;
    const holder = this.holders.get(a.signed_by);
    return holder === undefined || holder !== this.holders.get(b.signed_by);
  }

  /** Takes a passport in; answers in words what is wrong with what it says it is a part of. */
  issue(paper: AuditedPassport): string | undefined {
    const { passport, part_of } = paper;
    const whole = part_of && this.known.get(part_of.passport);
    if (!this.known.has(passport)) this.known.set(passport, paper);
    if (!part_of) return undefined;
    if (!whole) return `${passport} is part of ${part_of.passport}, which nobody had issued`;
    if (this.areOfTwo(paper, whole))
      return `${passport} is part of ${whole.passport}, which another party issued`;
    this.inside.set(passport, whole.passport);
    const mother = this.motherOf(passport);
    if (mother === undefined) return undefined;
    const left = this.claimsLeft(mother);
    for (const [feed, elements] of Object.entries(paper.feeds_mg ?? {}))
      for (const element of Object.keys(elements))
        if ((left.get(`${feed}|${element}`) ?? 0) < 0)
          return `${passport} is part of ${mother} and claims more of ${element} on ${feed} than is left of that`;
    return undefined;
  }

  revoke(passport: string): void {
    this.dead.add(passport);
  }

  massOf(passport: string): number {
    return this.known.get(passport)?.mass_mg ?? 0;
  }

  /** A passport, or where it was revoked the nearest one around it that lives. */
  nearestLiving(passport: string): string | undefined {
    return this.dead.has(passport) ? this.motherOf(passport) : passport;
  }

  /** The nearest one around it that lives. */
  motherOf(passport: string): string | undefined {
    let whole = this.inside.get(passport);
    while (whole !== undefined && this.dead.has(whole)) whole = this.inside.get(whole);
    return whole;
  }

  partsOf(passport: string): AuditedPassport[] {
    return [...this.known.values()].filter(
      (p) => !this.dead.has(p.passport) && this.motherOf(p.passport) === passport,
    );
  }

  private claimsLeft(passport: string): Map<string, number> {
    const left = new Map<string, number>();
    const count = (paper: AuditedPassport | undefined, sign: 1 | -1) => {
      for (const [feed, elements] of Object.entries(paper?.feeds_mg ?? {}))
        for (const [element, mg] of Object.entries(elements))
          left.set(`${feed}|${element}`, (left.get(`${feed}|${element}`) ?? 0) + sign * mg);
    };
    count(this.known.get(passport), 1);
    for (const part of this.partsOf(passport)) count(part, -1);
    return left;
  }
}
