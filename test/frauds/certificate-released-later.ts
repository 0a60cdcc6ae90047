import { inTheLog } from "./museum.ts";
export default inTheLog(
  {
    forged: "the certificate of analysis was released after the passport",
    named: "certificate_not_released",
  },
  {
    bodies: (b) => {
      const [certificate] = b.splice(3, 1);
      if (certificate) b.push(certificate);
    },
  },
);
