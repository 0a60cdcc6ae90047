import type { Context } from "hono";
import { callerOf } from "../caller.ts";
import type { Face } from "../face.ts";
import { problem } from "../problem.ts";

/** What is answered in the place of a try beyond what there may be; nothing where there may be more. */
export async function tooManyTries(
  c: Context,
  { signInTries }: Pick<Face, "signInTries">,
  login?: string,
): Promise<Response | undefined> {
  const address = callerOf(c);
  const seconds = await signInTries?.({ address, ...(login === undefined ? {} : { login }) });
  if (seconds === undefined) return undefined;
  const message = `there were too many tries to sign in: again in ${seconds} s`;
  const answer = problem(c, { code: "too_many_requests", at: "server", message, numbers: { seconds } });
  answer.headers.set("retry-after", String(seconds));
  return answer;
}
