import type { ReadingDoubt } from "../quantity/index.ts";

/** A standard uncertainty in the unit of the reading, or relative to it. */
export type Sd = { readonly sd: number } | { readonly relative: number };

/** A standard uncertainty over the range of an instrument: the same everywhere, or by range. */
export type SdForm = Sd | readonly (Sd & { readonly from: number; readonly to: number })[];

/** When an instrument was calibrated and until when that holds; by days. */
export interface Calibration {
  readonly certificate: string;
  readonly from: string;
  readonly to: string;
}

/** What is known of the readings of an instrument or a method: repeatability and bias, apart. */
export interface Readings {
  readonly repeatability: SdForm;
  readonly bias: SdForm;
  readonly calibration?: Calibration;
}

const sdOf = (sd: Sd, reading: number): number => ("sd" in sd ? sd.sd : sd.relative * reading);

/** The standard uncertainty at a reading; undefined where the instrument does not reach. Ranges include both ends, the first counts. */
export function sdAt(form: SdForm, reading: number): number | undefined {
  if (!("length" in form)) return sdOf(form, reading);
  const range = form.find(({ from, to }) => reading >= from && reading <= to);
  return range && sdOf(range, reading);
}

/** Both parts of the doubt of a reading; undefined outside the ranges that are stated. */
export function doubtAt({ repeatability, bias }: Readings, reading: number): ReadingDoubt | undefined {
  const random = sdAt(repeatability, reading);
  const shared = sdAt(bias, reading);
  return random === undefined || shared === undefined ? undefined : { random, shared };
}

/** The name under which readings share their bias: the instrument, and the calibration they were made under. */
export const biasOf = (instrument: string, calibration: Calibration | undefined): string =>
  calibration === undefined ? instrument : `${instrument}@${calibration.from}`;
