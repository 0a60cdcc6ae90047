/** In the order they are shown. */
export const AUDIT_CHECKS = [
  "chain",
  "stocks",
  "closures",
  "claims",
  "shares",
  "takings",
  "times",
  "certificates",
  "signatures",
  "four_eyes",
  "answers",
  "balance",
  "views",
  "documents",
  "passports",
  "keys",
  "guards",
  "heads",
] as const;
export type AuditCheckName = (typeof AUDIT_CHECKS)[number];

export interface AuditCheck {
  readonly name: AuditCheckName;
  readonly result: "passed" | "failed";
  /** How many things were looked at. */
  readonly checked: number;
  readonly faults: number;
  /** Of what was looked at, how much is from before there was anything to hold it against. */
  readonly not_provable?: number;
}

export interface AuditFault {
  /** "entry 17", "record lot/L-3", "document ab…", "head", "views". */
  readonly at: string;
  readonly fault: string;
  readonly why: string;
}

interface EntryFault {
  readonly seq: number;
  readonly fault: string;
  readonly why: string;
}

/** More faults than anyone reads; all are counted. */
const SHOWN_MAX = 50;

/** Gathers what an audit finds. */
export class AuditReport {
  entries = 0;
  private readonly counts = new Map<AuditCheckName, number>();
  private readonly shown: AuditFault[] = [];
  private firstBad: EntryFault | undefined;

  /** Something wrong with one entry. */
  entry(check: AuditCheckName, { seq, fault, why }: EntryFault): void {
    if (!this.firstBad || seq < this.firstBad.seq) this.firstBad = { seq, fault, why };
    this.other(check, { at: `entry ${seq}`, fault, why });
  }

  /** Something wrong that is not the fault of one entry. */
  other(check: AuditCheckName, fault: AuditFault): void {
    this.counts.set(check, (this.counts.get(check) ?? 0) + 1);
    if (this.shown.length < SHOWN_MAX) this.shown.push(fault);
  }

  /** The first bad entry comes first among the faults. */
  conclude(
    checked: Readonly<Record<AuditCheckName, number>>,
    notProvable: Readonly<Partial<Record<AuditCheckName, number>>> = {},
  ) {
    const { firstBad } = this;
    const isFirst = (fault: AuditFault) => fault.at === `entry ${firstBad?.seq}`;
    const first = firstBad && { at: `entry ${firstBad.seq}`, fault: firstBad.fault, why: firstBad.why };
    const faults = [...this.shown.filter(isFirst), ...this.shown.filter((fault) => !isFirst(fault))];
    return {
      clean: this.counts.size === 0,
      ...(firstBad ? { first_bad: firstBad } : {}),
      checks: AUDIT_CHECKS.map((name) => {
        const faults = this.counts.get(name) ?? 0;
        return {
          name,
          result: faults === 0 ? ("passed" as const) : ("failed" as const),
          checked: checked[name],
          faults,
          ...(notProvable[name] === undefined ? {} : { not_provable: notProvable[name] }),
        };
      }),
      not_provable: Object.values(notProvable).reduce((sum, count) => sum + count, 0),
      faults: first && !this.shown.some(isFirst) ? [first, ...faults] : faults,
    };
  }
}
