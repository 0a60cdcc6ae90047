import assert from "node:assert/strict";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { answerSchema, type Json, published } from "../../src/app/core/published.ts";
import { findUseCase } from "../../src/app/use-cases.ts";

/** The published schemas as the tests read them: a field that they do not name is a fault. */
const closed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, of]) => [name, closed(of)]));
  const named = "properties" in inner && !("additionalProperties" in inner);
  return named ? { ...inner, additionalProperties: false } : inner;
};

let ajv: Ajv2020 | undefined;
const validators = new Map<string, ValidateFunction>();

function validatorOf(path: string, schema: Json): ValidateFunction {
  ajv ??= new Ajv2020({ strict: false, allErrors: true, addUsedSchema: false });
  if (!ajv.getSchema("published"))
    ajv.addSchema({ components: { schemas: closed(published().definitions) } }, "published");
  const known = validators.get(path);
  if (known) return known;
  const text = JSON.stringify(closed(schema)).replaceAll('"#/components', '"published#/components');
  const made = ajv.compile(JSON.parse(text) as object);
  validators.set(path, made);
  return made;
}

/** What is wrong with an answer by what is published of it: fields it has and the schema lacks, or the reverse. Empty where it fits. */
export function unpublishedIn(path: string, answer: unknown): string[] {
  const [room = "", verb = ""] = path.split("/");
  const useCase = findUseCase(room, verb);
  if (!useCase) return [];
  const { answer: of = answer } = useCase.type === "command" ? (answer as { answer?: unknown }) : {};
  const shown = useCase.type === "calculation" && !useCase.rows ? withoutRun(of) : of;
  const validate = validatorOf(path, answerSchema(useCase));
  if (validate(shown)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${path}${instancePath}: ${message} ${JSON.stringify(params)}`,
  );
}

/** As the browser reads it: the server packs what is long. */
function unpacked(response: Response): Response {
  const packed = response.headers.get("content-encoding");
  if (packed === null || response.body === null) return response;
  return new Response(response.body.pipeThrough(new DecompressionStream(packed as "gzip" | "deflate")));
}

/** A server whose answers are held against what is published of them; what does not fit is told when it ends. */
export function watchAnswers(fetch: (request: Request) => Response | Promise<Response>) {
  const faults = new Set<string>();
  return {
    async fetch(request: Request): Promise<Response> {
      const response = await fetch(request);
      const [, path] = /^\/api\/([a-z]+\/[a-z-]+)$/.exec(new URL(request.url).pathname) ?? [];
      const isJson = response.headers.get("content-type")?.startsWith("application/json");
      if (path !== undefined && response.ok && isJson)
        for (const fault of unpublishedIn(path, await unpacked(response.clone()).json())) faults.add(fault);
      return response;
    },
    assertPublished(): void {
      assert.deepEqual(
        [...faults],
        [],
        "answers that are not as published: npm run publish-types, or mend them",
      );
    },
  };
}

const withoutRun = (answer: unknown): unknown => {
  const { run: _, ...rest } = answer as Record<string, unknown>;
  return rest;
};
