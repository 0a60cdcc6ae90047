import type { Ports } from "../app/ports.ts";
import { Driver, StoryClock } from "./driver.ts";
import { tellStory } from "./story.ts";

// The sample programme: loaded on first start, marked as sample everywhere. Public places, made-up parties.

const PREFIX = "sample";
const START = "2026-01-05T14:00:00.000Z";
/** The last request of the story: answered, the sample is whole. */
const DONE = `${PREFIX}/done`;

/**
 * Loads the sample programme into empty books, or goes on with one that was interrupted; does nothing where the books are
 * somebody's own. `portsAt` makes ports whose clock stands where the story is.
 */
export async function loadSample(given: {
  readonly portsAt: (clock: StoryClock) => Ports;
  readonly log: (line: string) => void;
}): Promise<"loaded" | "there already" | "books are in use"> {
  const clock = new StoryClock(START);
  const ports = given.portsAt(clock);
  if (await ports.store.answerTo(DONE)) return "there already";
  const [first] = await ports.store.entries({ after: 0, limit: 1 });
  if (first && !first.key.startsWith(`${PREFIX}/`)) return "books are in use";
  given.log("loading the sample programme (first start only)");
  const driver = new Driver(ports, clock, PREFIX);
  await tellStory(driver, given.log);
  await driver.finish(DONE);
  return "loaded";
}
