import { Decimal } from "decimal.js";
import { analyse, type Reading } from "./analysis.ts";
import { failed, type Outcome, passed } from "./check.ts";
import type { CredentialShape } from "./read.ts";
import { checkSpecification, findSpecification, metalCeiling_mg, metalOf } from "./specification.ts";

/** Recomputes purity and every specification's result from the certificate's own lines. */
export function checkCertificate({ credentialSubject: { certificate, product } }: CredentialShape): Outcome {
  const same =
    certificate.lot === product.lot &&
    certificate.oxide === product.oxide &&
    certificate.net_mass_mg === product.net_mass_mg;
  if (!same) return failed("the certificate is of another lot, product or mass");
  const results = certificate.results as readonly Reading[];
  const again = analyse({ basis: "TREO", results, convention: certificate.convention });
  if (!again.ok) return failed(`its analysis cannot be redone: ${again.refusal.message}`);
  const { purity_pct, sum_mg_per_kg } = again.value;
  if (purity_pct !== certificate.purity.purity_pct || sum_mg_per_kg !== certificate.purity.sum_mg_per_kg) {
    return failed(
      `its impurities give ${purity_pct} % (${sum_mg_per_kg} mg/kg), it says ${certificate.purity.purity_pct} % (${certificate.purity.sum_mg_per_kg} mg/kg)`,
    );
  }
  const met: string[] = [];
  for (const stated of certificate.specifications) {
    const spec = findSpecification(stated.specification);
    if (!spec) return failed(`the specification ${stated.specification} is not known here`);
    const { reo_pct, loi_pct } = certificate;
    const { meets } = checkSpecification(
      {
        oxide: certificate.oxide,
        results,
        ...(reo_pct === undefined ? {} : { reo_pct }),
        ...(loi_pct === undefined ? {} : { loi_pct }),
      },
      spec,
    );
    if (meets !== stated.meets)
      return failed(`${spec.id}: its own figures give "${meets}", it says "${stated.meets}"`);
    if (meets === "yes") met.push(spec.id);
  }
  return passed(
    `purity ${purity_pct} % recomputed from its impurities; meets ${met.join(", ") || "no specification"}`,
  );
}

/**
 * How far net mass and oxide may differ before a claim is impossible: one part in a hundred, as the grades themselves allow
 * (GB/T 5240-1992: at least 99 % rare-earth oxide, at most 1 % lost on ignition).
 */
const TOLERANCE = "1.01";

/** No more metal is claimed than the net mass of that oxide, at its purity, can hold. */
export function checkStoichiometry({ credentialSubject }: CredentialShape): Outcome {
  const { product, claims_mg, certificate } = credentialSubject;
  const whole = metalCeiling_mg(product.oxide, product.net_mass_mg);
  if (whole === undefined) return failed(`${product.oxide} is not an oxide of one metal`);
  const metal = metalOf(product.oxide);
  const elements = Object.values(claims_mg).flatMap((claim) => Object.entries(claim));
  const foreign = elements.find(([element]) => element !== metal);
  if (foreign) return failed(`${foreign[0]} is claimed, but ${product.oxide} is made of ${metal}`);
  const claimed = elements.reduce((sum, [, mg]) => sum.plus(mg), new Decimal(0));
  const most = Math.floor(whole * shareOfOxide(certificate.purity.purity_pct));
  const held = `${product.net_mass_mg} mg of ${product.oxide} at ${certificate.purity.purity_pct} %`;
  // One milligram for the rounding of the net mass itself.
  return claimed.gt(most + 1)
    ? failed(`${claimed.toFixed()} mg of ${metal} is claimed, ${held} holds at most ${most} mg`)
    : passed(`${claimed.toFixed()} mg of ${metal} claimed, ${held} holds at most ${most} mg`);
}

/** At most the whole; a purity that cannot be read is the other check's matter and gives nothing here. */
function shareOfOxide(purity_pct: string): number {
  if (!/^\d{1,3}(\.\d{1,20})?$/.test(purity_pct)) return 0;
  return Decimal.min(1, new Decimal(purity_pct).div(100).times(TOLERANCE)).toNumber();
}
