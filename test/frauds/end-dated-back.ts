import { onTheWay, reEnded } from "./museum.ts";
export default onTheWay(
  { forged: "the maker dates the end before its last entry", named: "tail_unsigned", by: "issuer" },
  async (world) => ({ bundle: await reEnded(world, world.entries, "2026-03-01T00:00:00.000Z") }),
);
