import { inTheLog, put } from "./museum.ts";
export default inTheLog(
  {
    forged:
      "a newer sample fails, its results are released, and nobody makes a certificate of analysis of it",
    named: {
      open: "samples and their results are the laboratory's and are not disclosed: the command refuses and the audit finds it, whoever has the bundle alone does not",
    },
  },
  {
    bodies: (b) => {
      put(
        b,
        "before",
        ["product_sample_taken", { sample: "Q-2", lot: "OX-1", at: "2026-03-04T12:00:00Z" }],
        ["assay_released", { sample: "Q-2", side: "product" }],
      );
    },
  },
);
