import { z } from "zod";
import type { UseCase } from "../../app/core/use-case.ts";
import { done, type Refusal, type Result } from "../../quantity/index.ts";
import { readAddress } from "./address.ts";
import { readAnswer, shownWords } from "./answer.ts";
import { type Came, exchangeWith, type Patience, type Sent } from "./exchange.ts";
import { type Environment, tokenFor } from "./kept-token.ts";
import { ServerFault } from "./server-fault.ts";

/** A server that was named, and said that it is a Didym. */
export interface Server {
  readonly origin: string;
  /** Sends as who signed in, or as nobody. */
  send(sent: Sent): Promise<Came>;
  /** The same, read as an answer of a use case. */
  ask(sent: Sent): Promise<Result<unknown, Refusal>>;
}

export interface Opening {
  /** As it was stated, and where. */
  readonly stated: string;
  readonly at: string;
  readonly environment: Environment;
  readonly version: string;
  readonly say: (line: string) => void;
  readonly patience?: Patience;
  /** Shown instead of what is kept: a token that is being tried; "none" where nobody is to be shown. */
  readonly show?: { readonly bearer: string } | "none";
}

/** Speaks with a server for the time of one piece of work: asked first whether it is one, shown a token only then (T20). */
export async function withServer<T>(
  given: Opening,
  work: (server: Server) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> {
  const address = readAddress(given.stated, given.at);
  if (!address.ok) return address;
  const { origin } = address.value;
  const shown = given.show === undefined ? tokenFor(given.environment, origin) : done(bearerOf(given.show));
  if (!shown.ok) return shown;
  const exchange = exchangeWith(address.value, {
    caFile: given.environment["DIDYM_CA_FILE"] || undefined,
    ...(given.patience ? { patience: given.patience } : {}),
  });
  try {
    const theirs = versionIn(await exchange.send({ method: "GET", path: "/api/health/live" }), origin);
    if (theirs !== given.version)
      given.say(
        `${origin} is version ${theirs}, this is ${given.version}: what either does not know is refused`,
      );
    const authorization = shown.value === undefined ? {} : { authorization: `Bearer ${shown.value}` };
    const send = (sent: Sent) =>
      exchange.send({ ...sent, headers: { accept: "application/json", ...authorization, ...sent.headers } });
    const ask = async (sent: Sent) => readAnswer(await send(sent), origin);
    return hinted(await work({ origin, send, ask }), given, origin);
  } finally {
    exchange.close();
  }
}

const bearerOf = (show: Exclude<Opening["show"], undefined>) => (show === "none" ? undefined : show.bearer);

const Live = z.object({ status: z.literal("ok"), version: z.string().max(80) });

function versionIn(came: Came, origin: string): string {
  const answer = readAnswer(came, origin);
  const live = answer.ok ? Live.safeParse(answer.value) : undefined;
  if (!live?.success)
    throw new ServerFault(`${origin} is no Didym, or one behind something that does not let its answers by`);
  return shownWords(live.data.version);
}

/** Who is not signed in is told how, beside the refusal. */
function hinted<T>(answer: Result<T, Refusal>, { say, show }: Opening, origin: string): Result<T, Refusal> {
  if (!answer.ok && answer.refusal.code === "not_signed_in" && show === undefined)
    say(`sign in with: didym trust sign-in --server ${origin}`);
  return answer;
}

export interface Asked {
  /** As read from files and flags. */
  readonly input: unknown;
  readonly key: string | undefined;
  readonly as: string | undefined;
}

/** What a use case is over HTTP (API A1 to A4). */
export function requestFor(useCase: UseCase, { input, key, as }: Asked): Sent {
  const path = `/api/${useCase.room}/${useCase.verb}`;
  const stated = as === undefined ? {} : { "didym-actor": as };
  if (useCase.type === "query") return { method: "GET", path: `${path}${queryOf(input)}`, headers: stated };
  const keyed = key === undefined || useCase.type === "calculation" ? {} : { "idempotency-key": key };
  return {
    method: "POST",
    path,
    headers: { "content-type": "application/json", ...keyed, ...stated },
    body: JSON.stringify(input ?? {}),
  };
}

function queryOf(input: unknown): string {
  const fields = Object.entries((input ?? {}) as Record<string, unknown>).filter(
    ([, value]) => value != null,
  );
  const words = new URLSearchParams(Object.fromEntries(fields.map(([name, value]) => [name, String(value)])));
  return fields.length === 0 ? "" : `?${words}`;
}
