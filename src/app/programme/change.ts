import { Instant, notInFuture, Text } from "../../contract/fields.ts";
import { done } from "../../quantity/index.ts";
import type { Scope } from "../core/use-case.ts";

export const Change = { why: Text, at: Instant.optional() };

/** A correcting entry as it is written: what was not stated is left out, and the time is one that has happened. */
export function changeOf<G extends { readonly at?: string | undefined; readonly why: string }>(
  scope: Scope,
  { at, ...given }: G,
) {
  const when = notInFuture(at, scope.now);
  if (!when.ok) return when;
  const stated = Object.entries(given).filter(([, value]) => value !== undefined);
  return done({ ...Object.fromEntries(stated), at: when.value } as Stated<Omit<G, "at">> & { at: string });
}

/** The same fields; what is there is not undefined. */
type Stated<G> = { [K in keyof G]: Exclude<G[K], undefined> };
