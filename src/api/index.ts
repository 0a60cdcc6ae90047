import { type Context, Hono } from "hono";
import { compress } from "hono/compress";
import { secureHeaders } from "hono/secure-headers";
import type { Runner } from "../app/core/job-queue.ts";
import { readNoted } from "../app/core/noted-read.ts";
import type { Asker, Ports, StoredDocument } from "../app/core/ports.ts";
import type { UseCase } from "../app/core/use-case.ts";
import { answerPosted, answerQuery } from "./answer.ts";
import type { Cost } from "./auth/password-hash.ts";
import { bodiesOf } from "./body/take.ts";
import { docsPage } from "./docs-page.ts";
import { type DocumentFound, serveDocument } from "./document.ts";
import { type Ended, endOf, requestIdOf } from "./ended.ts";
import { eventStream } from "./events.ts";
import type { Face, SignInTries } from "./face.ts";
import { type AskBackups, DATABASE_AWAY, live, ready } from "./health.ts";
import { addJobRoutes, isJobOf, jobWatch } from "./jobs.ts";
import { lanes } from "./lanes.ts";
import { type Metrics, serveMetrics } from "./metrics.ts";
import { offloadTo } from "./offload.ts";
import { openApi } from "./openapi.ts";
import { problem } from "./problem.ts";
import { askerIn, asksAs } from "./reader.ts";
import { onlyServedNames, type Served } from "./served-names.ts";
import { signInWith } from "./sign-in.ts";
import { addSignInRoutes } from "./sign-in-routes.ts";
import { webApp } from "./web-app.ts";

export interface ApiOptions {
  readonly ports: Ports;
  readonly useCases: readonly UseCase[];
  /** The folder of the built web app; without it only the API is served. */
  readonly webDir?: string;
  /** Told about faults, which answer 500 without their inside, with the id of the request. */
  readonly onFault?: (error: Error, request_id?: string) => void;
  /** Told of every request when it has ended. */
  readonly onEnded?: (ended: Ended) => void;
  /** Figures at /api/metrics; without them that path is refused. */
  readonly metrics?: Metrics | undefined;
  /** Whether a fault is the database's absence, which answers 503. */
  readonly isDatabaseAway?: (error: Error) => boolean;
  /** What it is called: requests by another name, or from pages of others, are refused (A12). Without a socket nothing is checked. */
  readonly served?: Served;
  /** Over TLS browsers are told to come back over nothing else. */
  readonly secure?: boolean;
  /** Does long work beside this thread; without it a request for long work keeps the others waiting. */
  readonly offload?: Runner;
  /** Seconds until a caller may ask for another calculation; nothing where one may now. */
  readonly mustWait?: (caller: string) => Promise<number | undefined>;
  /** Seconds until somebody may try to sign in again; nothing where they may now. */
  readonly signInTries?: SignInTries;
  /** What a password costs to try; left out, as much as it should. */
  readonly passwordCost?: Cost;
  /** Offered: who does not sign in is answered too, as nobody. Otherwise they are told nothing of the books. */
  readonly signIn?: SignInMode;
  /** Whether anyone here may be one of the sample people. */
  readonly samplePeople?: boolean;
  /** Of a server that keeps backups. */
  readonly backups?: AskBackups;
  /** Aborted when the server stops: lines that stay open are ended. */
  readonly stopping?: AbortSignal;
}

export type SignInMode = "offered" | "required";

/** What looks at the books and is no use case. */
const BOOKS_BESIDE = ["/api/documents/*", "/api/events"];

/** The HTTP face: one route a use case, OpenAPI, documents, and the web app. */
export function createApi(options: ApiOptions): Hono {
  const { ports, useCases } = options;
  const app = new Hono();
  app.use(endOf(options.onEnded ?? (() => {})));
  app.use(headersOf(options.secure === true));
  // Phones on a yard's network load a third of the bytes; a stream of events is left as it is.
  app.use(compress());
  if (options.served) app.use(onlyServedNames(options.served));
  app.onError((error, c) => {
    if (options.isDatabaseAway?.(error)) return problem(c, DATABASE_AWAY);
    options.onFault?.(error, requestIdOf(c));
    const message = "something broke on our side; what was asked for was not done";
    return problem(c, { code: "fault", at: "server", message });
  });
  app.use("/api/*", async (c, next) => {
    await next();
    if (!c.res.headers.has("cache-control")) c.res.headers.set("cache-control", "no-store");
  });
  const [bodies, turns] = [bodiesOf(), lanes()];
  const signIn = signInWith(ports, options.signIn !== "offered");
  for (const path of BOOKS_BESIDE)
    app.use(path, async (c, next) => {
      const asker = await signIn.asker(c);
      if (!asker.ok) return problem(c, asker.refusal);
      asksAs(c, asker.value);
      return next();
    });
  // Built when they are first asked for: a server answers its first request without them.
  const document = once(() => openApi(useCases, ports.version));
  const page = once(() => docsPage(document()));
  const served: Readonly<Record<string, (c: Context) => Response | Promise<Response>>> = {
    "/api/health": ready(ports, options.backups),
    "/api/health/live": live(ports),
    "/api/health/ready": ready(ports, options.backups),
    "/api/metrics": serveMetrics(options.metrics, () => ({ lanes: turns.now(), bodies: bodies.now() })),
    "/api/openapi.json": (c) => c.json(document()),
    "/api/docs": (c) => c.html(page()),
    "/api/documents/:digest": (c) => serveDocument(c, (digest) => documentFor(ports, askerIn(c), digest)),
    "/api/events": eventStream({
      store: ports.store,
      stopping: options.stopping,
      more: ports.jobs ? [{ event: "job", watch: jobWatch(ports.jobs), isFor: isJobOf }] : [],
    }),
  };
  for (const [path, answer] of Object.entries(served)) {
    app.get(path, answer);
    app.all(path, (c) => otherMethod(c, "GET"));
  }
  const face: Face = {
    ...{ ports, bodies, mustWait: options.mustWait, signIn, signInTries: options.signInTries },
    passwordCost: options.passwordCost,
    offload: options.offload && offloadTo(options.offload, turns),
  };
  for (const useCase of useCases) addRoute(app, face, useCase);
  addJobRoutes(app, face, otherMethod);
  addSignInRoutes(app, face, {
    samplePeople: options.samplePeople === true,
    secure: options.secure === true,
  });
  const nowhere = (c: Context) =>
    problem(c, { code: "not_found", at: "path", message: "there is no such path; see /api/docs" });
  app.all("/api/*", nowhere);
  app.notFound(nowhere);
  if (options.webDir !== undefined) webApp(app, options.webDir);
  return app;
}

/** A document as somebody may see it; that they did is noted where it is a compartment's. */
const documentFor = (ports: Ports, asker: Asker | undefined, digest: string) =>
  readNoted<DocumentFound>(
    ports,
    {
      ...{ asker, query: "documents" },
      essence: ({ document, erased }) => [document?.digest ?? null, erased?.seq ?? null],
    },
    async ({ store }) => {
      const document = await store.document(digest);
      if (document && (await isYearKey(ports, document))) return {};
      return document ? { document } : { erased: await store.load("erased_document", digest) };
    },
  );

/** By a year's key serial numbers can be guessed: nobody is handed it (intake N53). A list may have any name. */
async function isYearKey(
  { store }: Pick<Ports, "store">,
  { name, digest }: StoredDocument,
): Promise<boolean> {
  const year = /^serial-key-(\d{4})\.json$/.exec(name)?.[1];
  return year !== undefined && (await store.load("serial_key", year))?.record.digest === digest;
}

/** What is worked out at the first asking, and remembered. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const headersOf = (secure: boolean) =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", "data:", "blob:"],
      workerSrc: ["'self'", "blob:"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
      objectSrc: ["'none'"],
      frameAncestors: ["'none'"],
    },
    // Over plain HTTP nobody could come back; a proxy that adds TLS adds this as well.
    strictTransportSecurity: secure ? "max-age=31536000" : false,
  });

function otherMethod(c: Context, allowed: string): Response {
  const message = `${c.req.path.slice(0, 200)} takes ${allowed}, not ${c.req.method.slice(0, 20)}`;
  const answer = problem(c, { code: "method_not_allowed", at: "method", message });
  answer.headers.set("allow", allowed);
  return answer;
}

function addRoute(app: Hono, face: Face, useCase: UseCase): void {
  const path = `/api/${useCase.room}/${useCase.verb}`;
  if (useCase.type === "query") app.get(path, (c) => answerQuery(c, face, useCase));
  else app.post(path, (c) => answerPosted(c, face, useCase));
  app.all(path, (c) => otherMethod(c, useCase.type === "query" ? "GET" : "POST"));
}
