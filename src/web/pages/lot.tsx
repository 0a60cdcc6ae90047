import { Anchor, SegmentedControl, SimpleGrid, Text } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useAsk } from "../api.ts";
import { instant, mass, measuredMass, number, spread, words } from "../format.ts";
import { Answer, Card, DataTable, Facts, PageFrame, State } from "../parts/frame.tsx";
import { Lineage, type LineageLot } from "../parts/lineage.tsx";
import type { Lot as Listed, Measured } from "./lots.tsx";

interface Balance {
  readonly in_mg: number;
  readonly added_mg: number;
  readonly out_mg: number;
  readonly lost_mg: number;
  readonly residual_mg: number;
  readonly sd_mg: number;
  readonly closes: boolean;
}
interface Lot extends Listed {
  readonly made_by: string;
  readonly opened: { at: string; mass_mg: Measured };
  readonly data_from: readonly string[];
  readonly notes: Record<string, string>;
  readonly step?: {
    kind: string;
    site: string;
    at: string;
    closure: { mass: Balance; elements: Record<string, Balance>; closes: boolean };
  };
}

export function LotPage() {
  const { lot } = useParams({ strict: false }) as { lot: string };
  const found = useAsk<Lot>("ledger/lot", { lot });
  return (
    <PageFrame title={`Lot ${lot}`}>
      <Answer of={found}>{(l) => <Details lot={l} />}</Answer>
      <LineageCard lot={lot} />
    </PageFrame>
  );
}

function Details({ lot }: { lot: Lot }) {
  const closure = lot.step?.closure;
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }}>
      <Card title="Facts">
        <Facts
          facts={[
            ["Kind", words(lot.kind)],
            ["State", <State key="s" state={lot.state} />],
            ["Place", words(lot.place)],
            ["Owner", lot.owner],
            ["Mass left", mass(lot.mass_mg.best)],
            ["Mass made", mass(lot.opened.mass_mg.best)],
            [
              "Made",
              `${lot.step ? `by ${words(lot.step.kind)} at ${lot.step.site}` : `opened from ${lot.made_by}`}, ${instant(lot.opened.at)}`,
            ],
            ["Data-bearing", lot.data_from.length === 0 ? "no" : `from ${lot.data_from.join(", ")}`],
            ...Object.entries(lot.notes).map(([name, value]) => [words(name), value] as const),
          ]}
        />
      </Card>
      <Card title="What it holds">
        <DataTable
          rows={Object.entries(lot.elements_mg).sort((a, b) => b[1].best - a[1].best)}
          label="Elements"
          empty="None of the elements followed."
          keyOf={([element]) => element}
          columns={[
            { name: "Element", cell: ([element]) => element },
            {
              name: "Content (90 %)",
              number: true,
              cell: ([, m]) => `${m.below ? "< limit, " : ""}${measuredMass(m.best, spread(m.moves))}`,
            },
            {
              name: "wt %",
              number: true,
              cell: ([, m]) => (lot.mass_mg.best > 0 ? number((100 * m.best) / lot.mass_mg.best, 3) : ""),
            },
          ]}
        />
      </Card>
      {closure ? (
        <Card title={`How the step closes${closure.closes ? "" : ": it does not"}`}>
          <DataTable
            rows={Object.entries({ mass: closure.mass, ...closure.elements })}
            label="Closure"
            empty=""
            keyOf={([what]) => what}
            columns={[
              { name: "", cell: ([what]) => what },
              { name: "In", number: true, cell: ([, b]) => mass(b.in_mg + b.added_mg) },
              { name: "Out", number: true, cell: ([, b]) => mass(b.out_mg) },
              { name: "Lost", number: true, cell: ([, b]) => mass(b.lost_mg) },
              { name: "Open", number: true, cell: ([, b]) => mass(b.residual_mg) },
              { name: "Doubt (sd)", number: true, cell: ([, b]) => mass(b.sd_mg) },
            ]}
          />
        </Card>
      ) : null}
    </SimpleGrid>
  );
}

function LineageCard({ lot }: { lot: string }) {
  const [direction, setDirection] = useState("up");
  const traced = useAsk<{ lots: LineageLot[]; truncated: boolean }>("ledger/trace", {
    lot,
    direction,
    limit: 2000,
  });
  return (
    <Card title="Lineage">
      <SegmentedControl
        aria-label="Direction"
        value={direction}
        onChange={setDirection}
        data={[
          { value: "up", label: "Where it came from" },
          { value: "down", label: "What became of it" },
        ]}
        mb="sm"
      />
      <Answer of={traced}>
        {({ lots, truncated }) => (
          <>
            <Lineage lots={lots} up={direction === "up"} />
            {truncated ? <Text c="dimmed">More than 2,000 lots; the nearest are shown.</Text> : null}
            <DataTable
              rows={lots}
              label="Lineage as a list"
              empty=""
              keyOf={(l) => l.lot}
              columns={[
                {
                  name: "Lot",
                  cell: (l) => (
                    <Anchor component={Link} to={`/lots/${l.lot}`}>
                      {l.lot}
                    </Anchor>
                  ),
                },
                { name: "Steps away", number: true, cell: (l) => l.depth },
                { name: "Kind", cell: (l) => words(l.kind) },
                { name: "Made by", cell: (l) => l.made_by },
                { name: "Mass made", number: true, cell: (l) => mass(l.mass_mg) },
                { name: "When", cell: (l) => instant(l.at) },
              ]}
            />
          </>
        )}
      </Answer>
    </Card>
  );
}
