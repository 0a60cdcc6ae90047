import type { Weighing } from "../../src/ledger/index.ts";
import { biasOf, type Calibration, doubtAt, type Readings, sdAt } from "../../src/programme/index.ts";
import type { Dice } from "../../src/sample/dice.ts";

/**
 * A scale as it really is: in each calibration period it has one bias, drawn from what was stated, and each reading errs by itself.
 * A scale that drifts walks off evenly within the period, so that over the period it is as far off as `drift` says in stated biases.
 */
export class Scale {
  readonly name: string;
  readonly readings: Omit<Readings, "calibration">;
  private readonly drift: number;
  private readonly dice: Dice;
  private period = 0;
  private bias = 0;

  constructor(name: string, given: { readings: Omit<Readings, "calibration">; drift: number; dice: Dice }) {
    this.name = name;
    this.readings = given.readings;
    this.drift = given.drift;
    this.dice = given.dice;
    this.calibrate();
  }

  /** A new calibration: what errs alike is another error from now on. */
  calibrate(): void {
    this.period++;
    this.bias = this.dice.normal();
  }

  private get cause(): string {
    return biasOf(this.name, this.calibrationOf(this.period));
  }

  /** All calibrations it has had. */
  get calibrations(): Calibration[] {
    return Array.from({ length: this.period }, (_, i) => this.calibrationOf(i + 1));
  }

  get drifts(): boolean {
    return this.drift !== 0;
  }

  private calibrationOf(period: number): Calibration {
    const from = `2026-01-${String(period).padStart(2, "0")}`;
    return { certificate: `${this.name}/${period}`, from, to: from };
  }

  /** What it shows of a real mass, `since` being how much of the calibration period has passed, 0 to 1. */
  read(mass_mg: number, since: number): Weighing {
    const shared = sdAt(this.readings.bias, mass_mg) ?? 0;
    const random = sdAt(this.readings.repeatability, mass_mg) ?? 0;
    const errs = shared * (this.bias + this.drift * since) + random * this.dice.normal();
    return this.said(mass_mg + errs);
  }

  /** A reading as it is told to the books: whole milligrams with the doubt that is stated of this scale there. */
  said(read_mg: number): Weighing {
    const mass_mg = Math.max(0, Math.round(read_mg));
    return {
      mass_mg,
      doubt_mg: doubtAt(this.readings, mass_mg) ?? { random: 0, shared: 0 },
      scale: this.cause,
    };
  }
}
