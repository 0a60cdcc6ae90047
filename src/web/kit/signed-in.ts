import { useQuery } from "@tanstack/react-query";
import { mayGive } from "../../trust/index.ts";
import { ask } from "./client/client.ts";

/**
 * Who is signed in on this device. Asked once, and again after signing in or out: a page that comes and goes with the answer must not
 * ask for another.
 */
export const useAskedMe = () =>
  useQuery({
    queryKey: ["trust/me", {}],
    queryFn: ({ signal }) => ask("trust/me", {}, signal),
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
