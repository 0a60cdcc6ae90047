import { Fault } from "../../quantity/index.ts";
import { isOfCompartment, readersOfCompartment } from "../../trust/index.ts";
import { everyRecord } from "./pages.ts";
import type { Asker, Ports, QueryPorts, Reader } from "./ports.ts";
import { OWNER } from "./reads-kept.ts";
import { AUDITORS, readerOf } from "./seen.ts";

interface Asked<T> {
  readonly asker: Asker | "owner" | undefined;
  /** "ROOM/VERB", or what is no use case. */
  readonly query: string;
  /** What of an answer can differ; left out, all of it. */
  readonly essence?: (answer: T) => unknown;
}

/**
 * Reads the books as somebody, and notes what the answer tells of compartments before it is told (Z102): what it tells of one is what
 * it would not tell to who is in none. So it is known of every answer there is, however it was worked out and whatever was remembered.
 */
export async function readNoted<T>(
  ports: Ports,
  { asker, query, essence = (answer) => answer }: Asked<T>,
  read: (seen: QueryPorts) => Promise<T>,
): Promise<T> {
  const reader = readerOf(asker);
  const outside = outsideOf(reader);
  const asking = { ...ports, ...(asker === undefined ? {} : { asker }) };
  const known = outside && (await compartmentsFor(ports, reader));
  if (!outside || !known || known.length === 0) return read({ ...asking, store: ports.store.readBy(reader) });
  // Both answers are of one moment, or they would differ by their clocks.
  const now = ports.clock.now();
  const readAs = (those: Reader) =>
    read({ ...asking, clock: { now: () => now }, store: ports.store.readBy(those) });
  if (!ports.reads) return readAs(outside);
  const answer = await readAs(reader);
  const textFor = async (those: Reader) => textOf(essence, () => readAs(those));
  const untold = await textFor(outside);
  if ((await textOf(essence, async () => answer)) === untold) return answer;
  const told: string[] = [];
  if (known.length > 1)
    for (const id of known)
      if ((await textFor([...outside, readersOfCompartment(id)])) !== untold) told.push(id);
  await ports.reads.noteCompartments({
    ...{ at: now.toISOString(), query, ...whoOf(asker) },
    // What several tell together only is told of each.
    compartments: told.length > 0 ? told : known,
  });
  return answer;
}

const whoOf = (asker: Asker | "owner" | undefined) =>
  asker === undefined || asker === "owner"
    ? { by: asker === "owner" ? OWNER : null, party: null }
    : { by: asker.person ?? asker.token ?? null, party: asker.party };

/** Readers by which somebody knows of compartments, as one of those in it or as their administrator. */
const isInside = (reader: string): boolean => isOfCompartment(reader) || reader.includes("/");

/** The same reader outside of every compartment; nothing where they are. */
function outsideOf(reader: Reader): readonly string[] | undefined {
  if (reader === "everything") return [AUDITORS];
  return reader.some(isInside) ? reader.filter((one) => !isInside(one)) : undefined;
}

const compartmentsFor = async ({ store }: Ports, reader: Reader): Promise<readonly string[]> =>
  (await everyRecord(store.readBy(reader), "compartment")).map(({ compartment }) => compartment);

/** Books that are seen in part may not add up: what then breaks is another answer. */
async function textOf<T>(essence: (answer: T) => unknown, read: () => Promise<T>): Promise<string> {
  try {
    return JSON.stringify(essence(await read())) ?? "";
  } catch (cause) {
    if (cause instanceof Fault) return "(does not add up)";
    throw cause;
  }
}

/** As somebody reads whose answer others are shown too: outside of every compartment. */
export const outsideAll = (reader: Reader): Reader => outsideOf(reader) ?? reader;
