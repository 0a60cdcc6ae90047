import type { Mix } from "./descent.ts";

/** Classes of feedstock from the one that claims most down; recycled content may be made of these (ISO 14021, 7.8.1). */
const POST_CONSUMER: ReadonlySet<string> = new Set(["post_consumer_device"]);
const PRE_CONSUMER: ReadonlySet<string> = new Set(["pre_consumer_swarf", "pre_consumer_reject"]);

export const isRecovered = (part: string): boolean => POST_CONSUMER.has(part) || PRE_CONSUMER.has(part);

/** Parts that are weighed, blended to one. */
export function blended(parts: readonly { readonly mix: Mix; readonly weight: number }[]): Mix | undefined {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  if (total <= 0) return undefined;
  const sum: Record<string, number> = {};
  for (const { mix, weight } of parts)
    for (const [part, share] of Object.entries(mix)) sum[part] = (sum[part] ?? 0) + (weight * share) / total;
  return sum;
}

/**
 * Of two ways to share one metal among those who brought it, what both bear: no more of it post-consumer than by either, no more
 * recovered than by either. What is left is of the classes that claim less.
 */
export function lessRecovered(a: Mix, b: Mix): Mix {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const post = names.filter((name) => POST_CONSUMER.has(name));
  const pre = names.filter((name) => PRE_CONSUMER.has(name));
  const others = names.filter((name) => !isRecovered(name));
  const partOf = (mix: Mix, of: readonly string[]) => of.reduce((sum, name) => sum + (mix[name] ?? 0), 0);
  const least = (of: readonly string[]) => Math.min(partOf(a, of), partOf(b, of));
  const [used, recovered] = [least(post), least([...post, ...pre])];
  const told: Record<string, number> = {};
  const share = (of: readonly string[], amount: number) => {
    const both = partOf(a, of) + partOf(b, of);
    for (const name of of) if (both > 0) told[name] = (amount * ((a[name] ?? 0) + (b[name] ?? 0))) / both;
  };
  share(post, used);
  share(pre, recovered - used);
  share(others, 1 - recovered);
  return told;
}
