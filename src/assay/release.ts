import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import type { Sample, Side } from "./sample.ts";

/** Who acted, in the words in which actors state themselves. */
export interface By {
  readonly role: string;
  readonly party: string;
}

/** A second pair of eyes on a laboratory's report. It stands for the report of `report_at` and falls with it. */
export interface AssayReleased {
  readonly sample: string;
  readonly side: Side;
  readonly at: string;
  readonly report_at: string;
  readonly by: By;
  /** Whether sign-in proved who released. Until sign-in exists nothing does, and this says so. */
  readonly verified: boolean;
}

export type ReleaseRefusal = Refusal<
  | "sample_unknown"
  | "not_reported"
  | "already_released"
  | "reporter_unknown"
  | "actor_unstated"
  | "released_by_reporter"
>;

/** Releases what a laboratory reported. It takes another role or party than the one that reported (Y7). */
export function decideRelease(
  sample: Sample | undefined,
  given: Omit<AssayReleased, "report_at">,
): Result<AssayReleased, ReleaseRefusal> {
  if (!sample) return refuse("sample_unknown", "sample", `no sample ${given.sample} is on the books`);
  const report = sample.reports[given.side];
  if (!report) return refuse("not_reported", "side", `the ${given.side} has not reported yet`);
  const before = sample.released?.[given.side];
  if (before)
    return refuse(
      "already_released",
      "side",
      `${before.by.role}@${before.by.party} released it at ${before.at}`,
    );
  if (given.by.role === "unstated") {
    return refuse("actor_unstated", "actor", "a release says who made it: state an actor as role@party");
  }
  if (!report.by) {
    return refuse(
      "reporter_unknown",
      "side",
      "who reported was not stated; report it again, saying why, to release it",
    );
  }
  const { role, party } = report.by;
  if (role === given.by.role && party === given.by.party) {
    return refuse("released_by_reporter", "actor", `${role}@${party} reported it; another role releases it`);
  }
  return done({ ...given, report_at: report.at });
}

/** Whether each side that reported was released, as a statement made from the reports says it (Y8). */
export function releasesOf(sample: Sample): Readonly<Partial<Record<Side, boolean>>> {
  return Object.fromEntries(
    Object.keys(sample.reports).map((side) => [side, sample.released?.[side as Side] !== undefined]),
  );
}
