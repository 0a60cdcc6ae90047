import type { Context } from "hono";
import { readActor } from "../app/core/actor.ts";
import { parseInput, perform } from "../app/core/perform.ts";
import type { Ports } from "../app/core/ports.ts";
import { withRun } from "../app/core/run.ts";
import type { AnyAction, AnyCalculation, AnyCommand, AnyQuery } from "../app/core/use-case.ts";
import { assert, done, refuse } from "../quantity/index.ts";
import { readJson } from "./body.ts";
import { problem } from "./problem.ts";
import { readQuery } from "./query-string.ts";

export async function answerQuery(
  c: Context,
  ports: Ports,
  useCase: AnyQuery,
  inPath: object = {},
): Promise<Response> {
  const given = readQuery(c.req.url);
  const input = given.ok ? parseInput(useCase, { ...(given.value as object), ...inPath }) : given;
  const answer = input.ok ? await useCase.answer(ports, input.value) : input;
  return answer.ok ? c.json(answer.value) : problem(c, answer.refusal);
}

export async function answerCalculation(
  c: Context,
  ports: Ports,
  useCase: AnyCalculation,
): Promise<Response> {
  const body = await readJson(c, { signed: useCase.files !== undefined });
  const answer = body.ok ? await withRun(ports, useCase, body.value) : body;
  return answer.ok ? c.json(answer.value) : problem(c, answer.refusal);
}

export async function answerAction(c: Context, ports: Ports, useCase: AnyAction): Promise<Response> {
  const body = await readJson(c);
  return body.ok ? runAction(c, ports, { useCase, input: body.value }) : problem(c, body.refusal);
}

/** An action with its input from wherever the route has it. */
export async function runAction(
  c: Context,
  ports: Ports,
  given: {
    readonly useCase: AnyAction;
    readonly input: unknown;
    readonly status?: 202;
  },
): Promise<Response> {
  const { useCase } = given;
  const input = parseInput<unknown>(useCase, given.input);
  if (!input.ok) return problem(c, input.refusal);
  const actor = readActor(c.req.header("didym-actor"));
  if (!actor.ok) return problem(c, actor.refusal);
  const key = c.req.header("idempotency-key");
  const request = { actor: actor.value, ...(key === undefined ? {} : { key }) };
  const answer = await useCase.run(ports, { input: input.value, request });
  return answer.ok ? c.json(answer.value, given.status ?? 200) : problem(c, answer.refusal);
}

/** The key of a command. */
export function readKey(c: Context) {
  const key = c.req.header("idempotency-key");
  const message =
    "a command carries an Idempotency-Key, so that it can be sent again without being done twice";
  return key ? done(key) : refuse("key_missing", "Idempotency-Key", message);
}

export async function answerCommand(c: Context, ports: Ports, useCase: AnyCommand): Promise<Response> {
  const body = await readJson(c);
  if (!body.ok) return problem(c, body.refusal);
  const key = readKey(c);
  const actor = readActor(c.req.header("didym-actor"));
  if (!key.ok || !actor.ok) {
    // Shape comes first, on every face.
    const input = parseInput<unknown>(useCase, body.value);
    const wrong = input.ok ? (key.ok ? actor : key) : input;
    assert(!wrong.ok, "the key or the actor was refused");
    return problem(c, wrong.refusal);
  }
  const given = { request: { key: key.value, actor: actor.value }, input: body.value };
  const performed = await perform(ports, useCase, given);
  return performed.ok
    ? c.json(performed.value, performed.value.repeated ? 200 : 201)
    : problem(c, performed.refusal);
}
