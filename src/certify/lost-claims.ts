/** Weighing loses at most a hundredth of what a passport describes, over all divisions of it together (ledger L36). */
const MOST_BY_WEIGHING = 0.01;

/** What divisions did not make of the matter that passports describe, however many steps it took (C17). */
export class LostClaims {
  private readonly lost = new Map<
    string,
    { readonly mass_mg: number; readonly seq: number; readonly lot: string }
  >();

  /** `sign` -1 takes a step back. */
  take(
    of: ReadonlyMap<string, number>,
    where: { readonly seq: number; readonly lot: string },
    sign: 1 | -1,
  ): void {
    for (const [passport, mg] of of) {
      const mass_mg = (this.lost.get(passport)?.mass_mg ?? 0) + sign * mg;
      this.lost.set(passport, { ...where, mass_mg });
    }
  }

  /** What a part lost, the whole lost, once the part is the whole's again. */
  passTo(part: string, whole: string | undefined): void {
    const lost = this.lost.get(part);
    this.lost.delete(part);
    if (lost && whole !== undefined) this.take(new Map([[whole, lost.mass_mg]]), lost, 1);
  }

  /** Passports of whose matter more is lost than weighing explains. */
  *beyondWeighing(massOf: (passport: string) => number) {
    for (const [passport, { mass_mg, seq, lot }] of this.lost) {
      const whole_mg = massOf(passport);
      if (mass_mg > MOST_BY_WEIGHING * whole_mg + 1)
        yield { passport, seq, lot, how: `was divided, and ${mass_mg} mg of ${whole_mg} mg was lost` };
    }
  }
}
