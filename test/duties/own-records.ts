import type { World } from "../story/world.ts";
import { approvalOf, PARTS_OF_TWO } from "./inputs.ts";

const BUYER = "sample-buyer-a";

/** What a buyer's own people have on the books, by the names that `inputs.ts` asks for; and what waits for a second of each role. */
export async function ownRecords(world: World): Promise<void> {
  for (const [person, role] of [
    ["buyer-own-administrator", "administrator"],
    ["buyer-own-clerk", "buyer"],
  ])
    await world.do("trust register-person", { person, role, party: BUYER, sample: true });
  await world.do("trust open-compartment", {
    ...{ compartment: "K-BUYER", party: BUYER, why: "controlled by a contract" },
  });
  await world.do("trust open-incident", {
    ...{ incident: "N-BUYER", kind: "complaint", party: BUYER, owner: "buyer", due: "2099-12-31" },
    about: "a drum stood open",
  });
  await world.do("trust register-token", { party: BUYER, role: "buyer", digest: "b".repeat(64) });
  await toReverse(world);
  for (const [role, { party, ...given }] of Object.entries(PARTS_OF_TWO))
    await world.do(
      "trust propose",
      { approval: approvalOf(role), ...given },
      { role, party, verified: false },
    );
}

/** A step that nothing was made of, so that it can be taken back. */
async function toReverse(world: World): Promise<void> {
  const half = (lot: string) => ({
    ...{ lot, kind: "residue", mass: "38.05 kg", scale: "noblesville-floor" },
  });
  await world.do("prepare step", {
    ...{ step: "S-CELLS", kind: "split", site: "noblesville", inputs: [{ lot: "L-RESIDUE" }] },
    outputs: [half("L-RESIDUE-A"), half("L-RESIDUE-B")],
  });
}
