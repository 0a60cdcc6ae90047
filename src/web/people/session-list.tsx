import { useMutation, useQueryClient } from "@tanstack/react-query";
import { act } from "../kit/client/client.ts";
import { useAsk } from "../kit/client/hooks.ts";
import { Panel } from "../kit/show/page.tsx";
import { PersonName } from "../kit/show/person.tsx";
import { Answered, Empty, RefusedNote } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { dayOf, timeOf } from "./day-text.ts";

/** Where people are signed in: one's own, and those of the party for its administrator. */
export function SessionList() {
  const client = useQueryClient();
  const asked = useAsk("trust/sessions");
  const ending = useMutation({
    mutationFn: (session: string) => act("trust/end-session", { body: { session } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["trust/sessions"] }),
  });
  const count = asked.data?.items.length;
  return (
    <Panel
      title={count === undefined ? "Signed in" : `Signed in (${count})`}
      says="What is ended here is refused everywhere within ten seconds."
    >
      <Answered asked={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>Nobody is signed in.</Empty>
          ) : (
            <Table
              caption="sessions"
              rows={items}
              keyOf={({ session }) => session}
              columns={[
                { head: "Device", cell: ({ device }) => device },
                { head: "Who", cell: ({ person }) => <PersonName id={person} /> },
                { head: "Since", cell: ({ began_at }) => dayOf(began_at), kind: "keep" },
                { head: "Last seen", cell: ({ seen_at }) => timeOf(seen_at), kind: "keep" },
                {
                  head: "Acts",
                  cell: ({ session, device }) => (
                    <button
                      type="button"
                      className="plain"
                      aria-label={`End the session on ${device}`}
                      onClick={() => ending.mutate(session)}
                    >
                      End
                    </button>
                  ),
                },
              ]}
            />
          )
        }
      </Answered>
      <RefusedNote error={ending.error} />
    </Panel>
  );
}
