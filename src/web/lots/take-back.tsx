import type { StepRecord } from "../../ledger/index.ts";
import { timeText } from "../kit/show/figure-text.ts";
import { TakeBackForm } from "../kit/show/take-back.tsx";

/** A step that was taken back says so; another may be. */
export function TakeBack({ step }: { step: Pick<StepRecord, "step" | "reversed"> }) {
  if (step.reversed) {
    return (
      <p className="note warn">
        Taken back {timeText(step.reversed.at)}: {step.reversed.why}
      </p>
    );
  }
  return (
    <TakeBackForm
      ask="Take this step back…"
      says="Both entries stay on the books. It is refused once anything the step made was used or moved."
      what={step.step}
      path="prepare/reverse"
      input={{ step: step.step }}
    />
  );
}
