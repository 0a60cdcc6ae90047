import { useQuery } from "@tanstack/react-query";
import { mayGive } from "../../trust/index.ts";
import { ask, Refused } from "./client/client.ts";

export const isNobody = (cause: unknown): boolean =>
  cause instanceof Refused && cause.problem.code === "not_signed_in";

/** Who one is; nobody is an answer too, so that a page to sign in on stays while it is asked again. */
async function askMe(signal: AbortSignal) {
  try {
    return await ask("trust/me", {}, signal);
  } catch (cause) {
    if (!isNobody(cause)) throw cause;
    return { signed_in: false, owner: false, required: true } as const;
  }
}

/**
 * Who is signed in on this device. Asked once, and again after signing in or out: a page that comes and goes with the answer must not
 * ask for another.
 */
export const useAskedMe = () =>
  useQuery({
    queryKey: ["trust/me", {}],
    queryFn: ({ signal }) => askMe(signal),
    ...{ retryOnMount: false, refetchOnWindowFocus: false, staleTime: Number.POSITIVE_INFINITY },
  });

/** The same, where somebody is. */
export function useSignedIn() {
  const { data } = useAskedMe();
  return data?.signed_in ? data : undefined;
}

/** Whether the duties of who is signed in hold a command, written ROOM/VERB. Where nobody is, the form says what is refused. */
export function useMay(): (command: string) => boolean {
  const me = useSignedIn();
  return (command) => me === undefined || mayGive(command.replace("/", " "), me) === undefined;
}
