import { useAsk } from "../kit/client/hooks.ts";
import { Answered } from "../kit/show/states.tsx";
import { StepClosure } from "../lots/step-closure.tsx";

/** The element balance of the run, as the books closed it. */
export function RunBalance({ step }: { step: string }) {
  const asked = useAsk("ledger/step", { step });
  return <Answered asked={asked}>{(record) => <StepClosure step={record} />}</Answered>;
}
