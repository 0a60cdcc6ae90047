import { bodyOf, inTheLog, put } from "./museum.ts";
export default inTheLog(
  {
    forged: "a newer certificate of analysis of the lot replaced the one in the passport",
    named: "certificate_superseded",
  },
  {
    bodies: (b) => {
      const { certificate } = bodyOf(b, "certificate_released");
      put(b, "end", [
        "certificate_released",
        { lot: "OX-1", certificate: { ...certificate, sample: "Q-2" } },
      ]);
    },
  },
);
