import type { Context } from "hono";
import type { Claim } from "../app/core/job-queue.ts";
import { readNoted } from "../app/core/noted-read.ts";
import { parseInput, perform } from "../app/core/perform.ts";
import { withRun } from "../app/core/run.ts";
import { runAction as runForActor } from "../app/core/run-action.ts";
import type { AnyAction, AnyCalculation, AnyCommand, AnyQuery, UseCase } from "../app/core/use-case.ts";
import { readJsonBody, type UnreadBody } from "../contract/json-body.ts";
import { assert, done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { limitsOf } from "./body/limits.ts";
import { callerOf } from "./caller.ts";
import { noteTold, requestIdOf } from "./ended.ts";
import type { Face } from "./face.ts";
import { json } from "./json.ts";
import { answerOutcome } from "./offload.ts";
import { problem } from "./problem.ts";
import { readQuery } from "./query-string.ts";

/** What is larger is read and worked on beside this thread, which answers everyone: at worst such a body takes ten milliseconds here. */
const LARGE_BYTES = 64 * 1024;

export async function answerQuery(
  c: Context,
  { ports, signIn }: Pick<Face, "ports" | "signIn">,
  useCase: AnyQuery,
  inPath: object = {},
): Promise<Response> {
  const asker = await signIn.asker(c, useCase);
  if (!asker.ok) return problem(c, asker.refusal);
  const given = readQuery(c.req.url);
  const input = given.ok ? parseInput(useCase, { ...(given.value as object), ...inPath }) : given;
  const query = nameOf(useCase);
  const answer = input.ok
    ? await readNoted(ports, { asker: asker.value, query }, (seen) => useCase.answer(seen, input.value))
    : input;
  if (!answer.ok) return problem(c, answer.refusal);
  noteTold(c, query);
  return json(c, answer.value);
}

const nameOf = ({ room, verb }: UseCase): string => `${room}/${verb}`;

/** What is posted: a command, a calculation or an action, with its body within the limits of its kind. */
export function answerPosted(
  c: Context,
  face: Face,
  useCase: Posted,
  { done: status = 200 }: { readonly done?: 200 | 202 } = {},
): Promise<Response> {
  const limits = limitsOf(useCase);
  return face.bodies.take(c, { limits, command: useCase.type !== "calculation" }, (bytes) => {
    const unread = { bytes, signed: useCase.files !== undefined, parts_max: limits.parts };
    const beside = (useCase.long && useCase.type !== "action") || bytes.length > LARGE_BYTES;
    if (face.offload && beside) return answerBeside(c, face, { useCase, unread, status });
    if (useCase.type === "action") return answerAction(c, face, { useCase, unread, status });
    return useCase.type === "command"
      ? answerCommand(c, face, { useCase, unread })
      : answerCalculation(c, face, { useCase, unread });
  });
}

type Posted = AnyCommand | AnyCalculation | AnyAction;

interface Asked<U> {
  readonly useCase: U;
  readonly unread: UnreadBody;
}

async function answerCalculation(c: Context, face: Face, { useCase, unread }: Asked<AnyCalculation>) {
  const body = readJsonBody(unread);
  if (!body.ok) return problem(c, body.refusal);
  const wait = await face.mustWait?.(callerOf(c));
  if (wait !== undefined) return tooMany(c, wait);
  const answer = await withRun(face.ports, useCase, body.value);
  return answer.ok ? json(c, answer.value) : problem(c, answer.refusal);
}

async function answerAction(
  c: Context,
  face: Face,
  { useCase, unread, status }: Asked<AnyAction> & { readonly status: 200 | 202 },
): Promise<Response> {
  const body = readJsonBody(unread);
  return body.ok ? runAction(c, face, { useCase, input: body.value, status }) : problem(c, body.refusal);
}

/** An action with its input from wherever the route has it. */
export async function runAction(
  c: Context,
  { ports, signIn }: Pick<Face, "ports" | "signIn">,
  given: {
    readonly useCase: AnyAction;
    readonly input: unknown;
    readonly status?: 200 | 202;
  },
): Promise<Response> {
  const { useCase } = given;
  const input = parseInput<unknown>(useCase, given.input);
  if (!input.ok) return problem(c, input.refusal);
  const actor = await signIn.actor(c, useCase);
  if (!actor.ok) return problem(c, actor.refusal);
  const key = c.req.header("idempotency-key");
  const request = { actor: actor.value, ...(key === undefined ? {} : { key }) };
  const answer = await runForActor(ports, useCase, { input: input.value, request });
  if (answer.ok && useCase.tells) noteTold(c, nameOf(useCase));
  return answer.ok ? json(c, answer.value, given.status ?? 200) : problem(c, answer.refusal);
}

/** The key of a command. */
function readKey(c: Context) {
  const key = c.req.header("idempotency-key");
  const message =
    "a command carries an Idempotency-Key, so that it can be sent again without being done twice";
  return key ? done(key) : refuse("key_missing", "Idempotency-Key", message);
}

async function answerCommand(
  c: Context,
  { ports, signIn }: Face,
  { useCase, unread }: Asked<AnyCommand>,
): Promise<Response> {
  const body = readJsonBody(unread);
  if (!body.ok) return problem(c, body.refusal);
  const key = readKey(c);
  const actor = await signIn.actor(c, useCase);
  if (!key.ok || !actor.ok) {
    // Shape comes first, on every face.
    const input = parseInput<unknown>(useCase, body.value);
    const wrong = input.ok ? (key.ok ? actor : key) : input;
    assert(!wrong.ok, "the key or the actor was refused");
    return problem(c, wrong.refusal);
  }
  const given = { request: { key: key.value, actor: actor.value }, input: body.value };
  const performed = await perform(ports, useCase, given);
  if (!performed.ok) return problem(c, performed.refusal);
  const { repeated } = performed.value;
  if (repeated) noteTold(c, nameOf(useCase));
  return json(c, performed.value, repeated ? 200 : 201);
}

/** Long or large work: what can be refused without it is refused here, before it takes a turn. */
async function answerBeside(
  c: Context,
  { offload, mustWait, signIn }: Face,
  { useCase, unread, status }: Asked<Posted> & { readonly status: 200 | 202 },
): Promise<Response> {
  const calculation = useCase.type === "calculation";
  const content = besideInput(useCase, unread);
  if (!content.ok) return problem(c, content.refusal);
  const key = useCase.type === "command" ? readKey(c) : done(c.req.header("idempotency-key") ?? "");
  if (!key.ok) return problem(c, key.refusal);
  const actor = await signIn.actor(c, useCase);
  if (!actor.ok) return problem(c, actor.refusal);
  const caller = callerOf(c);
  const wait = calculation ? await mustWait?.(caller) : undefined;
  if (wait !== undefined) return tooMany(c, wait);
  const name = nameOf(useCase);
  const claim: Claim = {
    ...{ job: requestIdOf(c) ?? name, worker: "request", attempt: 1, cancel_asked: false, use_case: name },
    ...{ key: key.value, actor: actor.value, ...content.value },
  };
  assert(offload !== undefined, "work is done beside where there is a beside");
  const ended = await offload(claim, {
    ...{ command: !calculation, caller },
    ...(calculation ? { gone: c.req.raw.signal } : {}),
  });
  const statuses = useCase.type === "command" ? ({ done: 201, repeated: 200 } as const) : { done: status };
  const answer = answerOutcome(c, ended, statuses);
  if (useCase.type === "command" && answer.status === 200) noteTold(c, name);
  return answer;
}

/** What is small is read here, and refused here where its shape is wrong; what is large is read where it is worked on. */
function besideInput(useCase: Posted, unread: UnreadBody): Result<Pick<Claim, "input" | "unread">, Refusal> {
  if (unread.bytes.length > LARGE_BYTES) return done({ input: undefined, unread });
  const body = readJsonBody(unread);
  if (!body.ok) return body;
  const shape = parseInput<unknown>(useCase, body.value);
  return shape.ok ? done({ input: body.value }) : shape;
}

function tooMany(c: Context, seconds: number): Response {
  const message = `more calculations were asked for from one address than a minute has room for: again in ${seconds} s`;
  const answer = problem(c, { code: "too_many_requests", at: "server", message, numbers: { seconds } });
  answer.headers.set("retry-after", String(seconds));
  return answer;
}
