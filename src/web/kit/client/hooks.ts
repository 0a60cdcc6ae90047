import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { type Asked, ask, command, type Done, type Page } from "./client.ts";

/** One query of the API. A change of the question keeps the last answer on the page until the new one is there. */
export function useAsk<T>(path: string, given: Asked = {}, options: { enabled?: boolean } = {}) {
  return useQuery({
    queryKey: [path, given],
    queryFn: ({ signal }) => ask<T>(path, given, signal),
    placeholderData: keepPreviousData,
    ...options,
  });
}

/** A list a page at a time, with the way back. Another filter, or another `start`, begins at the first page again. */
export function useAskPages<T>(path: string, given: Asked = {}, start?: string | number) {
  const filter = JSON.stringify([given, start]);
  const [walked, setWalked] = useState<{ filter: string; cursors: readonly (string | number)[] }>({
    filter,
    cursors: [],
  });
  const cursors = walked.filter === filter ? walked.cursors : [];
  const after = cursors.at(-1) ?? start;
  const asked = useAsk<Page<T>>(path, { ...given, after });
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

export function useAskAll<T>(path: string, given: Asked = {}) {
  return useQuery({
    queryKey: [path, given, "all"],
    queryFn: async ({ signal }) => {
      const all: T[] = [];
      let after: string | number | undefined;
      for (let page = 0; page < PAGES_MAX; page++) {
        const answer: Page<T> = await ask<Page<T>>(path, { ...given, limit: PAGE_MAX, after }, signal);
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
export const useCommand = <A>(path: string, options: { onDone?: (done: Done<A>) => void } = {}) =>
  useKeyed((key, body) => command<A>(path, { key, body }), options);

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
