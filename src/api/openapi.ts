import { inputSchema } from "../app/core/input-schema.ts";
import type { Json } from "../app/core/published.ts";
import type { UseCase } from "../app/core/use-case.ts";
import { JOB_PATHS } from "./jobs.ts";
import { OWN_PATHS, SECURITY_SCHEMES } from "./openapi-own-paths.ts";
import {
  answeredResponses,
  commonResponses,
  componentSchemas,
  refusedResponses,
} from "./openapi-responses.ts";

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
  Object.assign(paths, OWN_PATHS);
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
      ...{ schemas: componentSchemas(), responses: commonResponses(), securitySchemes: SECURITY_SCHEMES },
    },
  };
}

function operation(useCase: UseCase): Json {
  const schema = inputSchema(useCase);
  const base: Json = {
    operationId: `${useCase.room}_${useCase.verb}`.replaceAll("-", "_"),
    tags: [useCase.room],
    summary: useCase.summary,
    ...(useCase.long ? { "x-long": true } : {}),
    responses: { ...answeredResponses(useCase), ...refusedResponses(useCase) },
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
