import { NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { RefusedNote } from "../kit/show/states.tsx";
import type { SamplePerson } from "./me.ts";
import { roleText } from "./sample-doors.tsx";

/** On sample books at one's own machine: one choice makes one any of them. */
export function SamplePeople(given: {
  people: readonly SamplePerson[];
  now: string | undefined;
  nameOf: (party: string) => string;
  become: (person: string) => Promise<void>;
}) {
  const { people, now, nameOf, become } = given;
  const becoming = useMutation({ mutationFn: become });
  const parties = [...new Set(people.map(({ party }) => party))];
  const ofParty = (party: string) =>
    people
      .filter((one) => one.party === party)
      .map(({ person, role }, i, here) => ({ value: person, label: roleText(here, role, i) }));
  return (
    <>
      <NativeSelect
        label="Be one of the sample people"
        value={now ?? ""}
        disabled={becoming.isPending}
        onChange={(e) => e.currentTarget.value && becoming.mutate(e.currentTarget.value)}
        data={[
          { value: "", label: now === undefined ? "nobody yet" : "choose another" },
          ...parties.map((party) => ({ group: nameOf(party), items: ofParty(party) })),
        ]}
      />
      <RefusedNote error={becoming.error} />
    </>
  );
}
