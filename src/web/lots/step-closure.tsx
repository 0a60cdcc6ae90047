import type { StepRecord } from "../../ledger/index.ts";
import { Mass, MassIfAny } from "../kit/show/figure.tsx";
import { sentence, timeText, words } from "../kit/show/figure-text.ts";
import { useNames } from "../kit/show/named.tsx";
import { Panel } from "../kit/show/page.tsx";
import { Table } from "../kit/show/table.tsx";
import { Closes } from "./steps.tsx";
import { TakeBack } from "./take-back.tsx";

/** How a step closes: mass and each element, what went in and came out, with the residual and its doubt. */
export function StepClosure({ step }: { step: StepRecord }) {
  const names = useNames();
  const rows = Object.entries({ mass: step.closure.mass, ...step.closure.elements });
  return (
    <Panel
      title={`How ${step.step} closes`}
      says={`${sentence(words(step.kind))} at ${names.site(step.site)}, ${timeText(step.at)}.`}
    >
      <p className="small">
        <Closes step={step} />{" "}
        {step.accept_open
          ? `Booked open: ${step.accept_open}`
          : "What came out equals what went in, named losses included."}
      </p>
      <Table
        caption="closure of the step"
        rows={rows}
        keyOf={([what]) => what}
        columns={[
          { head: "What", cell: ([what]) => what },
          { head: "In", cell: ([, b]) => <MassIfAny mg={b.in_mg} />, kind: "num" },
          { head: "Added", cell: ([, b]) => <MassIfAny mg={b.added_mg} />, kind: "num" },
          { head: "Out", cell: ([, b]) => <MassIfAny mg={b.out_mg} />, kind: "num" },
          { head: "Lost", cell: ([, b]) => <MassIfAny mg={b.lost_mg} />, kind: "num" },
          {
            head: "Unaccounted",
            cell: ([, b]) => <MassIfAny mg={b.residual_mg} sd={b.sd_mg} />,
            kind: "num",
          },
        ]}
      />
      {step.losses.length > 0 ? (
        <p className="small">
          Lost to:{" "}
          {step.losses.map((l, i) => (
            <span key={l.place}>
              {i > 0 ? ", " : ""}
              {l.place} <Mass mg={l.mass_mg.best} />
            </span>
          ))}
        </p>
      ) : null}
      <TakeBack step={step} />
    </Panel>
  );
}
