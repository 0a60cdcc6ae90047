import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { RefusedNote } from "../kit/show/states.tsx";
import type { SamplePerson } from "./me.ts";

/** The role of one of a party, and that they are its second. */
export const roleText = (here: readonly SamplePerson[], role: string, at: number): string =>
  here.findIndex((one) => one.role === role) < at ? `${role} 2` : role;

/** The way in on sample books at one's own machine: one press, and one is that person. */
export function SampleDoors(given: {
  people: readonly SamplePerson[];
  nameOf: (party: string) => string;
  become: (person: string) => Promise<void>;
}) {
  const { people, nameOf, become } = given;
  const becoming = useMutation({ mutationFn: become });
  const many = (party: string) => people.filter((one) => one.party === party).length;
  // Those with most to do come first: the firms.
  const parties = [...new Set(people.map(({ party }) => party))].sort((a, b) => many(b) - many(a));
  return (
    <div className="parties">
      <RefusedNote error={becoming.error} />
      {parties.map((party) => (
        <section
          key={party}
          className="doors"
          data-many={many(party) > 1 || undefined}
          aria-label={nameOf(party)}
        >
          <h3>{nameOf(party)}</h3>
          <div className="acts">
            {people
              .filter((one) => one.party === party)
              .map(({ person, role }, i, here) => (
                <Button
                  key={person}
                  variant="default"
                  size="compact-sm"
                  disabled={becoming.isPending}
                  loading={becoming.isPending && becoming.variables === person}
                  onClick={() => becoming.mutate(person)}
                >
                  {roleText(here, role, i)}
                </Button>
              ))}
          </div>
        </section>
      ))}
    </div>
  );
}
