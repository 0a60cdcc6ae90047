import { must } from "../red.ts";
import { lotOf } from "./matter.ts";
import { standingAbove } from "./passports.ts";
import { type Body, sharesOf } from "./read.ts";
import { elementOf, put, type Seen, type SeenPassport } from "./seen.ts";

export function issue(seen: Seen, body: Body): void {
  const lot = lotOf(seen, body["lot"]);
  const claims = sharesOf(body["feeds_mg"]);
  const passport: SeenPassport = {
    ...{ passport: body["passport"], lot: lot.lot, mass: body["mass_mg"], claims },
    ...{ part_of: body["part_of"]?.passport, revoked: false, superseded: false },
  };
  must(!seen.passports.has(passport.passport), "a passport is issued once", () => passport.passport);
  must(
    passport.mass === lot.mass,
    "a passport is of a whole lot",
    () => `${passport.mass} mg of ${lot.mass} mg`,
  );
  const needed = new Map<string, number>();
  for (const [key, mg] of claims) {
    must(
      mg <= (lot.shares.get(key) ?? 0),
      "a passport claims no more of a feed than its lot has of it",
      () => `${passport.passport}: ${mg} mg of ${key}, ${lot.shares.get(key)} mg`,
    );
    put(needed, elementOf(key), mg);
  }
  const mother = passport.part_of === undefined ? undefined : seen.passports.get(passport.part_of);
  if (mother) {
    must(
      !mother.revoked,
      "a part is part of what stands",
      () => `${passport.passport} of ${mother.passport}`,
    );
    put(lot.taken.claimed, mother.passport, -passport.mass);
  }
  put(lot.taken.claimed, passport.passport, passport.mass);
  seen.passports.set(passport.passport, passport);
  if (mother) checkParts(seen, mother);
}

/** The claims of all parts are inside the claims of the whole. */
function checkParts(seen: Seen, mother: SeenPassport): void {
  const inside = new Map<string, number>();
  for (const part of seen.passports.values())
    if (part.part_of === mother.passport && !part.revoked)
      for (const [key, mg] of part.claims) put(inside, key, mg);
  for (const [key, mg] of inside)
    must(
      mg <= (mother.claims.get(key) ?? 0),
      "the claims of parts are inside those of the whole",
      () => `${mg} mg of ${key} in parts of ${mother.passport}, which claims ${mother.claims.get(key)} mg`,
    );
}

export function revoke(seen: Seen, body: Body): void {
  const passport = seen.passports.get(body["passport"]);
  must(passport !== undefined && !passport.revoked, "a passport is revoked once", () => body["passport"]);
  passport.revoked = true;
  const above = standingAbove(seen, passport);
  for (const lot of seen.lots.values()) {
    const mg = lot.taken.claimed.get(passport.passport);
    if (mg === undefined) continue;
    lot.taken.claimed.delete(passport.passport);
    if (above) put(lot.taken.claimed, above.passport, mg);
  }
}

/** A passport on results that no longer stand. */
export function supersede(seen: Seen, lot: string): void {
  const last = [...seen.passports.values()].findLast((one) => one.lot === lot);
  if (last && !last.revoked) last.superseded = true;
}

/** What is claimed on each feed by all that stands, each gram once. */
export function claimedOf(seen: Seen): Map<string, number> {
  const claimed = new Map<string, number>();
  for (const passport of seen.passports.values())
    if (!passport.revoked && !standingAbove(seen, passport))
      for (const [key, mg] of passport.claims) put(claimed, key, mg);
  return claimed;
}

export function checkClaims(seen: Seen): void {
  for (const { lot, taken } of seen.lots.values())
    for (const by of taken.claimed.keys())
      must(
        seen.passports.get(by)?.revoked === false,
        "who claims matter stands",
        () => `${by} claims of ${lot}`,
      );
  for (const [key, mg] of claimedOf(seen))
    must(
      mg <= (seen.measured.get(key) ?? 0),
      "claims on a feed are at most what was measured in it",
      () => `${mg} mg of ${key}, ${seen.measured.get(key)} mg`,
    );
}
