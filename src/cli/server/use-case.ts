import type { UseCase } from "../../app/core/use-case.ts";
import type { Refusal, Result } from "../../quantity/index.ts";
import type { CliOptions } from "../index.ts";
import { requestFor, withServer } from "./open.ts";
import { ServerFault } from "./server-fault.ts";

export interface AskedThere {
  readonly at: { readonly server: string; readonly at: string };
  readonly input: unknown;
  readonly key: string | undefined;
  readonly as: string | undefined;
  /** Tells the key before anything is sent. */
  readonly told: () => void;
  readonly options: Pick<CliOptions, "terminal" | "environment" | "bare">;
}

/** What a use case answers on a server: in the form of a data folder, where there is an answer. */
export async function answerOfServer(
  useCase: UseCase,
  { at, input, key, as, told, options }: AskedThere,
): Promise<Result<object, Refusal>> {
  const { terminal, environment = {}, bare } = options;
  const opening = {
    ...{ stated: at.server, at: at.at, environment, version: bare.version },
    say: (line: string) => terminal.stderr(`didym: ${line}\n`),
  };
  let sent = false;
  try {
    return await withServer(opening, async (server) => {
      told();
      sent = true;
      return (await server.ask(requestFor(useCase, { input, key, as }))) as Result<object, Refusal>;
    });
  } catch (cause) {
    if (!(cause instanceof ServerFault) || !sent || useCase.type !== "command") throw cause;
    throw new ServerFault(
      `${cause.message}; whether it was done is not known: with --key ${key} it is sent again and done once`,
    );
  }
}
