import { bodyOf, inTheLog, put } from "./museum.ts";
export default inTheLog(
  { forged: "one analysis is the certificate of analysis of two lots", named: "certificate_used_twice" },
  {
    bodies: (b) => {
      const { certificate } = bodyOf(b, "certificate_released");
      put(b, "before", [
        "certificate_released",
        { lot: "OX-0", certificate: { ...certificate, lot: "OX-0" } },
      ]);
    },
  },
);
