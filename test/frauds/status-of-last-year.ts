import { onTheWay, put, reEnded } from "./museum.ts";
export default onTheWay(
  {
    forged: "a bundle made before the passport was revoked is shown after it",
    named: {
      open: "the bundle was true when it was signed: its date and age are said, and the reader decides how old it may be",
    },
  },
  async (world) => ({ bundle: await reEnded(world, world.entries.slice(0, -1)) }),
  {
    bodies: (b) => {
      put(b, "end", ["passport_revoked", { passport: "P-1", why: "wrong drum" }]);
    },
  },
);
