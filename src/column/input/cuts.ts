import { refuse } from "../../quantity/index.ts";
import type { SimulationInput } from "./schema.ts";
import { strangerAmong } from "./species.ts";

/** What is wrong with the cuts asked for, if anything. */
export function faultOfCuts({ ask }: SimulationInput, names: readonly string[]) {
  for (const [i, cut] of (ask.cuts ?? []).entries()) {
    const at = `ask.cuts[${i}]`;
    const stranger = strangerAmong(names, cut.species, `${at}.species`);
    if (stranger !== undefined) return stranger;
    if ("from_s" in cut && cut.to_s <= cut.from_s)
      return refuse("times_out_of_range", `${at}.to_s`, "a cut ends after it begins");
  }
  if (ask.cuts !== undefined && ask.cuts.length > 0) return undefined;
  for (const field of ["cut_tolerance", "impurity_tolerance"] as const)
    if (ask[field] !== undefined)
      return refuse(
        "input_malformed",
        `ask.${field}`,
        "without `ask.cuts` there is no cut to be right about",
      );
  return undefined;
}
