import { drumOf, inTheBooks } from "./museum.ts";

export default inTheBooks(
  {
    forged: "a certificate of analysis of sand and rust, each nearly all of it",
    named: "content_above_mass",
  },
  () => {
    const bodies = drumOf({});
    const results = [
      { analyte: "SiO2", mg_per_kg: "900000", u: "100" },
      { analyte: "Fe2O3", mg_per_kg: "900000", u: "100" },
    ];
    bodies[3] = [
      "certificate_released",
      { lot: "DRUM", certificate: { net_mass_mg: 1_400_000, reo_pct: "0", results }, findings: [] },
    ];
    return bodies;
  },
);
