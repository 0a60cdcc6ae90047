import { Button, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useCommand } from "../kit/client/hooks.ts";
import { ToLot } from "../kit/show/go.tsx";
import { Panel } from "../kit/show/page.tsx";
import { RefusedNote } from "../kit/show/states.tsx";
import { useScales } from "../kit/who.tsx";
import type { LotAnswer } from "./lot.tsx";

/** Splits a lot in two weighed parts. Other steps are recorded from the shell or over HTTP. */
export function SplitForm({ of }: { of: LotAnswer }) {
  const scales = useScales(of.place);
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const [chosen, setChosen] = useState("");
  const split = useCommand("prepare/step");
  const scale = scales.some((s) => s.id === chosen) ? chosen : (scales[0]?.id ?? "");
  const send = (event: FormEvent) => {
    event.preventDefault();
    split.mutate({
      kind: "split",
      site: of.place,
      inputs: [{ lot: of.id }],
      outputs: [first, second].map((mass) => ({ kind: of.kind, mass, scale })),
    });
  };
  const made = split.data?.answer;
  return (
    <Panel
      title="Split"
      says="Into two parts, as they were weighed. The parts must add up within the doubt of the scale."
    >
      <form className="form" onSubmit={send}>
        <div className="form-row">
          <TextInput
            label="First part"
            placeholder="100 kg"
            value={first}
            onChange={(e) => setFirst(e.currentTarget.value)}
            required
          />
          <TextInput
            label="Second part"
            placeholder="146.2 kg"
            value={second}
            onChange={(e) => setSecond(e.currentTarget.value)}
            required
          />
          <NativeSelect
            label="Weighed on"
            value={scale}
            onChange={(e) => setChosen(e.currentTarget.value)}
            data={
              scales.length > 0
                ? scales.map((s) => ({ value: s.id, label: `${s.name} (${s.id})` }))
                : [{ value: "", label: "no scale is registered here" }]
            }
          />
          <Button type="submit" loading={split.isPending} disabled={scale === ""}>
            Record the split
          </Button>
        </div>
        <RefusedNote error={split.error} />
        {made ? (
          <p className="note good" role="status">
            {made.step} is on the books:{" "}
            {made.lots.map((lot) => (
              <span key={lot}>
                <ToLot lot={lot} />{" "}
              </span>
            ))}
          </p>
        ) : null}
      </form>
    </Panel>
  );
}
