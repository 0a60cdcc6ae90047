import { z } from "zod";
import { PersonId } from "../../contract/identifiers.ts";
import { done, refuse } from "../../quantity/index.ts";
import type { Wish } from "../core/notices.ts";
import type { Request } from "../core/perform.ts";
import type { Ports } from "../core/ports.ts";
import { action, query } from "../core/use-case.ts";
import { NOTICE_KIND_NAMES } from "./kinds.ts";
import { NOT_SIGNED_IN, noticesOn } from "./mine.ts";

export const Kinds = z.array(z.enum(NOTICE_KIND_NAMES)).max(100);

type Given = Pick<Request, "actor"> & Partial<Request>;

/** A token of a party's system reads no letters. */
const NOBODY = refuse("not_a_person", "authorization", "e-mail is for people: sign in as one");

const NOTHING_ASKED: Pick<Wish, "at_once" | "daily"> = { at_once: [], daily: [] };

/** What a person asked for, and whether it can reach them. */
async function shownOf(
  { addressOf }: Pick<Ports, "addressOf">,
  person: string,
  { at_once, daily }: Pick<Wish, "at_once" | "daily">,
) {
  return { person, at_once, daily, address_known: (await addressOf?.(person)) !== undefined };
}

export const wishes = query({
  room: "notices",
  verb: "wishes",
  summary: "Which kinds of notice who is signed in gets by e-mail: at once, once a day; none until they ask.",
  input: z.strictObject({}),
  example: {},
  async answer(ports) {
    const { asker } = ports;
    if (asker === undefined) return NOT_SIGNED_IN;
    const kept = noticesOn(ports);
    if (!kept.ok) return kept;
    if (asker === "owner" || asker.person === undefined) return done(NOTHING_ASKED);
    const wish = await kept.value.wishOf(asker.person);
    return done(await shownOf(ports, asker.person, wish ?? NOTHING_ASKED));
  },
});

/** Whose wish it is: who is signed in says their own, the machine's owner anyone's. */
async function wisher(ports: Pick<Ports, "store">, named: string | undefined, given: Given) {
  const { actor, owner } = given;
  if (!owner && !actor.verified) return NOT_SIGNED_IN;
  const id = owner ? named : actor.person;
  if (id === undefined) return NOBODY;
  if (named !== undefined && named !== id)
    return refuse("not_allowed", "person", "one says for oneself alone what one wants by e-mail");
  const person = (await ports.store.load("person", id))?.record;
  return person === undefined || person.ended_at !== undefined
    ? refuse("person_unknown", "person", `no ${id} acts here`)
    : done(person);
}

export const wish = action({
  room: "notices",
  verb: "wish",
  summary:
    "Say which kinds of notice one wants by e-mail, at once or once a day; what is left out, not at all.",
  input: z.strictObject({
    person: PersonId().optional().describe("left out, who is signed in"),
    at_once: Kinds.default([]),
    daily: Kinds.default([]),
  }),
  example: {
    person: "recycler-intake-lead",
    at_once: ["terms_proposed"],
    daily: ["shipment_coming", "order_placed"],
  },
  async run(ports, { input: { person: named, at_once, daily }, request }) {
    const kept = noticesOn(ports);
    if (!kept.ok) return kept;
    const of = await wisher(ports, named, request);
    if (!of.ok) return of;
    const { id: person, party, role } = of.value;
    // What comes at once does not come again.
    const wished = {
      at_once: [...new Set(at_once)],
      daily: [...new Set(daily)].filter((kind) => !at_once.includes(kind)),
    };
    await kept.value.keepWish({ person, party, role, ...wished }, ports.clock.now().toISOString());
    return done(await shownOf(ports, person, wished));
  },
});
