import { bodyOf, drumOf, inTheBooks } from "./museum.ts";
export default inTheBooks(
  {
    forged: "results of a newer sample are released, and the lot is certified on the older ones",
    named: "certificate_superseded",
  },
  () => {
    const bodies = drumOf({});
    bodyOf(bodies, "certificate_released").certificate.sample = "Q-1";
    const drawn = (sample: string, day: number): (typeof bodies)[number] => [
      "product_sample_taken",
      { sample, lot: "DRUM", at: `2026-03-0${day}T00:00:00Z` },
    ];
    const at = bodies.findIndex(([kind]) => kind === "certificate_released");
    const released = (sample: string): (typeof bodies)[number] => [
      "assay_released",
      { sample, side: "product" },
    ];
    bodies.splice(at, 0, drawn("Q-1", 3), drawn("Q-2", 4), released("Q-1"), released("Q-2"));
    return bodies;
  },
);
