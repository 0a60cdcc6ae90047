import { certificateOf, impurities } from "../support/passport-world.ts";
import { bodyOf, inTheLog, put } from "./museum.ts";
export default inTheLog(
  {
    forged: "a newer analysis that fails is put aside by releasing the older results again",
    named: "certificate_superseded",
  },
  {
    bodies: (b) => {
      const first = bodyOf(b, "certificate_released");
      const again = structuredClone(first);
      const failing = { ...certificateOf("OX-1", 1_000_000, impurities("400")), sample: "Q-2" };
      first.certificate = { ...failing, sampled_on: "2026-03-05", analysed_on: "2026-03-05" };
      first.rests_on = { sample: "Q-2", lot: "OX-1", drawn_at: "2026-03-04T12:00:00Z" };
      again.rests_on = { sample: "Q-1", lot: "OX-1", drawn_at: "2026-03-02T12:00:00Z" };
      put(b, "before", ["certificate_released", again]);
    },
  },
);
