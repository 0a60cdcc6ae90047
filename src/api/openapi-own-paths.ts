import type { Json } from "../app/core/published.ts";
import { table } from "../quantity/index.ts";
import { refusedCommonly } from "./openapi-responses.ts";

const DOCUMENT: Json = {
  get: {
    operationId: "document",
    tags: ["server"],
    summary: "A document by its SHA-256: a bill of lading, a certificate, a manifest as it came.",
    parameters: [
      { name: "digest", in: "path", required: true, schema: { type: "string", pattern: "^[0-9a-f]{64}$" } },
    ],
    responses: {
      "200": { description: "the bytes, with their media type" },
      ...refusedCommonly(404, 410, 500),
    },
  },
};

const WHEN: Json = { type: ["string", "null"], format: "date-time" };

const health = (operationId: string, summary: string, refused: Json): Json => ({
  get: {
    operationId,
    tags: ["server"],
    summary,
    responses: {
      "200": {
        description: "it does",
        content: {
          "application/json": {
            schema: {
              type: "object",
              required: ["status", "version"],
              properties: {
                status: { const: "ok" },
                version: { type: "string" },
                backup: {
                  type: "object",
                  description: "of a server that keeps backups, but for /api/health/live",
                  properties: { last_at: WHEN, last_restored_at: WHEN },
                },
              },
            },
          },
        },
      },
      ...refused,
    },
  },
});

const METRICS_TOKEN = "metricsToken";
/** Nobody signs in yet: the only thing that is asked for is the token of the metrics. */
export const SECURITY_SCHEMES: Json = {
  [METRICS_TOKEN]: {
    ...{ type: "http", scheme: "bearer" },
    description: "the token of the metrics (DIDYM_METRICS_TOKEN_FILE), which opens nothing else",
  },
};

const METRICS: Json = {
  get: {
    operationId: "metrics",
    tags: ["server"],
    summary:
      "Figures of this server as OpenMetrics text: requests, lanes, bodies, jobs, the head, backups, the database, the process.",
    security: [{ [METRICS_TOKEN]: [] }],
    responses: {
      "200": {
        description: "the figures; those of the database are left out while it is away",
        content: { "application/openmetrics-text": { schema: { type: "string" } } },
      },
      ...refusedCommonly(401, 404, 500),
    },
  },
};

const EVENTS: Json = {
  get: {
    operationId: "events",
    tags: ["server"],
    summary: "News as they come, as server-sent events: that something was written, and what jobs are at.",
    parameters: [
      {
        name: "Last-Event-ID",
        in: "header",
        required: false,
        description: "the seq seen last: what was written since comes first",
        schema: { type: "integer" },
      },
    ],
    responses: {
      "200": {
        description:
          "a stream without end; `event: entries` carries the last seq and the kinds of entries (none named: too many to name)",
        content: { "text/event-stream": { schema: { type: "string" } } },
      },
      ...refusedCommonly(500),
    },
  },
};

/** Paths that are no use case: documents, health, figures, news. */
export const OWN_PATHS: Readonly<Record<string, Json>> = table({
  "/api/documents/{digest}": DOCUMENT,
  "/api/health": health("health", "As /api/health/ready.", refusedCommonly(503)),
  "/api/health/live": health("live", "Whether the process answers, and which version it is.", {}),
  "/api/health/ready": health("ready", "Whether it can serve: the database is asked.", refusedCommonly(503)),
  "/api/metrics": METRICS,
  "/api/events": EVENTS,
});
