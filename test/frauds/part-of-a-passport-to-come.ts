import { inTheLog, put, repacked } from "./museum.ts";

const change = repacked("P-9", {}, {});
export default inTheLog(
  {
    forged: "a passport calls itself a part of one that comes after it, so that its claims are not counted",
    named: "promised_twice",
  },
  {
    ...change,
    bodies: (b) => {
      change.bodies(b);
      const first = b.findIndex(([, body]) => body["passport"] === "P-9");
      const [later] = b.splice(first, 1);
      if (later) put(b, "end", later);
    },
  },
);
