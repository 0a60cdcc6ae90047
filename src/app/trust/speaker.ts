import { done, refuse } from "../../quantity/index.ts";
import { digestOfBearer, speaks, tokenId } from "../../trust/index.ts";
import type { Asker, Ports } from "../core/ports.ts";
import { compartmentsOf } from "../core/seen.ts";
import { beginSession } from "./sessions.ts";
import { type Speaking, speakerByDirectory } from "./vouched-session.ts";

type Books = Pick<Ports, "store" | "clock" | "sessions">;

/** Nobody, or `directory_away`: their directory does not say whether they still speak. */
export type Speaker = Asker | "directory_away" | undefined;

/** How exactly it is known when a session was last seen. */
const SEEN_MS = 60_000;

/**
 * Who speaks with what is shown: a token of the books, or a session. Nobody where it ended, or they did; `directory_away` where
 * their firm's directory does not say whether they still do.
 */
export async function speakerOf(
  ports: Books & Pick<Ports, "ids" | "people" | "directories">,
  bearer: string,
): Promise<Speaker> {
  const [digest, now] = [digestOfBearer(bearer), ports.clock.now().toISOString()];
  const token = (await ports.store.load("token", tokenId(digest)))?.record;
  if (token) {
    if (!speaks(token, { digest, now })) return undefined;
    if (token.person !== undefined && !(await isHere(ports, token.person))) return undefined;
    const { party, role, person, scope, until } = token;
    return known(ports, {
      ...{ party, role, token: token.id, until },
      ...(person === undefined ? {} : { person }),
      ...(scope === undefined ? {} : { scope }),
    });
  }
  const session = await ports.sessions?.find(digest);
  if (!session || session.until <= now) return undefined;
  const person = await isHere(ports, session.person);
  if (Date.parse(now) - Date.parse(session.seen_at) >= SEEN_MS) await ports.sessions?.seen(digest, now);
  if (!person) return undefined;
  if (person.by_directory) {
    const vouched = await speakerByDirectory(ports, { bearer, session, person });
    return typeof vouched === "object" ? known(ports, vouched) : vouched;
  }
  const { party, role, id } = person;
  return known(ports, { party, role, person: id, until: session.until });
}

/** With what decides what they may know. */
async function known({ store, clock }: Books, speaking: Speaking): Promise<Asker> {
  const kind = (await store.load("party", speaking.party))?.record.kind ?? "party";
  const compartments = await compartmentsOf(store, speaking.person, clock.now().toISOString());
  return { ...speaking, kind, ...(compartments.length === 0 ? {} : { compartments }) };
}

/** Whoever acts for a party now. */
export async function isHere({ store }: Pick<Books, "store">, id: string) {
  const person = (await store.load("person", id))?.record;
  return person?.ended_at === undefined ? person : undefined;
}

/** Makes whoever asks one of the sample people, for half a day. Refusals: person_unknown, person_not_sample. */
export async function beSample(ports: Books & Pick<Ports, "ids">, id: string, device: string) {
  const person = await isHere(ports, id);
  if (!person) return refuse("person_unknown", "person", `there is no ${id}; see trust people`);
  const party = (await ports.store.load("party", person.party))?.record;
  if (!person.sample || !party?.sample)
    return refuse("person_not_sample", "person", `${id} is somebody, and signs in themselves`);
  const { token, until } = await beginSession(ports, { person: id, device });
  return done({ token, person: id, party: person.party, role: person.role, until });
}
