import { done, type Refusal, type Result } from "../../quantity/index.ts";
import type { Came } from "./exchange.ts";
import { ServerFault } from "./server-fault.ts";

/** Refusals of the faces that are faults on a data folder too: nothing of what was asked was looked at. */
const FAULTS: ReadonlySet<string> = new Set(["fault", "database_away"]);

const typeOf = (came: Came): string => (came.headers["content-type"] ?? "").split(";")[0]?.trim() ?? "";

/** What came back, as a data folder would have answered. Throws a ServerFault where it is no answer of a Didym, or tells of a fault. */
export function readAnswer(came: Came, origin: string): Result<unknown, Refusal> {
  const { status, headers } = came;
  if (status >= 300 && status < 400)
    throw new ServerFault(
      `${origin} sends on to ${headers.location ?? "another address"}, which is not followed: name that server itself`,
    );
  const type = typeOf(came);
  if (type === "application/problem+json") return refusalIn(jsonOf(came, origin), origin);
  if (status >= 200 && status < 300 && type === "application/json") return done(jsonOf(came, origin));
  throw notDidym(origin, came);
}

const notDidym = (origin: string, { status }: Came) =>
  new ServerFault(`${origin} answered ${status} with what no Didym says: does something stand before it?`);

function jsonOf(came: Came, origin: string): unknown {
  try {
    return JSON.parse(came.bytes.toString("utf8"));
  } catch {
    throw notDidym(origin, came);
  }
}

/** Words from elsewhere: nothing in them moves the terminal they are shown on. */
export const shownWords = (text: string): string => text.replace(/\p{Cc}+/gu, " ");

/** A problem document as the refusal it was made from: what HTTP adds is left out, what the code names stays. */
function refusalIn(problem: unknown, origin: string): Result<never, Refusal> {
  const { type: _type, title: _title, status: _status, ...rest } = problem as Record<string, unknown>;
  const { code, at, detail, request_id, numbers, ...named } = rest;
  if (typeof code !== "string" || typeof at !== "string" || typeof detail !== "string")
    throw new ServerFault(`${origin} refused in a form that no Didym uses`);
  if (!FAULTS.has(code)) {
    const refusal = {
      ...named,
      code,
      at,
      message: shownWords(detail),
      ...(numbers === undefined ? {} : { numbers }),
    };
    return { ok: false, refusal: refusal as Refusal };
  }
  const which = typeof request_id === "string" ? ` (its log tells of it as ${shownWords(request_id)})` : "";
  throw new ServerFault(`${origin}: ${shownWords(detail)}${which}`);
}
