import { clientOf, type Directory, inForce, type Person, roleTold } from "../../trust/index.ts";
import type { Directories, Vouched } from "../core/directories.ts";
import type { Asker, Ports, Session } from "../core/ports.ts";
import { askedDirectory, vouchFor } from "./vouched-person.ts";

/** A directory's word holds for so long: who leaves it is out by then. */
export const VOUCHED_MS = 5 * 60_000;
/** Asked again before it is over, so that few have to wait for it. */
const EARLY_MS = 60_000;
/** Whoever asks has this long before another may. */
const TURN_MS = 30_000;
/** Another server asks: its answer is waited for so often, so long. */
const WAITS = 30;
const WAIT_MS = 100;

type Books = Pick<Ports, "store" | "clock" | "ids" | "sessions" | "people">;

/** Who speaks, as far as a session tells. */
export type Speaking = Omit<Asker, "kind" | "compartments">;

/** Nobody, where the directory knows them no more; `directory_away` where it does not say. */
export type VouchedSpeaker = Speaking | "directory_away" | undefined;

interface Showing {
  readonly bearer: string;
  readonly session: Session;
  readonly person: Person;
}

/** Who speaks with a session that a directory stands for, as long as it does. */
export async function speakerByDirectory(
  ports: Books & Pick<Ports, "directories">,
  showing: Showing,
): Promise<VouchedSpeaker> {
  const { session, person } = showing;
  const { directories } = ports;
  const vouched = await directories?.beside.vouched(session.digest);
  const directory = (await ports.store.load("directory", person.party))?.record;
  if (!directories || !vouched || !inForce(directory) || vouched.client !== clientOf(directory))
    return over(ports, session);
  const left = Date.parse(vouched.until) - ports.clock.now().getTime();
  if (left > EARLY_MS) return askerFor(person, vouched.until);
  const asked = await inTurn({ ...ports, directories }, { ...showing, vouched, directory });
  // As long as its last word holds nobody has to wait for the next.
  return asked === "directory_away" && left > 0 ? askerFor(person, vouched.until) : asked;
}

const askerFor = ({ id, party, role }: Pick<Person, "id" | "party" | "role">, until: string): Speaking => ({
  ...{ party, role, person: id, until },
});

async function over({ sessions }: Pick<Ports, "sessions">, { digest }: Session): Promise<undefined> {
  await sessions?.end(digest);
  return undefined;
}

type Asking = Books & { readonly directories: Directories };
type AskedAbout = Showing & { readonly vouched: Vouched; readonly directory: Directory };

/** What is asked at this moment, by session: a refresh token is shown once, however many ask. */
const asking = new Map<string, Promise<VouchedSpeaker>>();

function inTurn(ports: Asking, about: AskedAbout): Promise<VouchedSpeaker> {
  const { digest } = about.session;
  const before = asking.get(digest);
  if (before) return before;
  const asked = turnOf(ports, about).finally(() => asking.delete(digest));
  asking.set(digest, asked);
  return asked;
}

/** Asks, or waits for another server that does. */
async function turnOf(ports: Asking, about: AskedAbout): Promise<VouchedSpeaker> {
  const { session, person, vouched } = about;
  const { beside } = ports.directories;
  const now = ports.clock.now();
  const turn = { now: now.toISOString(), until: new Date(now.getTime() + TURN_MS).toISOString() };
  for (let waited = 0; waited < WAITS; waited++) {
    const latest = await beside.vouched(session.digest);
    if (!latest) return undefined;
    if (latest.until !== vouched.until) return askerFor(await asNow(ports, person), latest.until);
    if (await beside.takeTurn(session.digest, turn)) return askAgain(ports, { ...about, vouched: latest });
    if (Date.parse(vouched.until) > now.getTime()) return askerFor(person, vouched.until);
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
  return "directory_away";
}

const asNow = async ({ store }: Books, person: Person) =>
  (await store.load("person", person.id))?.record ?? person;

interface Sealed {
  readonly subject: string;
  readonly again?: string;
}

async function askAgain(ports: Asking, about: AskedAbout): Promise<VouchedSpeaker> {
  const { bearer, session, person, vouched, directory } = about;
  const { beside, door, seal } = ports.directories;
  const opened = seal.open(vouched.sealed, bearer);
  const { subject, again: by } = JSON.parse(opened ?? "{}") as Partial<Sealed>;
  // A directory that gives nothing to ask by is asked by who signs in again, as soon as its word is over.
  if (subject === undefined || by === undefined) return unasked(ports, about);
  const asked_at = ports.clock.now().getTime();
  const asked = await askedDirectory(ports, person.party);
  const told = asked.ok ? await door.again(asked.value.client, { by, subject }) : asked;
  if (!told.ok) {
    if (told.refusal.code !== "directory_away") return over(ports, session);
    await beside.endTurn(session.digest);
    return "directory_away";
  }
  const role = roleTold(directory, told.value.claims);
  if (!role.ok) return over(ports, session);
  const until = new Date(asked_at + VOUCHED_MS).toISOString();
  const { again } = told.value;
  const sealed = seal.seal(JSON.stringify({ subject, again }), bearer);
  const vouchedFor = await vouchFor(ports, { id: person.id, party: person.party, role: role.value });
  const busy = !vouchedFor.ok && vouchedFor.refusal.code === "too_busy";
  if (!vouchedFor.ok && !busy) return over(ports, session);
  // What it was asked by is used up, so what it gave is kept whatever became of the rest.
  const holds = busy ? vouched.until : until;
  await beside.vouch({ digest: session.digest, client: clientOf(directory), until: holds, sealed });
  return vouchedFor.ok ? askerFor(vouchedFor.value, until) : "directory_away";
}

async function unasked(ports: Asking, { session, person, vouched }: AskedAbout): Promise<VouchedSpeaker> {
  if (Date.parse(vouched.until) <= ports.clock.now().getTime()) return over(ports, session);
  await ports.directories.beside.endTurn(session.digest);
  return askerFor(person, vouched.until);
}
