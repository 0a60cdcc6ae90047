import { Button } from "@mantine/core";
import { Refused } from "../kit/client/client.ts";
import { useCommandAt } from "../kit/client/hooks.ts";
import { Go } from "../kit/show/go.tsx";
import { RefusedNote } from "../kit/show/states.tsx";

/** Where a party asks for two people: what was filled in is proposed as it is, for somebody else to approve. */
export function AskSecond({ error, path, input }: { error: unknown; path: string; input: unknown }) {
  const proposing = useCommandAt("trust/propose");
  if (!(error instanceof Refused) || error.problem.code !== "second_person_needed") return null;
  if (proposing.data)
    return (
      <p className="note good" role="status">
        It waits for a second person as {String(proposing.data.answer["approval"])}.{" "}
        <Go to="/approvals">See what waits</Go>
      </p>
    );
  return (
    <>
      <RefusedNote error={proposing.error} />
      <div className="acts">
        <Button
          type="button"
          variant="default"
          loading={proposing.isPending}
          onClick={() => proposing.mutate({ command: path, input })}
        >
          Ask a second person
        </Button>
      </div>
    </>
  );
}
