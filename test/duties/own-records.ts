import type { World } from "../story/world.ts";
import { approvalOf, OUTSIDERS, type Outsider, PARTS_OF_TWO } from "./inputs.ts";

/** What the people of a buyer and of a customer have on the books, by the names that `inputs.ts` asks for; and what waits for a second of each role. */
export async function ownRecords(world: World): Promise<void> {
  const { party } = OUTSIDERS.customer;
  await world.do("programme register-party", {
    ...{ party, name: "Sample customer", kind: "customer", sample: true },
  });
  await ofOutsider(world, "buyer");
  await ofOutsider(world, "customer");
  await toReverse(world);
  for (const [role, { party, ...given }] of Object.entries(PARTS_OF_TWO))
    await world.do(
      "trust propose",
      { approval: approvalOf(role), ...given },
      { role, party, verified: false },
    );
}

async function ofOutsider(world: World, whose: Outsider): Promise<void> {
  const { party, digit } = OUTSIDERS[whose];
  for (const [person, role] of [
    [`${whose}-own-administrator`, "administrator"],
    [`${whose}-own-clerk`, whose],
  ])
    await world.do("trust register-person", { person, role, party, sample: true });
  await world.do("trust open-compartment", {
    ...{ compartment: `K-${whose.toUpperCase()}`, party, why: "controlled by a contract" },
  });
  await world.do("trust open-incident", {
    ...{ incident: `N-${whose.toUpperCase()}`, kind: "complaint", party, owner: whose, due: "2099-12-31" },
    about: "a drum stood open",
  });
  await world.do("trust register-token", { party, role: whose, digest: digit.repeat(64) });
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
