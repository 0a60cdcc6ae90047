import type { Seen, SeenPassport } from "./seen.ts";

/** The next passport above that still stands: what this one claims is inside it. */
export function standingAbove(seen: Seen, passport: SeenPassport): SeenPassport | undefined {
  let above = passport.part_of === undefined ? undefined : seen.passports.get(passport.part_of);
  while (above?.revoked) above = above.part_of === undefined ? undefined : seen.passports.get(above.part_of);
  return above;
}
