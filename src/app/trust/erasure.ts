import { z } from "zod";
import { PersonId } from "../../contract/identifiers.ts";
import { done } from "../../quantity/index.ts";
import { decideErasure } from "../../trust/index.ts";
import { perform } from "../core/perform.ts";
import type { Ports } from "../core/ports.ts";
import { inTwo } from "../core/two.ts";
import { action, command } from "../core/use-case.ts";

/** What a person signs in by, and everywhere that they did. */
export async function endWaysIn({ people, sessions }: Pick<Ports, "people" | "sessions">, person: string) {
  await people?.ways.endOf(person);
  await sessions?.endOf(person);
}

/** What is written of an erasure. What it takes away stands beside the books, and goes by `trust erase-person`. */
export const registerErasure = inTwo(
  command({
    room: "trust",
    verb: "register-erasure",
    known: true,
    summary:
      "State that what is told of a person beside the books goes; trust erase-person states it and does it.",
    input: z.strictObject({ person: PersonId() }),
    example: { person: "U-7K2M9QXA" },
    concerns: {
      says: "the party of the person",
      of: async ({ person }, { get }) => [(await get("person", person))?.party],
    },
    async decide(scope, { person: id }) {
      const decided = decideErasure(await scope.get("person", id), { id, at: scope.now });
      if (!decided.ok) return decided;
      return done({
        entries: [{ kind: "person_erased", body: decided.value }],
        answer: { person: id, erased_at: scope.now },
      });
    },
  }),
  { takes: async ({ get }, { person }) => (await get("person", person))?.ended_at === undefined },
);

export const erasePerson = action({
  room: "trust",
  verb: "erase-person",
  summary:
    "Erase a person: name, mail, ways in and sessions go, an entry says so, and every other entry stays as it is.",
  input: z.strictObject({ person: PersonId() }),
  example: { person: "U-7K2M9QXA" },
  async run(ports, { input, request }) {
    const written = await perform(ports, registerErasure, {
      request: { ...request, key: `erasure/${ports.ids.nonce()}` },
      input,
    });
    // Erased before: a crash may have left what stands beside the books.
    if (!written.ok && written.refusal.code !== "person_erased") return written;
    await endWaysIn(ports, input.person);
    await ports.people?.profiles.erase(input.person);
    return done({ person: input.person, erased: true as const });
  },
});
