import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { CommandPath } from "../client/contract.ts";
import { useCommand } from "../client/hooks.ts";
import { useMay } from "../signed-in.ts";
import { RefusedNote } from "./states.tsx";

/** Undo, as books allow it: a further entry that takes something back, with the reason; the first stays readable. */
export function TakeBackForm(props: {
  /** What the reader presses first, and what is said of it then. */
  ask: string;
  says: string;
  /** The name of what is taken back. */
  what: string;
  path: CommandPath;
  input: object;
}) {
  const { ask, says, what, path, input } = props;
  const [asked, setAsked] = useState(false);
  const [why, setWhy] = useState("");
  const back = useCommand(path);
  const may = useMay();
  const send = (event: FormEvent) => {
    event.preventDefault();
    back.mutate({ ...input, why });
  };
  if (!may(path)) return null;
  if (!asked) {
    return (
      <button type="button" className="plain no-print" onClick={() => setAsked(true)}>
        {ask}
      </button>
    );
  }
  return (
    <form className="form no-print" onSubmit={send}>
      <TextInput
        label="Why is it taken back?"
        description={says}
        value={why}
        onChange={(e) => setWhy(e.currentTarget.value)}
        required
        data-autofocus
      />
      <div className="acts">
        <Button type="submit" color="red.8" loading={back.isPending}>
          Take back {what}
        </Button>
        <Button variant="default" onClick={() => setAsked(false)}>
          Leave it
        </Button>
      </div>
      <RefusedNote error={back.error} />
    </form>
  );
}
