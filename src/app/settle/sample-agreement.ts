/** A toll agreement for examples and the sample programme. Its parties and terms are made up; limits and toll follow figures seen in public. */
export const SAMPLE_AGREEMENT = {
  id: "A-2026-01",
  title: "Sample toll agreement for end-of-life magnets",
  kind: "toll",
  parties: { supplier: "sample-recycler", processor: "sample-refiner" },
  currency: "USD",
  basis: "dry",
  elements: [
    { element: "Nd", oxide: "Nd2O3", splitting_limit_pct: "0.30", guaranteed_recovery_pct: "90" },
    { element: "Pr", oxide: "Pr6O11", splitting_limit_pct: "0.15", guaranteed_recovery_pct: "90" },
    { element: "Dy", oxide: "Dy2O3", splitting_limit_pct: "0.05", guaranteed_recovery_pct: "90" },
    { element: "Tb", oxide: "Tb4O7", splitting_limit_pct: "0.010", guaranteed_recovery_pct: "90" },
  ],
  toll: { amount_per_kg: "30", basis: "returned_oxide" },
  assay_rule: {
    when_within_limit: "mean",
    umpire_rule: 5,
    umpire_cost: { amount: "350", basis: "per_element" },
    provisional_assay: "lower",
    below_detection: "half_limit",
    missing_assay: "refuse",
  },
  provisional_pct: "90",
  rounding: {
    carry: "unrounded",
    display: { mass_kg: 3, money: 2, assay_pct: 6, fraction: 6 },
    mode: "half_up",
    trailing_zeros: "drop",
  },
  effective: { from: "2026-01-01", to: null },
};
