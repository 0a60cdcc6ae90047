import { Decimal } from "decimal.js";
import { leastMass_mg } from "../chemistry/index.ts";
import { analyse, namedTwice, type Reading, reportedTwice } from "./analysis.ts";
import { basisOf, certifiedProduct, impuritiesOf } from "./certified-product.ts";
import { failed, type Outcome, passed } from "./check.ts";
import type { CredentialShape } from "./read.ts";
import { checkSpecification, findSpecification } from "./specification.ts";

/** Recomputes purity and every specification's result from the certificate's own lines. */
export function checkCertificate({ credentialSubject: { certificate, product } }: CredentialShape): Outcome {
  const same =
    certificate.lot === product.lot &&
    certificate.oxide === product.oxide &&
    certificate.net_mass_mg === product.net_mass_mg;
  if (!same) return failed("the certificate is of another lot, product or mass");
  const results = certificate.results as readonly Reading[];
  const of = { oxide: certificate.oxide, results, ...definedIn(certificate) };
  if (certificate.product && certificate.product.product !== certificate.oxide)
    return failed(`it is of ${certificate.oxide}, and defines ${certificate.product.product}`);
  const twice = certificate.product && reportedTwice(results);
  if (twice) return failed(`its analysis cannot be redone: ${namedTwice(twice).refusal.message}`);
  const impurities = { basis: basisOf(of), results: impuritiesOf(of) };
  const again = analyse({ ...impurities, convention: certificate.convention });
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
        ...of,
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
  const of = certifiedProduct({ oxide: product.oxide, ...definedIn(certificate) });
  if (!of) return failed(`${product.oxide} is neither a single oxide nor a product that is defined`);
  const claimed: Record<string, number> = {};
  for (const [element, mg] of Object.values(claims_mg).flatMap((claim) => Object.entries(claim))) {
    if (!of.elements.some((own) => own === element))
      return failed(`${element} is claimed, but ${of.product} is made of ${of.elements.join(", ")}`);
    claimed[element] = (claimed[element] ?? 0) + mg;
  }
  const said = `${
    Object.entries(claimed)
      .map(([element, mg]) => `${mg} mg of ${element}`)
      .join(", ") || "nothing"
  } claimed`;
  const needed = Math.ceil(leastMass_mg(of, claimed));
  const most = Math.floor(product.net_mass_mg * shareOfOxide(certificate.purity.purity_pct));
  const held = `at ${certificate.purity.purity_pct} % the net mass of ${product.net_mass_mg} mg is at most ${most} mg of ${of.product}`;
  // One milligram of metal for the rounding of the net mass itself, which is up to two of its oxide.
  return needed > most + 2
    ? failed(`${said}, which needs ${needed} mg of it; ${held}`)
    : passed(`${said}, which needs ${needed} mg of it; ${held}`);
}

const definedIn = ({ product }: CredentialShape["credentialSubject"]["certificate"]) =>
  product === undefined ? {} : { product };

/** At most the whole; a purity that cannot be read is the other check's matter and gives nothing here. */
function shareOfOxide(purity_pct: string): number {
  if (!/^\d{1,3}(\.\d{1,20})?$/.test(purity_pct)) return 0;
  return Decimal.min(1, new Decimal(purity_pct).div(100).times(TOLERANCE)).toNumber();
}
