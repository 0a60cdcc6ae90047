import { isBefore } from "../ledger/index.ts";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { reportedLater } from "./product.ts";
import type { AnySample, Side } from "./sample.ts";

/** The party of an actor that stated none. */
const UNSTATED = "unstated";

/** Who acted, in the words in which actors state themselves. */
export interface By {
  readonly role: string;
  readonly party: string;
}

/** A second pair of eyes on a laboratory's report. It stands for the report of `report_at` and falls with it. */
export interface AssayReleased {
  readonly sample: string;
  readonly side: Side | "product";
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
  | "laboratory_not_heard"
  | "time_before_input"
>;

/**
 * Releases what a laboratory reported. It takes another role or party than the one that reported (Y7); where both signed in, who
 * they are was asked before (`two_people`), and what they act as tells nothing more (Y100).
 */
export function decideRelease(
  sample: AnySample | undefined,
  given: Omit<AssayReleased, "report_at">,
  two_people = false,
): Result<AssayReleased, ReleaseRefusal> {
  if (!sample) return refuse("sample_unknown", "sample", `no sample ${given.sample} is on the books`);
  const { report, before } = partOf(sample, given.side);
  if (!report) return refuse("not_reported", "side", `the ${given.side} has not reported yet`);
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
  if (!two_people && role === given.by.role && party === given.by.party) {
    return refuse("released_by_reporter", "actor", `${role}@${party} reported it; another role releases it`);
  }
  const { laboratory } = report;
  // Whoever owns the machine speaks for anyone, unstated; a firm does not speak for a laboratory twice.
  const heard = [laboratory, UNSTATED].includes(party) || given.by.party === laboratory;
  if (given.side === "product" && !heard) {
    const message = `${party} reported in the name of ${laboratory}: ${laboratory} itself releases that, or reports it`;
    return refuse("laboratory_not_heard", "actor", message);
  }
  if (isBefore(given.at, report.at)) return reportedLater(given.at, report.at);
  return done({ ...given, report_at: report.at });
}

function partOf(sample: AnySample, side: AssayReleased["side"]) {
  if (sample.purpose === "product")
    return side === "product" ? { report: sample.reports.product, before: sample.released?.product } : {};
  return side === "product" ? {} : { report: sample.reports[side], before: sample.released?.[side] };
}

/** Whether each side that reported was released, as a statement made from the reports says it (Y8). */
export function releasesOf(
  sample: Pick<AnySample, "reports" | "released">,
): Readonly<Partial<Record<AssayReleased["side"], boolean>>> {
  const released = Object.keys(sample.released ?? {});
  return Object.fromEntries(Object.keys(sample.reports).map((side) => [side, released.includes(side)]));
}
