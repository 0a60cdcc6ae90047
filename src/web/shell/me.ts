import { useQuery, useQueryClient } from "@tanstack/react-query";
import { get, send } from "../kit/client/client.ts";
import { useAsk, useAskAll } from "../kit/client/hooks.ts";
import { useWho } from "../kit/who.tsx";

/** Who is signed in on this device, and the ways in and out. */
export function useMe() {
  const { setActor } = useWho();
  const client = useQueryClient();
  const me = useAsk("trust/me").data;
  const offered = useQuery({
    queryKey: ["auth/sample"],
    queryFn: ({ signal }) => get<{ readonly offered: boolean }>("auth/sample", {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  }).data?.offered;
  const samplePeople = (useAskAll("trust/people").data ?? []).filter((one) => one.sample && !one.ended_at);
  const become = async (person: string) => {
    const { role, party } = await send<{ role: string; party: string }>("auth/sample", { body: { person } });
    setActor(`${role}@${party}`);
    await client.invalidateQueries();
  };
  const leave = async () => {
    await send("auth/sign-out", { body: {} });
    setActor(undefined);
    await client.invalidateQueries();
  };
  return {
    me: me?.signed_in ? me : undefined,
    samplePeople: offered ? samplePeople : [],
    become,
    leave,
  };
}
