import type { ReactNode } from "react";
import type { CommandPath } from "../client/contract.ts";
import { whoMay } from "../duties.ts";
import { useMay } from "../signed-in.ts";

/** What gives a command, shown to who may give it; others read who does. */
export function OnlyWhoMay(props: { command: CommandPath; says: string; children: ReactNode }) {
  const { command, says, children } = props;
  const may = useMay();
  if (may(command)) return <>{children}</>;
  return (
    <p className="dim small">
      {says} is for {whoMay(command).join(", ")}.
    </p>
  );
}
