import { done, refuse } from "../../quantity/index.ts";
import { bearerOf, digestOfBearer, speaks, tokenId } from "../../trust/index.ts";
import type { Asker, Ports } from "../core/ports.ts";
import { compartmentsOf } from "../core/seen.ts";

type Books = Pick<Ports, "store" | "clock" | "sessions">;

/** Who speaks with what is shown: a token of the books, or a session. Nobody where it ended, or they did. */
export async function speakerOf(ports: Books, bearer: string): Promise<Asker | undefined> {
  const [digest, now] = [digestOfBearer(bearer), ports.clock.now().toISOString()];
  const token = (await ports.store.load("token", tokenId(digest)))?.record;
  if (token) {
    if (!speaks(token, { digest, now })) return undefined;
    if (token.person !== undefined && !(await isHere(ports, token.person))) return undefined;
    const { party, role, person, scope, until } = token;
    return {
      ...{ party, kind: await kindOf(ports, party), role, token: token.id, until },
      ...(person === undefined ? {} : { person }),
      ...(scope === undefined ? {} : { scope }),
      ...(await knowing(ports, person)),
    };
  }
  const session = await ports.sessions?.find(digest);
  if (!session || session.until <= now) return undefined;
  const person = await isHere(ports, session.person);
  if (!person) return undefined;
  const { party, role, id } = person;
  const kind = await kindOf(ports, party);
  return { party, kind, role, person: id, ...(await knowing(ports, id)), until: session.until };
}

async function knowing({ store, clock }: Books, person: string | undefined) {
  const compartments = await compartmentsOf(store, person, clock.now().toISOString());
  return compartments.length === 0 ? {} : { compartments };
}

const kindOf = async ({ store }: Pick<Books, "store">, party: string): Promise<string> =>
  (await store.load("party", party))?.record.kind ?? "party";

async function isHere({ store }: Pick<Books, "store">, id: string) {
  const person = (await store.load("person", id))?.record;
  return person?.ended_at === undefined ? person : undefined;
}

const SAMPLE_HOURS = 12;

/** Makes whoever asks one of the sample people, for half a day. Refusals: person_unknown, person_not_sample. */
export async function beSample(ports: Books & Pick<Ports, "ids">, id: string) {
  const person = await isHere(ports, id);
  if (!person) return refuse("person_unknown", "person", `there is no ${id}; see trust people`);
  const party = (await ports.store.load("party", person.party))?.record;
  if (!person.sample || !party?.sample)
    return refuse("person_not_sample", "person", `${id} is somebody, and signs in themselves`);
  const bearer = bearerOf(ports.ids.nonce(), ports.ids.nonce());
  const until = new Date(ports.clock.now().getTime() + SAMPLE_HOURS * 3_600_000).toISOString();
  await ports.sessions?.start({ digest: digestOfBearer(bearer), person: id, until });
  return done({ token: bearer, person: id, party: person.party, role: person.role, until });
}
