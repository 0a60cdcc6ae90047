import { inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "the balance that is printed tells of no loss", named: "balance failed" },
  {
    facts: (f) => {
      f["balance"] = {
        Nd: { in_mg: 943_093, out_mg: 943_093, lot_mg: 857_356, lost_mg: 0, residual_mg: 0 },
      };
    },
  },
);
