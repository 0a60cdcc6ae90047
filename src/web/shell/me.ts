import { useQuery, useQueryClient } from "@tanstack/react-query";
import { get, Refused, send } from "../kit/client/client.ts";
import { useAskedMe } from "../kit/signed-in.ts";
import { useWho } from "../kit/who.tsx";

export interface SamplePerson {
  readonly person: string;
  readonly party: string;
  readonly role: string;
}

interface Became {
  readonly role: string;
  readonly party: string;
}

/** Who is signed in on this device, and the ways in and out. */
export function useMe() {
  const { setActor } = useWho();
  const client = useQueryClient();
  const { data, error } = useAskedMe();
  const sample = useQuery({
    queryKey: ["auth/sample"],
    queryFn: ({ signal }) => get<{ readonly people: readonly SamplePerson[] }>("auth/sample", {}, signal),
  }).data;
  const begin = async (way: "sample" | "token", body: object) => {
    const { role, party } = await send<Became>(`auth/${way}`, { body });
    setActor(`${role}@${party}`);
    // What is filled in stays, whoever one becomes.
    await client.invalidateQueries();
  };
  const required = error instanceof Refused && error.problem.code === "not_signed_in";
  return {
    me: !required && data?.signed_in ? data : undefined,
    /** Nobody is told anything here who did not sign in. */
    required,
    samplePeople: sample?.people ?? [],
    become: (person: string) => begin("sample", { person }),
    show: (token: string) => begin("token", { token }),
    async leave() {
      await send("auth/sign-out", { body: {} });
      setActor(undefined);
      await client.resetQueries();
    },
  };
}
