import { onTheWay, reEnded } from "./museum.ts";
export default onTheWay(
  {
    forged: "the maker dates the end in the future, to be fresh for longer",
    named: "tail_unsigned",
    by: "issuer",
  },
  async (world) => ({ bundle: await reEnded(world, world.entries, "2027-01-01T00:00:00.000Z") }),
);
