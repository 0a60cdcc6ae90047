import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { get, send } from "../kit/client/client.ts";
import { isNobody, useAskedMe } from "../kit/signed-in.ts";
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
  const arrived = async ({ role, party }: Became) => {
    setActor(`${role}@${party}`);
    // What is filled in stays, whoever one becomes.
    await client.invalidateQueries();
  };
  const begin = async (way: "sample" | "token", body: object) =>
    arrived(await send<Became>(`auth/${way}`, { body }));
  const required = (data !== undefined && "required" in data) || isNobody(error);
  return {
    me: !required && data?.signed_in ? data : undefined,
    /** Nobody is told anything here who did not sign in. */
    required,
    samplePeople: sample?.people ?? [],
    arrived,
    become: (person: string) => begin("sample", { person }),
    show: (token: string) => begin("token", { token }),
    async leave() {
      await send("auth/sign-out", { body: {} });
      setActor(undefined);
      await client.resetQueries();
    },
  };
}

/** Who is signed in is who acts, also where they came by their directory, or it gave them another role. */
export function useActingAs(me: Became | undefined): void {
  const { setActor } = useWho();
  const acting = me && `${me.role}@${me.party}`;
  const last = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (acting !== undefined && acting !== last.current) setActor(acting);
    last.current = acting;
  }, [acting, setActor]);
}
