import { readRemembered, WORDS } from "../remembered.ts";
import type { ActionPath, Answer, Asked, CalculationPath, Input, QueryPath } from "./contract.ts";
import { visible } from "./visible.ts";

/** What the API says when it refuses: a sentence for a person, the failed condition, and the place in the input. */
export interface ProblemBody {
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  readonly at: string;
  readonly status: number;
  readonly numbers?: Readonly<Record<string, string | number>>;
}

/** A refused request, thrown so that a query or mutation holds it as its error. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly problem: ProblemBody;
  constructor(problem: ProblemBody) {
    super(problem.detail);
    this.problem = problem;
  }
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string | number;
}

/** What a command answers. `repeated` is true where the same request was answered before. */
export interface Done<A> {
  readonly answer: A;
  readonly seq: number;
  readonly repeated: boolean;
}

async function read<T>(response: Response): Promise<T> {
  const type = response.headers.get("content-type") ?? "";
  if (response.ok && type.includes("application/json")) return (await shown(response)) as T;
  if (type.includes("application/problem+json")) throw new Refused((await shown(response)) as ProblemBody);
  throw new Refused({
    title: "unreadable answer",
    detail: `the server answered ${response.status} without saying why`,
    code: "answer_unreadable",
    at: response.url,
    status: response.status,
  });
}

const shown = async (response: Response): Promise<unknown> => JSON.parse(visible(await response.text()));

async function reach(path: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (cause) {
    if ((cause as Error).name === "AbortError") throw cause;
    throw new Refused({
      title: "server not reached",
      detail: "the server cannot be reached; nothing was written by this attempt as far as this page knows",
      code: "server_not_reached",
      at: path,
      status: 0,
    });
  }
}

/** `GET /api/ROOM/VERB?…`: what the query at the path answers. */
export const ask = <P extends QueryPath>(
  path: P,
  given: Asked<P>,
  signal?: AbortSignal,
): Promise<Answer<P>> => get<Answer<P>>(path, given, signal);

/** `GET` of any path of the API. Fields left undefined are left out. */
export async function get<T>(path: string, given: object = {}, signal?: AbortSignal): Promise<T> {
  const stated = Object.entries(given).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(stated.map(([k, v]) => [k, String(v)])).toString();
  return read<T>(await reach(`/api/${path}${query ? `?${query}` : ""}`, signal ? { signal } : undefined));
}

/** `POST` of a calculation: nothing is written, no key is needed. */
export async function calculate<P extends CalculationPath>(path: P, body: Input<P>): Promise<Answer<P>> {
  const headers = { "content-type": "application/json" };
  return read<Answer<P>>(
    await reach(`/api/${path}`, { method: "POST", headers, body: JSON.stringify(body) }),
  );
}

/** `POST` of an action: what it answers. */
export const act = <P extends ActionPath>(path: P, given: { key?: string; body: Input<P> }) =>
  send<Answer<P>>(path, given);

/** `POST` in the name of who acts, under a key where a repeat must be known as one. */
export async function send<T>(
  path: string,
  given: { key?: string; body: unknown; actor?: string },
): Promise<T> {
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (given.key !== undefined) headers["idempotency-key"] = given.key;
  const actor = given.actor ?? readRemembered(WORDS.actor);
  if (actor) headers["didym-actor"] = actor;
  const body = JSON.stringify(given.body);
  return read<T>(await reach(`/api/${path}`, { method: "POST", headers, body }));
}
