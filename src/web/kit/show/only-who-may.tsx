import type { ReactNode } from "react";
import type { CommandPath } from "../client/contract.ts";
import { whoMay } from "../duties.ts";
import { useMay, useSignedIn } from "../signed-in.ts";

/** What gives a command, shown to who may give it; others of the firms read who does, buyers and customers nothing. */
export function OnlyWhoMay(props: { command: CommandPath; says: string; children: ReactNode }) {
  const { command, says, children } = props;
  const may = useMay();
  const kind = useSignedIn()?.kind;
  if (may(command)) return <>{children}</>;
  if (kind === "buyer" || kind === "customer") return null;
  return (
    <p className="dim small">
      {says} is for {whoMay(command).join(", ")}.
    </p>
  );
}
