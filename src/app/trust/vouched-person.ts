import type { Actor } from "../../ledger/index.ts";
import { done, refuse, sha256Hex } from "../../quantity/index.ts";
import { clientOf, type Directory, directoryUnknown, inForce } from "../../trust/index.ts";
import type { DirectoriesBeside, DirectoryClient, Told } from "../core/directories.ts";
import { shortName } from "../core/perform.ts";
import type { Ports } from "../core/ports.ts";

const TRIES = 5;

/** A directory that is asked here, with its client, and all that asks it. Refusals: directory_unknown, directory_away. */
export async function askedDirectory(
  { store, people, directories }: Pick<Ports, "store" | "people" | "directories">,
  party: string,
) {
  const directory = (await store.load("directory", party))?.record;
  if (!inForce(directory) || !people || !directories) return directoryUnknown(party);
  const sealed = await directories.beside.secretOf(party);
  const secret = sealed && (await people.seal.open(sealed, clientOf(directory)));
  if (!secret)
    return refuse(
      "directory_away",
      "directory",
      "the secret by which your firm's directory knows Didym is not kept here: your administrator gives it",
    );
  const { issuer, client_id, claim, scopes = [] } = directory;
  const client: DirectoryClient = {
    ...{ issuer, client_id, claim, scopes, client_secret: new TextDecoder().decode(secret) },
  };
  return done({ directory, client, people, ...directories });
}

/** Who somebody is, by what their directory tells of them: of that party, and of no other. */
export async function personTold(
  ports: Pick<Ports, "store" | "ids">,
  { linked, link }: DirectoriesBeside,
  of: { readonly directory: Directory; readonly told: Told },
): Promise<string> {
  const { party, issuer } = of.directory;
  const digest = sha256Hex(JSON.stringify([party, issuer, of.told.subject]));
  return (await linked(digest)) ?? link(digest, await newId(ports));
}

/** An id that nobody has, and that tells nothing. */
async function newId({ store, ids }: Pick<Ports, "store" | "ids">): Promise<string> {
  for (;;) {
    const id = `U-${shortName(ids.nonce())}`;
    if (!(await store.load("person", id))) return id;
  }
}

/**
 * Somebody acts in this role from now on: by an entry where they did not before. Whoever writes beside it is looked at again.
 * Refusals: person_ended, directory_unknown, too_busy.
 */
export async function vouchFor(
  { store, clock, ids }: Pick<Ports, "store" | "clock" | "ids">,
  { id, party, role }: { readonly id: string; readonly party: string; readonly role: string },
) {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const [known, directory] = await Promise.all([store.load("person", id), store.load("directory", party)]);
    if (known?.record.ended_at !== undefined)
      return refuse("person_ended", "person", "you left these books: ask your administrator");
    if (!directory || !inForce(directory.record)) return directoryUnknown(party);
    if (known?.record.role === role) return done(known.record);
    const now = clock.now().toISOString();
    const actor: Actor = { role, party, verified: true, person: id };
    const written = await store.append({
      ...{ key: `vouched/${ids.nonce()}`, request: sha256Hex(`${id} ${role}`), actor, time: now },
      entries: [{ kind: "person_vouched_for", body: { person: id, party, role, at: now } }],
      reads: new Map([
        [`person/${id}`, known?.seq ?? 0],
        [`directory/${party}`, directory.seq],
      ]),
      ...{ answer: { person: id }, documents: [] },
    });
    if (written.ok) return done({ ...known?.record, id, party, role });
  }
  return refuse("too_busy", "directory", "others kept writing at the same moment; sign in again");
}
