import { NativeSelect, TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import { Go } from "../kit/show/go.tsx";
import { Page, Panel } from "../kit/show/page.tsx";
import { Empty } from "../kit/show/states.tsx";
import { CurveDrop } from "./curve-drop.tsx";
import {
  PACKING_FIELDS,
  type PackingForm,
  packingInput,
  packingOf,
  SAMPLE_TRACE,
  START,
} from "./packing-form.ts";
import { PackingShown } from "./packing-shown.tsx";

/** A tracer pulse, what stands beside it, and whether the bed is packed well enough. Nothing leaves the browser. */
export function Packing() {
  const [form, setForm] = useState(START);
  const { answer, fault } = useMemo(() => packingOf(form), [form]);
  const change = (part: Partial<PackingForm>) => setForm((old) => ({ ...old, ...part }));
  return (
    <Page
      title="Accept a packed bed"
      says="A pulse of tracer through a bed tells how well it is packed, and how much it will smear a front. Worked out in your browser; nothing is recorded."
      actions={<Go to="/column">Column</Go>}
    >
      <Panel title="Trace">
        <CurveDrop
          label="Trace of the detector (CSV)"
          description="First line: time_s,signal; seconds from the moment the tracer was let in. A minute of flat line before and after the pulse is worth much."
          placeholder={"time_s,signal\n900,0.013\n908,0.014"}
          text={form.csv}
          onText={(csv) => change({ csv })}
          sample={{
            ...{ name: "sample-tracer-pulse.csv", csv: SAMPLE_TRACE },
            use: () => setForm({ ...START, csv: SAMPLE_TRACE }),
          }}
          fault={fault ? { what: "The pulse", why: fault } : undefined}
        />
      </Panel>
      {answer ? <PackingShown of={answer} input={packingInput(form)} /> : null}
      <Panel title="The bed and the test">
        <div className="form-row">
          {PACKING_FIELDS.map(({ name, label, hint }) => (
            <TextInput
              key={name}
              label={label}
              description={hint}
              inputMode="decimal"
              value={form.numbers[name]}
              onChange={(e) => change({ numbers: { ...form.numbers, [name]: e.currentTarget.value } })}
            />
          ))}
          <NativeSelect
            label="Where the tracer gets"
            value={form.enters}
            data={[
              { value: "void", label: "only between the beads" },
              { value: "pores", label: "into the beads too" },
            ]}
            onChange={(e) => change({ enters: e.currentTarget.value === "pores" ? "pores" : "void" })}
          />
        </div>
      </Panel>
      {answer || fault ? null : <Empty>The verdict stands here once there is a trace.</Empty>}
    </Page>
  );
}
