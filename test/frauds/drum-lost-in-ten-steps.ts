import { contents, drumOf, inTheBooks, stepOf } from "./museum.ts";

/** Each repacking loses less than a hundredth, which weighing could explain; ten of them lose what none does. */
export default inTheBooks(
  {
    forged: "a drum with a passport is repacked ten times, and loses nine thousandths each time",
    named: "passport_of_reversed_lot",
  },
  () => {
    const bodies = drumOf({});
    let [lot, mass] = ["DRUM", 1_400_000];
    for (let n = 1; n <= 10; n++) {
      const part = contents(mass, mass * 0.6, mass * 0.6);
      mass -= 10_000;
      const left = contents(mass, mass * 0.6, mass * 0.6);
      bodies.push(stepOf(`R-${n}`, { lot, ...part }, [{ lot: `DRUM-${n}`, ...left }]));
      lot = `DRUM-${n}`;
    }
    return bodies;
  },
);
