import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { StepRecord } from "../../ledger/index.ts";
import { useCommand } from "../api/hooks.ts";
import { timeText } from "../show/figure-text.ts";
import { RefusedNote } from "../show/states.tsx";

/** Undo, as books allow it: a further entry that takes the step back, with the reason; the first stays readable. */
export function TakeBack({ step }: { step: Pick<StepRecord, "step" | "reversed"> }) {
  const [asked, ask] = useState(false);
  const [why, setWhy] = useState("");
  const reverse = useCommand<{ reversed: boolean }>("prepare/reverse");
  if (step.reversed) {
    return (
      <p className="note warn">
        Taken back {timeText(step.reversed.at)}: {step.reversed.why}
      </p>
    );
  }
  const send = (event: FormEvent) => {
    event.preventDefault();
    reverse.mutate({ step: step.step, why });
  };
  if (!asked) {
    return (
      <button type="button" className="plain no-print" onClick={() => ask(true)}>
        Take this step back…
      </button>
    );
  }
  return (
    <form className="form no-print" onSubmit={send}>
      <TextInput
        label="Why is it taken back?"
        description="Both entries stay on the books. It is refused once anything the step made was used or moved."
        value={why}
        onChange={(e) => setWhy(e.currentTarget.value)}
        required
        data-autofocus
      />
      <div className="acts">
        <Button type="submit" color="red.8" loading={reverse.isPending}>
          Take back {step.step}
        </Button>
        <Button variant="default" onClick={() => ask(false)}>
          Leave it
        </Button>
      </div>
      <RefusedNote error={reverse.error} />
    </form>
  );
}
