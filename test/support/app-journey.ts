import { after, before } from "node:test";
import type { Browser, Page } from "playwright-core";
import { newContext, openBrowser } from "./browser.ts";
import { type SampleServer, type ServerLike, sampleServer } from "./sample-server.ts";

export interface AppJourney {
  readonly base: string;
  readonly browser: Browser;
  /** So many hours pass on the books' clock. */
  wait(hours: number): void;
  /** The link that a server tells at its start where nobody can sign in. */
  firstLink(): Promise<string | undefined>;
  /** Opens a path in a fresh profile, walks it, and closes the profile whatever happened. */
  visit(path: string, walk: (page: Page) => Promise<void>, look?: Look): Promise<void>;
}

interface Look {
  readonly width?: number;
  readonly dark?: boolean;
  /** What must listen or stand between before the first request. */
  readonly prepare?: (page: Page) => unknown;
}

/** The app on the sample programme, or on empty books, and a browser before it, for all journeys of one file. */
export function appJourney(given: ServerLike = {}): AppJourney {
  let browser: Browser | undefined;
  let server: SampleServer | undefined;
  before(async () => {
    server = await sampleServer(given);
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });
  const started = <T>(thing: T | undefined): T => {
    if (thing === undefined) throw new Error("a journey begins inside a test");
    return thing;
  };
  return {
    get base() {
      return started(server).base;
    },
    get browser() {
      return started(browser);
    },
    wait: (hours) => started(server).wait(hours),
    firstLink: () => started(server).firstLink(),
    async visit(path, walk, look) {
      const context = await newContext(started(browser), look);
      try {
        const page = await context.newPage();
        await look?.prepare?.(page);
        await page.goto(started(server).base + path);
        await walk(page);
      } finally {
        await context.close();
      }
    },
  };
}
