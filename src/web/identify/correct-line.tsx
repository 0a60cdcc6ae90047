import { Button, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { LineIdentity } from "../../identify/index.ts";
import { useCommand } from "../kit/client/hooks.ts";
import { words } from "../kit/show/figure-text.ts";
import { Panel } from "../kit/show/page.tsx";
import { RefusedNote } from "../kit/show/states.tsx";
import { sureText } from "./reading.ts";

/** Says what a line is. It is written to the books with its reason, and every line of the same wording is read so. */
export function CorrectLine({ line, onClose }: { line: LineIdentity; onClose: () => void }) {
  const classes = Object.keys(line.classes).filter((name) => name !== "unknown");
  const likeliest = Object.entries(line.classes)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3);
  const [kind, setKind] = useState("");
  const [why, setWhy] = useState("");
  const correct = useCommand("identify/correct", { onDone: onClose });
  const send = (event: FormEvent) => {
    event.preventDefault();
    correct.mutate({ line: line.line.trim(), class: kind, why: why.trim() });
  };
  return (
    <Panel
      title="Correct a line"
      says={`Read as ${likeliest.map(([name, p]) => `${words(name)} ${sureText(p)}`).join(", ")}.`}
    >
      <p className="wrap">
        <code>{line.line.trim().slice(0, 300)}</code>
      </p>
      <form className="form-row" onSubmit={send}>
        <NativeSelect
          label="It is"
          data={[
            { value: "", label: "choose" },
            ...classes.map((name) => ({ value: name, label: words(name) })),
          ]}
          value={kind}
          onChange={(e) => setKind(e.currentTarget.value)}
        />
        <TextInput
          label="How you know"
          placeholder="opened one"
          value={why}
          onChange={(e) => setWhy(e.currentTarget.value)}
        />
        <Button type="submit" disabled={kind === "" || why.trim() === ""} loading={correct.isPending}>
          Learn it
        </Button>
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
      </form>
      <RefusedNote error={correct.error} />
    </Panel>
  );
}
