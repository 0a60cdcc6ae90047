import { answerSchema, type Json, published, refusalsOf } from "../app/core/published.ts";
import { FACE_CODES, type FaceCode } from "../app/core/refusals.ts";
import type { UseCase } from "../app/core/use-case.ts";
import { problemOf } from "./problem.ts";
import { MEANINGS } from "./status-meanings.ts";
import { statusOf } from "./status-of.ts";
import type { Status } from "./statuses.ts";

const PROBLEM_SCHEMA: Json = {
  type: "object",
  description:
    "RFC 9457: what was refused, where in the input, and in one sentence why. A code may name further members.",
  required: ["type", "title", "status", "detail", "code", "at"],
  properties: {
    type: { type: "string", description: "names the kind of refusal, as a URN" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "one sentence for a person" },
    code: { type: "string", description: "the condition that failed, the same as on the command line" },
    at: { type: "string", description: "the place in the input" },
    numbers: { type: "object", additionalProperties: { type: ["string", "number"] } },
    request_id: { type: "string", description: "of a fault: the id by which the log tells of it" },
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

/** One refusal of each kind, as callers will see it. */
const EXAMPLES: Readonly<Partial<Record<Status, readonly [code: string, at: string, message: string]>>> = {
  400: ["input_malformed", "mass", "mass: expected a mass with its unit"],
  401: ["not_signed_in", "authorization", "what is shown is nobody's, or no longer: sign in again"],
  403: ["not_allowed", "actor", "settle lot is for accountant of a firm, not for driver"],
  404: ["lot_unknown", "lot", "no lot L-1 is on the books"],
  408: ["too_slow", "body", "the body did not come within its time"],
  409: ["key_reused", "key", "the request key my-request-1 was used before for other content"],
  410: ["document_erased", "digest", "erased by rule on 2026-03-02, by entry 812"],
  413: ["too_large", "body", "a body of this kind is at most 16 MB"],
  415: ["content_type_unsupported", "content-type", "send application/json, not text/csv"],
  422: ["field_unknown", "inputs[0].mas", 'there is no field "mas" here; did you mean mass?'],
  429: [
    "too_many_requests",
    "server",
    "more calculations were asked for from one address than a minute has room for",
  ],
  500: ["fault", "server", "something broke on our side; what was asked for was not done"],
  503: ["too_busy", "key", "others kept writing to the same records; nothing was written"],
};

const OF_A_KNOWN_PATH: readonly FaceCode[] = FACE_CODES.filter(
  (code) =>
    !/^(?:asker_gone|document_erased|host_foreign|method_not_allowed|metrics_off|not_found|owner_forbidden|path_malformed|sample_people_off|token_wrong)$/.test(
      code,
    ),
);

/** What the faces refuse for every use case of a type, beside what is its own. */
const COMMON: Readonly<Record<UseCase["type"], readonly FaceCode[]>> = {
  query: ["input_malformed", "field_unknown", "not_signed_in", "not_allowed", "database_away", "fault"],
  calculation: [
    "input_malformed",
    "field_unknown",
    "json_ambiguous",
    "json_malformed",
    "not_utf8",
    "too_large",
    "too_slow",
    "too_many_requests",
    "content_type_unsupported",
    "too_busy",
    "fault",
  ],
  command: OF_A_KNOWN_PATH,
  action: OF_A_KNOWN_PATH,
};

const refusedName = (status: Status) => `Refused${status}`;
const commonOf = (status: Status) => FACE_CODES.filter((code) => statusOf(code) === status);

const problemContent = (schema: Json, example: unknown): Json => ({
  "application/problem+json": { schema, ...(example === undefined ? {} : { example }) },
});

const problemWith = (codes: readonly string[], members: readonly Json[] = []): Json => ({
  allOf: [
    { $ref: "#/components/schemas/Problem" },
    { type: "object", properties: { code: { enum: [...new Set(codes)].sort() } } },
    ...members,
  ],
});

/** Responses that are the same for all use cases, stated once. */
export const commonResponses = (): Json =>
  Object.fromEntries(
    Object.entries(EXAMPLES).map(([text, [code, at, message]]) => {
      const status = Number(text) as Status;
      const schema = problemWith(commonOf(status));
      return [
        refusedName(status),
        { description: MEANINGS[status], content: problemContent(schema, problemOf({ code, at, message })) },
      ];
    }),
  );

export const refusedCommonly = (...statuses: Status[]): Json =>
  Object.fromEntries(statuses.map((s) => [String(s), { $ref: `#/components/responses/${refusedName(s)}` }]));

/** The refusals of a use case by status: its own codes by name, the common ones of the faces by reference where nothing is added. */
export function refusedResponses(useCase: UseCase): Json {
  const own = refusalsOf(useCase);
  const statuses = [...new Set([...Object.keys(own), ...COMMON[useCase.type]].map(statusOf))].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const codes = Object.keys(own).filter((code) => statusOf(code) === status);
      if (codes.length === 0)
        return [String(status), { $ref: `#/components/responses/${refusedName(status)}` }];
      const common = COMMON[useCase.type].filter((code) => statusOf(code) === status);
      const members = codes.flatMap((code) => {
        const properties = own[code] ?? {};
        return Object.keys(properties).length === 0 ? [] : [{ type: "object", properties }];
      });
      const schema = problemWith([...codes, ...common], members);
      return [String(status), { description: MEANINGS[status], content: problemContent(schema, undefined) }];
    }),
  );
}

/** What a use case answers with 200 and, where something was written, 201. */
export function answeredResponses(useCase: UseCase): Json {
  const schema = answeredSchema(useCase);
  const content = { "application/json": { schema } };
  if (useCase.type !== "command") return { "200": { description: "done", content } };
  return {
    "200": { description: "answered before, under the same key", content },
    "201": { description: "done", content },
  };
}

function answeredSchema(useCase: UseCase): Json {
  const answer = answerSchema(useCase);
  if (useCase.type === "command") {
    return {
      type: "object",
      required: ["answer", "seq", "repeated"],
      properties: {
        answer,
        seq: { type: "integer", description: "the last entry written" },
        repeated: { type: "boolean", description: "true where this key was answered before" },
      },
    };
  }
  if (useCase.type !== "calculation" || useCase.rows) return answer;
  const run = {
    type: "object",
    required: ["run"],
    properties: { run: { $ref: "#/components/schemas/Run" } },
  };
  return { allOf: [answer, run] };
}

export const componentSchemas = (): Json => ({
  Problem: PROBLEM_SCHEMA,
  Run: RUN_SCHEMA,
  ...published().definitions,
});
