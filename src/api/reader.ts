import type { Context } from "hono";
import type { Asker } from "../app/core/ports.ts";

/** Who asks, once that was asked; nobody where nothing was shown. */
const askers = new WeakMap<Request, { readonly asker: Asker | undefined }>();

export const asksAs = (c: Context, asker: Asker | undefined): void => void askers.set(c.req.raw, { asker });

export function askerIn(c: Context): Asker | undefined {
  const found = askers.get(c.req.raw);
  if (!found) throw new Error("it was not asked who makes this request");
  return found.asker;
}
