import {
  keepPreviousData,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ask, type Done, get, type Page, send } from "./client.ts";
import type { Answer, Asked, CommandPath, Item, ListPath, QueryPath } from "./contract.ts";

/** One query of the API. A change of the question keeps the last answer on the page until the new one is there. */
export function useAsk<P extends QueryPath>(
  path: P,
  given: Asked<P> = {} as Asked<P>,
  options: { enabled?: boolean } = {},
) {
  return useQuery({
    queryKey: [path, given],
    queryFn: ({ signal }) => ask(path, given, signal),
    placeholderData: keepPreviousData,
    ...options,
  });
}

/** A list as a page shows it: what was asked, and the ways on and back. */
export interface Pages<T> {
  readonly asked: UseQueryResult<Page<T>>;
  readonly items: readonly T[];
  readonly page: number;
  readonly forward: (() => void) | undefined;
  readonly back: (() => void) | undefined;
}

/** A list a page at a time, with the way back. Another filter, or another `start`, begins at the first page again. */
export function useAskPages<P extends ListPath>(
  path: P,
  given: Asked<P>,
  start?: string | number,
): Pages<Item<P>> {
  const filter = JSON.stringify([given, start]);
  const [walked, setWalked] = useState<{ filter: string; cursors: readonly (string | number)[] }>({
    filter,
    cursors: [],
  });
  const cursors = walked.filter === filter ? walked.cursors : [];
  const after = cursors.at(-1) ?? start;
  const asked = useQuery({
    queryKey: [path, { ...given, after }],
    queryFn: ({ signal }) => get<Page<Item<P>>>(path, { ...given, after }, signal),
    placeholderData: keepPreviousData,
  });
  const next = asked.data?.next;
  return {
    asked,
    items: asked.data?.items ?? [],
    page: cursors.length + 1,
    forward: next === undefined ? undefined : () => setWalked({ filter, cursors: [...cursors, next] }),
    back: cursors.length === 0 ? undefined : () => setWalked({ filter, cursors: cursors.slice(0, -1) }),
  };
}

const PAGE_MAX = 500;
/** Short lists that are shown whole: sites, parties, agreements. More pages than this are not a short list. */
const PAGES_MAX = 10;

export function useAskAll<P extends ListPath>(path: P, given: Asked<P> = {} as Asked<P>) {
  return useQuery({
    queryKey: [path, given, "all"],
    queryFn: async ({ signal }) => {
      const all: Item<P>[] = [];
      let after: string | number | undefined;
      for (let page = 0; page < PAGES_MAX; page++) {
        const answer: Page<Item<P>> = await get(path, { ...given, limit: PAGE_MAX, after }, signal);
        all.push(...answer.items);
        after = answer.next;
        if (after === undefined) break;
      }
      return all;
    },
  });
}

/**
 * One command. Its key is made when the form opens and kept until an answer came: pressing the button again after a lost
 * connection repeats the same request instead of doing it twice. Another body needs another key.
 */
/** A command named by a form that is made from the contract. */
export const useCommandAt = (path: string) =>
  useKeyed((key, body) => send<Done<Readonly<Record<string, unknown>>>>(path, { key, body }), {});

export const useCommand = <P extends CommandPath>(
  path: P,
  options: { onDone?: (done: Done<Answer<P>>) => void } = {},
) => useKeyed((key, body) => send<Done<Answer<P>>>(path, { key, body }), options);

/** Whatever is sent under a key of its own, as a command is. */
export function useKeyed<T>(
  send: (key: string, body: object) => Promise<T>,
  options: { onDone?: (done: T) => void },
) {
  const client = useQueryClient();
  const request = useRef({ key: crypto.randomUUID(), body: "" });
  const after = useRef(options.onDone);
  useEffect(() => {
    after.current = options.onDone;
  });
  return useMutation({
    mutationFn: (body: object) => {
      const text = JSON.stringify(body);
      if (request.current.body !== text) request.current = { key: crypto.randomUUID(), body: text };
      return send(request.current.key, body);
    },
    onSuccess: async (done) => {
      request.current = { key: crypto.randomUUID(), body: "" };
      await client.invalidateQueries();
      after.current?.(done);
    },
  });
}
