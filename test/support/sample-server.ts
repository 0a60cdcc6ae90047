import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { createApi } from "../../src/api/index.ts";
import type { Runner } from "../../src/app/core/job-queue.ts";
import { runHere, wasDone } from "../../src/app/jobs/carry-out.ts";
import { work } from "../../src/app/jobs/worker.ts";
import { offerFirst } from "../../src/app/trust/first.ts";
import { useCases } from "../../src/app/use-cases.ts";
import { threadRunner } from "../../src/main/job-threads.ts";
import { Driver, StoryClock } from "../../src/sample/driver.ts";
import { registerPeople } from "../../src/sample/people.ts";
import { tellStory } from "../../src/sample/story.ts";
import { memoryNotices } from "./memory-notices.ts";
import { memoryPorts } from "./memory-ports.ts";
import { watchAnswers } from "./published-answers.ts";

export interface SampleServer {
  readonly base: string;
  /** So many hours pass on the books' clock. */
  wait(hours: number): void;
  /** The link that a server tells at its start where nobody can sign in. */
  firstLink(): Promise<string | undefined>;
  close(): void;
}

/** Long work of a server that keeps everything in memory: in its own thread, but for what needs no books. */
function workHere(ports: ReturnType<typeof memoryPorts>) {
  const onFault = (error: Error) => console.error(error);
  const [here, beside] = [runHere(ports, onFault), threadRunner({}, onFault)];
  const run: Runner = (claim, tell) => (claim.use_case.startsWith("column/") ? beside : here)(claim, tell);
  return work({
    ...{ queue: ports.jobs, onFault, run, name: "here" },
    ...{ wasDone: (claim) => wasDone(ports, claim), slots: 1, pollMs: 50, beatMs: 50 },
  });
}

export interface ServerLike {
  readonly empty?: boolean;
  /** Told to nobody who did not sign in; with sample people, but for empty books. */
  readonly signIn?: boolean;
}

/** The app and its API on the sample programme, kept in memory; `empty` leaves the books blank. */
export async function sampleServer(given: ServerLike = {}): Promise<SampleServer> {
  const clock = new StoryClock(given.empty ? "2026-07-01T14:00:00.000Z" : "2026-01-05T14:00:00.000Z");
  const ports = memoryPorts(() => clock.now());
  const driver = new Driver(ports, clock, "sample");
  if (!given.empty) await tellStory(driver, () => {});
  if (given.signIn && !given.empty) {
    await driver.finish("done");
    await registerPeople(ports, console.error);
  }
  const working = workHere(ports);
  const stopping = new AbortController();
  const app = createApi({
    ports: { ...ports, notices: memoryNotices(ports.store) },
    useCases,
    ...{ webDir: "build/web", stopping: stopping.signal },
    ...{ samplePeople: given.signIn === true && !given.empty, signIn: given.signIn ? "required" : "offered" },
  });
  const watched = watchAnswers((request) => app.fetch(request));
  return new Promise((resolve) => {
    const server = serve({ fetch: watched.fetch, port: 0, hostname: "127.0.0.1" }, (address: AddressInfo) =>
      resolve({
        base: `http://127.0.0.1:${address.port}`,
        wait: (hours) => clock.advance(hours),
        firstLink: () => offerFirst(ports),
        close() {
          stopping.abort();
          void working.stop();
          server.close();
          watched.assertPublished();
        },
      }),
    );
  });
}
