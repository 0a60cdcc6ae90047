import type { Driver } from "./driver.ts";

const BOTH = [
  "weigher",
  "weighmaster",
  "operator",
  "sampler",
  "approver",
  "accountant",
  "commercial manager",
  "planner",
  "administrator",
];
const RECYCLER = ["intake lead", "driver", "data technician", "downstream manager", "resale clerk", ...BOTH];
const REFINER = ["process engineer", "chemist", ...BOTH];

const named = (whose: string, party: string, roles: readonly string[]) =>
  roles.map((role) => ({ person: `${whose}-${role.replaceAll(" ", "-")}`, party, role }));

/** One for each role of each party; none is anybody's likeness. */
export const PEOPLE = [
  ...named("recycler", "sample-recycler", RECYCLER),
  ...named("refiner", "sample-refiner", REFINER),
  ...named("laboratory-a", "sample-lab-a", ["chemist"]),
  ...named("laboratory-b", "sample-lab-b", ["chemist"]),
  ...named("carrier", "sample-carrier", ["driver"]),
  { person: "buyer-a", party: "sample-buyer-a", role: "buyer" },
  { person: "buyer-b", party: "sample-buyer-b", role: "buyer" },
  { person: "auditor", party: "sample-auditor", role: "auditor" },
];

/** The sample people go on the books after the story, so that books of a release that had none get theirs too. */
export async function registerPeople(driver: Driver): Promise<void> {
  for (const one of PEOPLE)
    await driver.do("trust register-person", `administrator@${one.party}`, { ...one, sample: true });
}
