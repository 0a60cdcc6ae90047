import type { Claims, PassportRecord } from "../../certify/index.ts";
import type { Scope } from "../core/use-case.ts";

/** The passport that claimed the matter of a lot, and what its parts have left of its claims. */
export interface Mother {
  readonly passport: string;
  readonly record: PassportRecord;
  readonly left_mg: Claims;
}

/** The one passport that claimed the lot's matter: of what several claimed none is the whole. */
export async function motherOf(
  scope: Pick<Scope, "get">,
  claimants: readonly string[],
): Promise<Mother | undefined> {
  const [only, ...others] = claimants;
  const mother = only === undefined || others.length > 0 ? undefined : await scope.get("passport", only);
  if (!mother || mother.revoked) return undefined;
  const left: Record<string, Record<string, number>> = structuredClone(mother.feeds_mg);
  for (const name of Object.keys(mother.parts ?? {})) {
    const part = await scope.get("passport", name);
    for (const [feed, elements] of Object.entries(part?.feeds_mg ?? {}))
      for (const [element, mg] of Object.entries(elements)) {
        const of = left[feed];
        if (of) of[element] = (of[element] ?? 0) - mg;
      }
  }
  return { passport: mother.passport, record: mother, left_mg: left };
}
