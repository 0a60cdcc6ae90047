import assert from "node:assert/strict";
import type { Hono } from "hono";
import { createApi } from "../../src/api/index.ts";
import type { Problem } from "../../src/api/problem.ts";
import { useCases } from "../../src/app/use-cases.ts";
import { memoryPorts } from "./memory-ports.ts";

export const PARTY = { party: "sample-lab", name: "Sample Laboratory", kind: "laboratory", sample: true };
export const REGISTER = "/api/programme/register-party";

export const api = () => createApi({ signIn: "offered", ports: memoryPorts(), useCases });

export const post = (
  app: Hono,
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) =>
  app.request(path, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", "idempotency-key": "k-1", ...headers },
  });

export async function problemIn(response: Response | Promise<Response>): Promise<Problem> {
  const answer = await response;
  assert.equal(answer.headers.get("content-type"), "application/problem+json");
  const problem = (await answer.json()) as Problem;
  assert.equal(problem.status, answer.status);
  assert.equal(problem.type, `urn:didym:refusal:${problem.code}`);
  assert.ok(problem.title && problem.detail && problem.at, JSON.stringify(problem));
  return problem;
}
