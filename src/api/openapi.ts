import { inputSchema } from "../app/input-schema.ts";
import type { UseCase } from "../app/use-case.ts";

type Json = Record<string, unknown>;

const PROBLEM_SCHEMA: Json = {
  type: "object",
  required: ["type", "title", "status", "detail", "code", "at"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "one sentence for a person" },
    code: { type: "string", description: "the condition that failed, the same as on the command line" },
    at: { type: "string", description: "the place in the input" },
    numbers: { type: "object", additionalProperties: { type: ["string", "number"] } },
  },
};

const KEY_HEADER: Json = {
  name: "Idempotency-Key",
  in: "header",
  required: true,
  description:
    "names this request: a repeat gets the same answer, other content under the same key is refused",
  schema: { type: "string", maxLength: 200 },
};

const ACTOR_HEADER: Json = {
  name: "Didym-Actor",
  in: "header",
  required: false,
  description: "role@party; stated, not verified, until sign-in exists",
  schema: { type: "string", example: "weigher@sample-recycler" },
};

/** OpenAPI 3.1 of every use case. */
export function openApi(useCases: readonly UseCase[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const useCase of useCases) {
    paths[`/api/${useCase.room}/${useCase.verb}`] = {
      [useCase.type === "query" ? "get" : "post"]: operation(useCase),
    };
  }
  paths["/api/documents/{digest}"] = documentPath();
  return {
    openapi: "3.1.0",
    info: {
      title: "Didym",
      version,
      summary: "From end-of-life magnets to verified rare-earth oxides: one system for the whole loop.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    tags: [...new Set(useCases.map((u) => u.room))].map((name) => ({ name })),
    paths,
    components: { schemas: { Problem: PROBLEM_SCHEMA } },
  };
}

function operation(useCase: UseCase): Json {
  const schema = inputSchema(useCase);
  const refused = {
    description: "refused",
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
  const base: Json = {
    operationId: `${useCase.room}_${useCase.verb}`.replaceAll("-", "_"),
    tags: [useCase.room],
    summary: useCase.summary,
    responses: {
      [useCase.type === "command" ? "201" : "200"]: {
        description: "done",
        content: { "application/json": { schema: answerSchema(useCase) } },
      },
      default: refused,
    },
  };
  if (useCase.type === "query") return { ...base, parameters: queryParameters(schema) };
  return {
    ...base,
    ...(useCase.type === "command" ? { parameters: [KEY_HEADER, ACTOR_HEADER] } : {}),
    requestBody: { required: true, content: { "application/json": { schema, example: useCase.example } } },
  };
}

function answerSchema(useCase: UseCase): Json {
  if (useCase.type !== "command") return {};
  return {
    type: "object",
    required: ["answer", "seq", "repeated"],
    properties: {
      answer: {},
      seq: { type: "integer", description: "the last entry written" },
      repeated: { type: "boolean", description: "true where this key was answered before" },
    },
  };
}

function queryParameters(schema: Json): Json[] {
  const required = new Set((schema["required"] as string[] | undefined) ?? []);
  return Object.entries((schema["properties"] as Record<string, Json> | undefined) ?? {}).map(
    ([name, of]) => ({
      name,
      in: "query",
      required: required.has(name),
      schema: of,
    }),
  );
}

const documentPath = (): Json => ({
  get: {
    operationId: "document",
    tags: ["documents"],
    summary: "A document by its SHA-256: a bill of lading, a certificate, a manifest as it came.",
    parameters: [
      { name: "digest", in: "path", required: true, schema: { type: "string", pattern: "^[0-9a-f]{64}$" } },
    ],
    responses: { "200": { description: "the bytes" }, default: { description: "not found" } },
  },
});
