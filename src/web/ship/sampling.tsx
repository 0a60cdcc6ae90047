import type { Answer } from "../kit/client/contract.ts";
import { timeText } from "../kit/show/figure-text.ts";
import { ToLot } from "../kit/show/go.tsx";
import { useNames } from "../kit/show/named.tsx";
import { Facts, Panel } from "../kit/show/page.tsx";

/** How and when a sample was drawn, of which lot, and who saw it. */
export function Sampling({ of, says }: { of: Answer<"assay/show">; says?: string }) {
  const names = useNames();
  return (
    <Panel title="Sampling" {...(says === undefined ? {} : { says })}>
      <Facts
        of={[
          ["Lot", <ToLot key="lot" lot={of.lot} />],
          ["Taken", timeText(of.at)],
          ["How", `${of.method}; ${of.increments_count} increments`],
          ["Witnessed by", of.witnessed_by.map(names.party).join(", ") || "nobody"],
        ]}
      />
    </Panel>
  );
}
