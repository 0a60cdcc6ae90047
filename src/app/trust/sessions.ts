import { z } from "zod";
import { PartyId, saying } from "../../contract/identifiers.ts";
import { done, refuse } from "../../quantity/index.ts";
import { bearerOf, digestOfBearer } from "../../trust/index.ts";
import { everyRecord } from "../core/pages.ts";
import type { Asker, Ports } from "../core/ports.ts";
import { action, query } from "../core/use-case.ts";

type Books = Pick<Ports, "store" | "clock" | "sessions">;

/** Half a day: a shift, and its handing over. */
const SESSION_HOURS = 12;

/** Someone is signed in from now on; what the session shows is told once. */
export async function beginSession(
  ports: Pick<Ports, "clock" | "ids" | "sessions">,
  { person, device }: { readonly person: string; readonly device: string },
) {
  const bearer = bearerOf(ports.ids.nonce(), ports.ids.nonce());
  const now = ports.clock.now();
  const until = new Date(now.getTime() + SESSION_HOURS * 3_600_000).toISOString();
  const began_at = now.toISOString();
  await ports.sessions?.start({
    ...{ digest: digestOfBearer(bearer), person, until, began_at, seen_at: began_at, device },
  });
  return { token: bearer, until };
}

const sessionId = (digest: string) => `S-${digest.slice(0, 20)}`;

/** Whose sessions, and whose names, somebody may look at: their own, of their party, or everybody's. */
type Within = { readonly person: string } | { readonly party: string } | "all" | undefined;

function sessionsOf(asker: Asker | "owner" | undefined): Within {
  if (asker === "owner") return "all";
  if (!asker || asker.token !== undefined) return undefined;
  if (asker.role === "administrator") return { party: asker.party };
  return asker.person === undefined ? undefined : { person: asker.person };
}

async function personsIn({ store }: Pick<Books, "store">, within: Within) {
  if (within === undefined) return [];
  if (within === "all") return undefined;
  if ("person" in within) return [within.person];
  const people = await everyRecord(store, "person", { where: { party: within.party } });
  return people.map(({ id }) => id);
}

async function visible(ports: Books, within: Within) {
  const now = ports.clock.now().toISOString();
  const all = (await ports.sessions?.list(await personsIn(ports, within))) ?? [];
  return all.filter(({ until }) => until > now);
}

export const sessions = query({
  room: "trust",
  verb: "sessions",
  summary:
    "Who is signed in, where and since when: your own, those of your party for its administrator, all for the machine's owner.",
  input: z.strictObject({}),
  example: {},
  async answer(ports) {
    const listed = await visible(ports, sessionsOf(ports.asker));
    const items = listed.map(({ digest, person, device, began_at, seen_at, until }) => ({
      ...{ session: sessionId(digest), person, device, began_at, seen_at, until },
    }));
    return done({ items });
  },
});

export const endSession = action({
  room: "trust",
  verb: "end-session",
  summary: "End a session: your own, one of your party for its administrator, any for the machine's owner.",
  input: z.strictObject({
    session: saying(z.string().regex(/^S-[0-9a-f]{20}$/, "is the id of a session, S-…"), {
      "x-refers-to": {
        ...{ room: "trust", verb: "sessions", value: "session" },
        shows: ["device", "person", "began_at"],
      },
    }),
  }),
  example: { session: "S-2c3d4e5f60718293a4b5" },
  async run(ports, { input, request: { actor, owner } }) {
    const asker = owner
      ? ("owner" as const)
      : actor.verified
        ? { ...actor, kind: "party", until: "" }
        : undefined;
    if (!asker)
      return refuse("not_signed_in", "actor", "sessions are ended by who signed in, not by who states it");
    const found = (await visible(ports, sessionsOf(asker))).find(
      ({ digest }) => sessionId(digest) === input.session,
    );
    if (!found) return refuse("session_unknown", "session", `there is no session ${input.session} of yours`);
    await ports.sessions?.end(found.digest);
    return done({ session: input.session, person: found.person, ended: true as const });
  },
});

const NAMES_MAX = 1000;

export const names = query({
  room: "trust",
  verb: "names",
  summary: "The names of people, beside their ids: of your own party alone, of all for the machine's owner.",
  input: z.strictObject({ party: PartyId().optional() }),
  example: {},
  async answer(ports, { party }) {
    const { asker, people, store } = ports;
    if (asker === undefined) return done({ items: [] });
    const whose = asker === "owner" ? party : asker.party;
    if (party !== undefined && party !== whose) return done({ items: [] });
    const persons = await everyRecord(
      store,
      "person",
      whose === undefined ? {} : { where: { party: whose } },
    );
    const ids = persons.filter(({ sample }) => !sample).map(({ id }) => id);
    const profiles = (await people?.profiles.of(ids.slice(-NAMES_MAX))) ?? [];
    return done({ items: profiles.map(({ person, name }) => ({ person, name })) });
  },
});
