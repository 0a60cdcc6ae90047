import { inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "beside its provenance a passport states an origin of its own", named: "provenance_differs" },
  {
    facts: (f) => {
      f["provenance"] = { ...f["provenance"], statement: "100 % recycled in the United States" };
    },
  },
);
