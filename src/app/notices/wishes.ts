import { z } from "zod";
import { done, refuse } from "../../quantity/index.ts";
import type { Ports } from "../core/ports.ts";
import { action, query } from "../core/use-case.ts";
import { NOTICE_KIND_NAMES } from "./kinds.ts";
import { NOT_SIGNED_IN, noticesOn } from "./mine.ts";

export const Kinds = z
  .array(z.enum(NOTICE_KIND_NAMES))
  .max(NOTICE_KIND_NAMES.length)
  .transform((kinds) => [...new Set(kinds)]);

/** A token of a party's system reads no letters. */
const NOBODY = refuse("not_a_person", "authorization", "e-mail is for people: sign in as one");

/** What a person asked for, and whether it can reach them. */
async function shownOf(
  { addressOf }: Pick<Ports, "addressOf">,
  person: string,
  { at_once, daily }: { readonly at_once: readonly string[]; readonly daily: readonly string[] },
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
    if (asker === "owner" || asker.person === undefined) return done({ at_once: [], daily: [] });
    const wish = await kept.value.wishOf(asker.person);
    return done(await shownOf(ports, asker.person, wish ?? { at_once: [], daily: [] }));
  },
});

export const wish = action({
  room: "notices",
  verb: "wish",
  summary: "Say which kinds of notice one wants by e-mail, at once or once a day; what is left out, not at all.",
  input: z.strictObject({ at_once: Kinds.default([]), daily: Kinds.default([]) }),
  example: { at_once: ["terms_proposed"], daily: ["shipment_coming", "order_placed"] },
  async run(ports, { input: { at_once, daily }, request: { actor } }) {
    if (!actor.verified) return NOT_SIGNED_IN;
    const { person, party, role } = actor;
    if (person === undefined) return NOBODY;
    const kept = noticesOn(ports);
    if (!kept.ok) return kept;
    // What comes at once does not come again.
    const wished = { at_once, daily: daily.filter((kind) => !at_once.includes(kind)) };
    await kept.value.keepWish({ person, party, role, ...wished }, ports.clock.now().toISOString());
    return done(await shownOf(ports, person, wished));
  },
});
