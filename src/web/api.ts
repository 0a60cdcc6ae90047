import { type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { actorNow } from "./actor.ts";

/** What the API refuses, as it says it: a sentence, the condition that failed, the place. */
export class Refused extends Error {
  readonly code: string;
  readonly at: string;

  constructor(problem: { detail: string; code: string; at: string }) {
    super(problem.detail);
    this.code = problem.code;
    this.at = problem.at;
  }
}

async function answerOf(response: Response): Promise<unknown> {
  const body = await response
    .json()
    .catch(() => ({ detail: `the server answered ${response.status}`, code: "fault", at: "server" }));
  if (!response.ok) throw new Refused(body);
  return body;
}

type Input = Readonly<Record<string, string | number | undefined>>;

export function ask<A>(path: string, input: Input = {}): Promise<A> {
  const given = Object.entries(input).filter(
    (e): e is [string, string | number] => e[1] !== undefined && e[1] !== "",
  );
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return fetch(`/api/${path}${query ? `?${query}` : ""}`).then(answerOf) as Promise<A>;
}

/** A command with a key of its own: sent again by the browser, it is answered and not done twice. */
export function send<A>(path: string, input: object): Promise<{ answer: A; seq: number }> {
  return fetch(`/api/${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID(),
      "didym-actor": actorNow(),
    },
    body: JSON.stringify(input),
  }).then(answerOf) as Promise<{ answer: A; seq: number }>;
}

export function compute<A>(path: string, input: object): Promise<A> {
  return fetch(`/api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  }).then(answerOf) as Promise<A>;
}

export function useAsk<A>(path: string, input: Input = {}): UseQueryResult<A, Error> {
  return useQuery<A, Error>({ queryKey: [path, input], queryFn: () => ask<A>(path, input) });
}

/** Every list and figure may have changed after a command: all are asked anew. */
export function useSend<A>(path: string) {
  const client = useQueryClient();
  return useMutation<{ answer: A; seq: number }, Error, object>({
    mutationFn: (input) => send<A>(path, input),
    onSuccess: () => client.invalidateQueries(),
  });
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string | number;
}
