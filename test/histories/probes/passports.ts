import type { Auditor } from "../auditor/index.ts";
import { isUnproved } from "../auditor/lineage.ts";
import { elementOf, type Seen, type SeenLot } from "../auditor/seen.ts";
import type { Books } from "../books.ts";
import { approver, REFINER } from "../firms.ts";
import { must } from "../red.ts";
import { copied, type Probe } from "./probe.ts";

const METAL: Readonly<Record<string, string>> = { Nd2O3: "Nd", Pr6O11: "Pr" };

/** Whether there is anything to claim of a lot, by itself or inside the passport that describes all of it. */
function canBeClaimed(seen: Seen, lot: SeenLot): boolean {
  const metal = METAL[lot.product];
  if (["mass", metal ?? ""].some((name) => lot.raised.has(name))) return false;
  if (isUnproved(seen, lot.lot, metal ?? "")) return false;
  const claims = [...lot.shares].some(([key, mg]) => elementOf(key) === metal && mg > 0);
  const [mother, ...others] = lot.taken.claimed;
  if (!mother) return claims;
  const [name, mass] = mother;
  if (others.length > 0 || mass !== lot.mass) return false;
  const above = seen.passports.get(name);
  const left = [...lot.shares.keys()].some((key) => {
    const parts = [...seen.passports.values()].filter((one) => !one.revoked && one.part_of === name);
    return (above?.claims.get(key) ?? 0) > parts.reduce((mg, part) => mg + (part.claims.get(key) ?? 0), 0);
  });
  return claims && left;
}

/** A certified lot of settled metal gets its passport; every passport that stands can be revoked. */
async function issuedOrRevoked(books: Books, auditor: Auditor): Promise<void> {
  const { seen } = auditor;
  for (const { lot: id, certificate, superseded } of await books.all("certificate")) {
    const lot = seen.lots.get(id);
    if (lot?.state !== "on_hand" || superseded || certificate.net_mass_mg !== lot.mass) continue;
    if ([...seen.passports.values()].some((one) => one.lot === id && !one.revoked)) continue;
    if (!canBeClaimed(seen, lot)) continue;
    const asked = { lot: id, issuer: lot.owner, passport: "P-PROBE" };
    const { code, why } = await copied(books, auditor).ask("certify issue", asked, approver(lot.owner));
    must(
      code === "done",
      "a certified lot of settled metal gets its passport",
      () => `${id}: ${code}: ${why}`,
    );
  }
  const copy = copied(books, auditor);
  for (const passport of seen.passports.values()) {
    if (passport.revoked) continue;
    const issuer = (await books.look("passport", passport.passport))?.issued_by ?? REFINER;
    const asked = { passport: passport.passport, why: "w" };
    const { code } = await copy.ask("certify revoke", asked, approver(issuer));
    must(code === "done", "a passport can be revoked", () => `${passport.passport}: ${code}`);
  }
}

export const PASSPORTS: Probe = {
  name: "passports",
  after: /^(?:certificate_|passport_|lot_|lots_|step_|product_|feed_)/,
  try: issuedOrRevoked,
};
