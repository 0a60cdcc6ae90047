import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { readActor } from "../app/actor.ts";
import { parseInput, perform } from "../app/perform.ts";
import type { Ports } from "../app/ports.ts";
import { withRun } from "../app/run.ts";
import type { Calculation, Command, Query, UseCase } from "../app/use-case.ts";
import { readJson } from "./body.ts";
import { docsPage } from "./docs-page.ts";
import { openApi } from "./openapi.ts";
import { problem } from "./problem.ts";
import { webApp } from "./web-app.ts";

export interface ApiOptions {
  readonly ports: Ports;
  readonly useCases: readonly UseCase[];
  /** The folder of the built web app; without it only the API is served. */
  readonly webDir?: string;
  /** Told about faults, which answer 500 without their inside. */
  readonly onFault?: (error: Error) => void;
}

/** The HTTP face: one route a use case, OpenAPI, documents, and the web app. */
export function createApi(options: ApiOptions): Hono {
  const { ports, useCases } = options;
  const app = new Hono();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:", "blob:"],
        workerSrc: ["'self'", "blob:"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
      },
      strictTransportSecurity: false,
    }),
  );
  app.onError((error, c) => {
    options.onFault?.(error);
    return problem(c, {
      code: "fault",
      at: "server",
      message: "something broke on our side; nothing was written",
    });
  });
  app.get("/api/health", (c) => c.json({ status: "ok", version: ports.version }));
  app.get("/api/openapi.json", (c) => c.json(openApi(useCases, ports.version)));
  app.get("/api/docs", (c) => c.html(docsPage(useCases)));
  app.get("/api/documents/:digest", async (c) => {
    const document = await ports.store.document(c.req.param("digest"));
    if (!document)
      return problem(c, { code: "not_found", at: "digest", message: "no document has this digest" });
    return c.body(new Uint8Array(document.bytes), 200, {
      "content-type": document.media_type,
      "content-disposition": `inline; filename="${document.name.replace(/[^\w.-]/g, "_")}"`,
      "cache-control": "public, max-age=31536000, immutable",
    });
  });
  for (const useCase of useCases) addRoute(app, ports, useCase);
  app.all("/api/*", (c) =>
    problem(c, {
      code: "not_found",
      at: c.req.path.slice(0, 200),
      message: "there is no such path; see /api/docs",
    }),
  );
  if (options.webDir) webApp(app, options.webDir);
  return app;
}

function addRoute(app: Hono, ports: Ports, useCase: UseCase): void {
  const path = `/api/${useCase.room}/${useCase.verb}`;
  if (useCase.type === "query") {
    app.get(path, async (c) => {
      const input = parseInput(useCase, c.req.query());
      const answer = input.ok ? await (useCase as Query<unknown, object>).answer(ports, input.value) : input;
      return answer.ok ? c.json(answer.value) : problem(c, answer.refusal);
    });
    return;
  }
  app.post(path, async (c) => {
    const body = await readJson(c);
    if (!body.ok) return problem(c, body.refusal);
    if (useCase.type === "calculation") {
      const answer = await withRun(ports, useCase as Calculation<unknown, object>, body.value);
      return answer.ok ? c.json(answer.value) : problem(c, answer.refusal);
    }
    const key = c.req.header("idempotency-key");
    if (!key)
      return problem(c, {
        code: "key_missing",
        at: "Idempotency-Key",
        message: "a command carries an Idempotency-Key",
      });
    const actor = readActor(c.req.header("didym-actor"));
    if (!actor.ok) return problem(c, actor.refusal);
    const given = { request: { key, actor: actor.value }, input: body.value };
    const performed = await perform(ports, useCase as Command<unknown, object>, given);
    return performed.ok
      ? c.json(performed.value, performed.value.repeated ? 200 : 201)
      : problem(c, performed.refusal);
  });
}
