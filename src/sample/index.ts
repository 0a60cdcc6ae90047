import type { Ports } from "../app/core/ports.ts";
import { Driver, StoryClock } from "./driver.ts";
import { registerPeople } from "./people.ts";
import { tellStory } from "./story.ts";

// The sample programme: loaded on first start, marked as sample everywhere. Public places, made-up parties.

const PREFIX = "sample";
/** The story takes seventeen weeks and a half, and ends a few days before it is told, so that what it leaves open is due soon. */
const STORY_WEEKS = 18;
const WEEK_MS = 7 * 86_400_000;
/** Monday, 14:00 UTC: 1970-01-05 was the first. */
const FIRST_MONDAY_MS = 4 * 86_400_000 + 14 * 3_600_000;
/** The last request of the story: answered, the sample is whole. */
const DONE = `${PREFIX}/done`;

/**
 * Loads the sample programme into empty books, or goes on with one that was interrupted; does nothing where the books are
 * somebody's own. `portsAt` makes ports whose clock stands where the story is.
 */
export async function loadSample(given: {
  readonly portsAt: (clock: StoryClock) => Ports;
  readonly now: Date;
  readonly log: (line: string) => void;
  /** Whether its people are put on the books too, for who may be any of them. */
  readonly people?: boolean;
}): Promise<"loaded" | "there already" | "books are in use"> {
  const { store } = given.portsAt(new StoryClock(startOfStory(given.now)));
  if (await store.answerTo(DONE)) {
    if (given.people) await registerPeople(given.portsAt(new StoryClock(given.now.toISOString())), given.log);
    return "there already";
  }
  const [first] = await store.entries({ after: 0, limit: 1 });
  if (first && !first.key.startsWith(`${PREFIX}/`)) return "books are in use";
  // A story that was interrupted goes on in its own weeks: its first entry says which.
  const clock = new StoryClock(first?.time ?? startOfStory(given.now));
  const ports = given.portsAt(clock);
  given.log("loading the sample programme (first start only)");
  const driver = new Driver(ports, clock, PREFIX);
  await tellStory(driver, given.log);
  await driver.finish(DONE);
  if (given.people) await registerPeople(ports, given.log);
  return "loaded";
}

/** The Monday on which a story told now begins. */
function startOfStory(now: Date): string {
  const weeks = Math.floor((now.getTime() - FIRST_MONDAY_MS) / WEEK_MS) - STORY_WEEKS;
  return new Date(FIRST_MONDAY_MS + weeks * WEEK_MS).toISOString();
}
