import { done, refuse, sha256Hex } from "../../quantity/index.ts";
import { bearerOf, clientOf, digestOfBearer, inForce, roleTold } from "../../trust/index.ts";
import type { Carried } from "../core/directories.ts";
import { everyRecord } from "../core/pages.ts";
import type { Ports } from "../core/ports.ts";
import { callbackOf } from "./directories.ts";
import { beginSession } from "./sessions.ts";
import { askedDirectory, personTold, vouchFor } from "./vouched-person.ts";
import { VOUCHED_MS } from "./vouched-session.ts";

const PURPOSE = "directory";
const HELD_MS = 10 * 60_000;

/** Each is another of the browser's text, so that what travels gives none of the others away. */
const carriedBy = (browser: string): Carried => ({
  state: sha256Hex(`state ${browser}`),
  nonce: sha256Hex(`nonce ${browser}`),
  verifier: sha256Hex(`verifier ${browser}`),
});

/** Directories that somebody can sign in by, by whose they are. */
export async function offeredDirectories({ store, directories }: Pick<Ports, "store" | "directories">) {
  const all = directories ? (await everyRecord(store, "directory")).filter(inForce) : [];
  const offered = await Promise.all(
    all.map(async ({ party }) => ({
      ...{ party, name: (await store.load("party", party))?.record.name ?? party },
      ready: (await directories?.beside.secretOf(party)) !== undefined,
    })),
  );
  return offered.filter(({ ready }) => ready).map(({ party, name }) => ({ party, name }));
}

/** Where a browser goes to its owner's directory, and the text that it keeps meanwhile. Refusals: directory_unknown, directory_away. */
export async function goToDirectory(
  ports: Pick<Ports, "store" | "clock" | "ids" | "people" | "directories">,
  { party, origin }: { readonly party: string; readonly origin: string },
) {
  const asked = await askedDirectory(ports, party);
  if (!asked.ok) return asked;
  const { client, door, people } = asked.value;
  const browser = bearerOf(ports.ids.nonce(), ports.ids.nonce());
  const carried = carriedBy(browser);
  const callback = `${origin}${callbackOf(party)}`;
  const address = await door.address(client, { carried, callback });
  if (!address.ok) return address;
  const until = new Date(ports.clock.now().getTime() + HELD_MS).toISOString();
  const digest = sha256Hex(carried.state);
  await people.challenges.keep({ digest, purpose: PURPOSE, body: { party }, until });
  return done({ browser, address: address.value });
}

const OVER = refuse(
  "challenge_over",
  "state",
  "this took longer than ten minutes, was done before, or began in another browser: sign in again",
);

/** Whether a browser came back with what it was sent with, to the party it was sent for; once. */
async function cameBack(
  { people, clock }: Pick<Ports, "people" | "clock">,
  given: { readonly party: string; readonly carried: Carried; readonly came: URL },
): Promise<boolean> {
  const { party, carried, came } = given;
  // Another's address does not use up what this browser waits for.
  if (came.searchParams.get("state") !== carried.state) return false;
  const sought = { digest: sha256Hex(carried.state), purpose: PURPOSE, now: clock.now().toISOString() };
  return (await people?.challenges.take(sought))?.body["party"] === party;
}

/**
 * Whoever comes back from their directory is signed in. Refusals: challenge_over, directory_unknown, directory_away, sign_in_failed,
 * role_not_mapped, person_ended, too_busy.
 */
export async function comeFromDirectory(
  ports: Pick<Ports, "store" | "clock" | "ids" | "people" | "sessions" | "directories">,
  given: {
    readonly party: string;
    readonly browser: string;
    readonly came: URL;
    readonly device: string;
  },
) {
  const { party, browser, came, device } = given;
  const carried = carriedBy(browser);
  if (!(await cameBack(ports, { party, carried, came }))) return OVER;
  const asked = await askedDirectory(ports, party);
  if (!asked.ok) return asked;
  const { directory, client, beside, door, seal } = asked.value;
  const asked_at = ports.clock.now().getTime();
  const told = await door.arrived(client, { carried, came });
  if (!told.ok) return told;
  const role = roleTold(directory, told.value.claims);
  if (!role.ok) return role;
  const id = await personTold(ports, beside, { directory, told: told.value });
  const person = await vouchFor(ports, { id, party, role: role.value });
  if (!person.ok) return person;
  await keepName(ports, id, told.value.claims);
  const session = await beginSession(ports, { person: id, device });
  const { subject, again } = told.value;
  await beside.vouch({
    ...{ digest: digestOfBearer(session.token), client: clientOf(directory) },
    until: new Date(asked_at + VOUCHED_MS).toISOString(),
    sealed: seal.seal(JSON.stringify({ subject, again }), session.token),
  });
  return done({ ...session, person: id, party, role: role.value });
}

/** They are called what their directory calls them. */
async function keepName(
  { people }: Pick<Ports, "people">,
  person: string,
  { name, email }: Readonly<Record<string, unknown>>,
): Promise<void> {
  const called = [name, email].find((one): one is string => typeof one === "string" && one.trim() !== "");
  if (called === undefined) return;
  const mail = typeof email === "string" ? { mail: email.slice(0, 200) } : {};
  await people?.profiles.keep({ person, name: called.trim().slice(0, 100), ...mail });
}
