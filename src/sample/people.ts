import { perform } from "../app/core/perform.ts";
import type { Ports } from "../app/core/ports.ts";
import { clearPerson } from "../app/trust/clearances.ts";
import { registerPerson } from "../app/trust/people.ts";
import { CLEARANCE_KINDS } from "../trust/index.ts";

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
  { person: "customer-a", party: "sample-customer-a", role: "customer" },
  // What takes two takes two of a role.
  ...["recycler", "refiner"].flatMap((whose) =>
    ["approver", "administrator"].map((role) => ({
      ...{ person: `${whose}-${role}-2`, party: `sample-${whose}`, role },
    })),
  ),
  { person: "auditor", party: "sample-auditor", role: "auditor" },
];

/** Who touches devices that still hold their owners' data. */
const CLEARED = ["recycler-operator", "recycler-data-technician"];
const CLEARED_MS = 1095 * 86_400_000;

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
  await clearPeople(ports, refused);
  if (refused.length > 0) log(`${refused.length} sample people are not there; ${refused[0]}`);
}

/** Those who need a clearance get theirs, at each centre that is on the books. */
async function clearPeople(ports: Ports, refused: string[]): Promise<void> {
  const sites = await ports.store.list({
    collection: "site",
    limit: 500,
    where: { party: "sample-recycler" },
  });
  const until = new Date(ports.clock.now().getTime() + CLEARED_MS).toISOString();
  for (const { id: site } of sites.items)
    for (const person of CLEARED)
      for (const kind of CLEARANCE_KINDS) {
        const key = `sample-people/${person}/${site}/${kind}`;
        if (await ports.store.answerTo(key)) continue;
        const actor = { role: "administrator", party: "sample-recycler", verified: false };
        const done = await perform(ports, clearPerson, {
          request: { key, actor, owner: true },
          input: { person, site, kind, until, evidence: "made up, as the person is" },
        });
        if (!done.ok) refused.push(`${person} at ${site}: ${done.refusal.message}`);
      }
}
