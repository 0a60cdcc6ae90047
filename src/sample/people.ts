import { perform } from "../app/core/perform.ts";
import type { Ports } from "../app/core/ports.ts";
import { registerPerson } from "../app/trust/people.ts";

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

const keyOf = (person: string) => `sample-people/${person}`;

/**
 * The sample people go on the books after the story, so that sample books of a release that had none get theirs too. What these books
 * refuse (a clock that is far off, a name that is taken) is told in one line, and nobody is kept from the books by it.
 */
export async function registerPeople(ports: Ports, log: (line: string) => void): Promise<void> {
  const refused: string[] = [];
  for (const one of PEOPLE) {
    if (await ports.store.answerTo(keyOf(one.person))) continue;
    const actor = { role: "administrator", party: one.party, verified: false };
    const done = await perform(ports, registerPerson, {
      request: { key: keyOf(one.person), actor, owner: true },
      input: { ...one, sample: true },
    });
    if (!done.ok) refused.push(`${one.person}: ${done.refusal.message}`);
  }
  if (refused.length > 0) log(`${refused.length} sample people are not there; ${refused[0]}`);
}
