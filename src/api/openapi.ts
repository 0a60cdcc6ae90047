import { inputSchema } from "../app/core/input-schema.ts";
import type { UseCase } from "../app/core/use-case.ts";
import { BODY_BYTES_MAX } from "./body.ts";
import { JOB_PATHS } from "./jobs.ts";
import { problemOf, STATUSES } from "./problem.ts";

export type Json = Record<string, unknown>;

const PROBLEM_SCHEMA: Json = {
  type: "object",
  description: "RFC 9457: what was refused, where in the input, and in one sentence why.",
  required: ["type", "title", "status", "detail", "code", "at"],
  properties: {
    type: { type: "string", description: "names the kind of refusal, as a URN" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "one sentence for a person" },
    code: { type: "string", description: "the condition that failed, the same as on the command line" },
    at: { type: "string", description: "the place in the input" },
    numbers: { type: "object", additionalProperties: { type: ["string", "number"] } },
  },
};

const RUN_SCHEMA: Json = {
  type: "object",
  description: "what the result was computed from, and with what",
  required: ["version", "input_sha256", "seed", "seconds"],
  properties: {
    version: { type: "string" },
    input_sha256: { type: "string", pattern: "^[0-9a-f]{64}$" },
    seed: { type: ["number", "null"] },
    seconds: { type: "number" },
  },
};

const KEY_HEADER: Json = {
  name: "Idempotency-Key",
  in: "header",
  required: true,
  description:
    "names this request: a repeat gets the same answer, other content under the same key is refused",
  schema: { type: "string", minLength: 1, maxLength: 200, pattern: "^[!-~]+$" },
  example: "my-request-1",
};

const ACTOR_HEADER: Json = {
  name: "Didym-Actor",
  in: "header",
  required: false,
  description: "role@party; stated, not verified, until sign-in exists",
  schema: { type: "string" },
  example: "weigher@sample-recycler",
};

/** One refusal of each kind, as callers will see it. */
const EXAMPLES: Readonly<Record<number, readonly [code: string, at: string, message: string]>> = {
  400: ["input_malformed", "mass", "mass: expected a mass with its unit"],
  404: ["lot_unknown", "lot", "no lot L-1 is on the books"],
  409: ["key_reused", "key", "the request key my-request-1 was used before for other content"],
  413: ["too_large", "body", `a body is at most ${BODY_BYTES_MAX / 1024 / 1024} MB`],
  415: ["content_type_unsupported", "content-type", "send application/json, not text/csv"],
  422: ["mass_exceeds_lot", "inputs[0].mass", "the lot holds 12.500 kg, and 13.000 kg are taken"],
  500: ["fault", "server", "something broke on our side; what was asked for was not done"],
  503: ["too_busy", "key", "others kept writing to the same records; nothing was written"],
};
const REFUSALS = Object.keys(EXAMPLES).map(Number);

const refusalName = (status: number) => `Refused${status}`;

const refusalResponses: Json = Object.fromEntries(
  REFUSALS.map((status) => {
    const [code, at, message] = EXAMPLES[status] ?? ["", "", ""];
    const meaning = STATUSES.find((s) => s.status === status)?.meaning ?? "the trade refuses it";
    const content = {
      "application/problem+json": {
        schema: { $ref: "#/components/schemas/Problem" },
        example: problemOf({ code, at, message }),
      },
    };
    return [refusalName(status), { description: meaning, content }];
  }),
);

const refusals = (...statuses: number[]): Json =>
  Object.fromEntries(statuses.map((s) => [String(s), { $ref: `#/components/responses/${refusalName(s)}` }]));

const REFUSED_BY_TYPE: Readonly<Record<UseCase["type"], Json>> = {
  command: refusals(400, 404, 409, 413, 415, 422, 500, 503),
  calculation: refusals(400, 404, 413, 415, 422, 500),
  query: refusals(400, 404, 422, 500),
  action: refusals(400, 404, 409, 413, 415, 422, 500, 503),
};

/** OpenAPI 3.1 of every use case. */
export function openApi(useCases: readonly UseCase[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const useCase of useCases) {
    paths[`/api/${useCase.room}/${useCase.verb}`] = {
      [useCase.type === "query" ? "get" : "post"]: operation(useCase),
    };
  }
  for (const [path, methods] of Object.entries(JOB_PATHS)) {
    paths[path] = Object.fromEntries(
      Object.entries(methods).map(([method, useCase]) => [method, operationAt(path, useCase)]),
    );
  }
  paths["/api/documents/{digest}"] = DOCUMENT_PATH;
  paths["/api/health"] = HEALTH_PATH;
  paths["/api/events"] = EVENTS_PATH;
  return {
    openapi: "3.1.0",
    info: {
      title: "Didym",
      version,
      summary: "From end-of-life magnets to verified rare-earth oxides: one system for the whole loop.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    tags: [...new Set([...useCases.map((u) => u.room), "server"])].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: PROBLEM_SCHEMA, Run: RUN_SCHEMA },
      responses: refusalResponses,
    },
  };
}

function operation(useCase: UseCase): Json {
  const schema = inputSchema(useCase);
  const answered = { schema: answerSchema(useCase) };
  const base: Json = {
    operationId: `${useCase.room}_${useCase.verb}`.replaceAll("-", "_"),
    tags: [useCase.room],
    summary: useCase.summary,
    ...(useCase.long ? { "x-long": true } : {}),
    responses: {
      "200": {
        description: useCase.type === "command" ? "answered before, under the same key" : "done",
        content: { "application/json": answered },
      },
      ...(useCase.type === "command"
        ? { "201": { description: "done", content: { "application/json": answered } } }
        : {}),
      ...REFUSED_BY_TYPE[useCase.type],
    },
  };
  if (useCase.type === "query") return { ...base, parameters: queryParameters(useCase, schema) };
  return {
    ...base,
    ...(useCase.type === "command" ? { parameters: [KEY_HEADER, ACTOR_HEADER] } : {}),
    ...(useCase.type === "action" ? { parameters: [{ ...KEY_HEADER, required: false }, ACTOR_HEADER] } : {}),
    requestBody: { required: true, content: { "application/json": { schema, example: useCase.example } } },
  };
}

/** A use case under a second path, where a field of its input may stand in the path. */
function operationAt(path: string, useCase: UseCase): Json {
  const { requestBody, parameters = [], ...whole } = operation(useCase);
  const job = { name: "job", in: "path", required: true, schema: { type: "string" }, example: "J-7K2M9QXA" };
  const others = (parameters as Json[]).filter((p) => p["in"] !== "query" || p["name"] !== "job");
  const inPath = path.includes("{job}");
  return {
    ...whole,
    operationId: `${whole["operationId"]}_at`,
    parameters: inPath ? [job, ...others] : others,
    ...(inPath ? {} : requestBody === undefined ? {} : { requestBody }),
  };
}

function answerSchema(useCase: UseCase): Json {
  if (useCase.type === "query" || useCase.type === "action") return { type: "object" };
  if (useCase.type === "calculation") {
    return useCase.rows
      ? { type: "array", items: { type: "object" } }
      : { type: "object", properties: { run: { $ref: "#/components/schemas/Run" } }, required: ["run"] };
  }
  return {
    type: "object",
    required: ["answer", "seq", "repeated"],
    properties: {
      answer: { type: "object" },
      seq: { type: "integer", description: "the last entry written" },
      repeated: { type: "boolean", description: "true where this key was answered before" },
    },
  };
}

function queryParameters(useCase: UseCase, schema: Json): Json[] {
  const required = new Set((schema["required"] as string[] | undefined) ?? []);
  const example = useCase.example as Json;
  return Object.entries((schema["properties"] as Record<string, Json> | undefined) ?? {}).map(
    ([name, { description, ...of }]) => ({
      name,
      in: "query",
      required: required.has(name),
      ...(description === undefined ? {} : { description }),
      schema: of,
      ...(example[name] === undefined ? {} : { example: example[name] }),
    }),
  );
}

const DOCUMENT_PATH: Json = {
  get: {
    operationId: "document",
    tags: ["server"],
    summary: "A document by its SHA-256: a bill of lading, a certificate, a manifest as it came.",
    parameters: [
      { name: "digest", in: "path", required: true, schema: { type: "string", pattern: "^[0-9a-f]{64}$" } },
    ],
    responses: { "200": { description: "the bytes, with their media type" }, ...refusals(404, 500) },
  },
};

const HEALTH_PATH: Json = {
  get: {
    operationId: "health",
    tags: ["server"],
    summary: "Whether the server answers, and which version it is.",
    responses: {
      "200": {
        description: "it answers",
        content: {
          "application/json": {
            schema: {
              type: "object",
              required: ["status", "version"],
              properties: { status: { const: "ok" }, version: { type: "string" } },
            },
          },
        },
      },
    },
  },
};

const EVENTS_PATH: Json = {
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
      ...refusals(500),
    },
  },
};
