import { type Bodies, impurities } from "../support/passport-world.ts";

/** What stands in a log before a certificate of analysis, and may be another thing than it says. */
export interface Analysed {
  readonly sample: Record<string, unknown>;
  readonly report: Record<string, unknown>;
  readonly release: Record<string, unknown>;
}

const REPORTED_AT = "2026-03-03T12:00:00.000Z";

/**
 * Puts the sample, report and release of a certificate of analysis before it, as they would honestly be, or as `forge` leaves them;
 * what is emptied was never written.
 */
export function restOn(bodies: Bodies, forge: (analysed: Analysed) => void): void {
  const at = bodies.findIndex(([kind]) => kind === "certificate_released");
  const certified = bodies[at]?.[1] as { lot: string; rests_on?: object };
  certified.rests_on = {
    ...{ sample: "Q-1", lot: certified.lot, report_at: REPORTED_AT, drawn_at: "2026-03-02T00:00:00.000Z" },
  };
  const analysed = {
    sample: { sample: "Q-1", lot: certified.lot, at: "2026-03-02T00:00:00.000Z", composite: [] },
    report: {
      ...{ sample: "Q-1", side: "product", laboratory: "lab", method: "ICP-MS", analysed_on: "2026-03-03" },
      ...{ at: REPORTED_AT, results: impurities("22"), reo_pct: "99.6", loi_pct: "0.3" },
    },
    release: { sample: "Q-1", side: "product", at: "2026-03-03T13:00:00.000Z", report_at: REPORTED_AT },
  };
  forge(analysed);
  const written: Bodies = [
    ["product_sample_taken", analysed.sample],
    ["product_reported", analysed.report],
    ["assay_released", analysed.release],
  ];
  bodies.splice(at, 0, ...written.filter(([, body]) => Object.keys(body).length > 0));
}

/** Takes everything out of an entry, which is then not written. */
export function never(body: Record<string, unknown>): void {
  for (const name of Object.keys(body)) delete body[name];
}
