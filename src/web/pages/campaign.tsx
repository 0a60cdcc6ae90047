import { Anchor, SegmentedControl, SimpleGrid, Text } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useAsk } from "../api.ts";
import { instant, mass, number, percent, words } from "../format.ts";
import { Chromatogram } from "../parts/chromatogram.tsx";
import { Answer, Card, DataTable, Facts, PageFrame, State } from "../parts/frame.tsx";

interface Cut {
  readonly species: string;
  readonly from_s: number;
  readonly to_s: number;
  readonly purity: number;
  readonly yield: number;
  readonly impurities_ppm: Record<string, number>;
}
export interface Campaign {
  readonly campaign: string;
  readonly site: string;
  readonly lot: string;
  readonly system: string;
  readonly columns: readonly string[];
  readonly state: string;
  readonly at: string;
  readonly cycles: number;
  readonly balance_error: number;
  readonly feed: { mole_fractions: Record<string, number> };
  readonly targets: Record<string, number>;
  readonly design: { limits: string; loading_fraction: number; htu_m: number; pressure_drop_Pa: number };
  readonly predicted: Record<string, { yield_fraction: number; purity_fraction: number }>;
  readonly run?: {
    step: string;
    at: string;
    yields: Record<string, { yield_fraction: number; sd: number; product_mg: number; loaded_mg: number }>;
  };
}
interface Shown extends Campaign {
  readonly chromatograms: readonly {
    column: string;
    cuts: readonly Cut[];
    error_l1_estimate: number;
    balance_error: number;
    chromatogram: { time_s: number[]; mol_per_m3: Record<string, number[]> };
  }[];
}

export function CampaignPage() {
  const { campaign } = useParams({ strict: false }) as { campaign: string };
  const found = useAsk<Shown>("refine/show", { campaign });
  return (
    <PageFrame title={`Campaign ${campaign}`}>
      <Answer of={found}>{(c) => <Details campaign={c} />}</Answer>
    </PageFrame>
  );
}

function Details({ campaign: c }: { campaign: Shown }) {
  const [shown, setShown] = useState(0);
  const column = c.chromatograms[shown];
  return (
    <>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Card title="Plan">
          <Facts
            facts={[
              [
                "Feed",
                <Anchor key="f" component={Link} to={`/lots/${c.lot}`}>
                  {c.lot}
                </Anchor>,
              ],
              [
                "Mole fractions",
                Object.entries(c.feed.mole_fractions)
                  .map(([e, x]) => `${e} ${percent(x, 2)}`)
                  .join(", "),
              ],
              ["Columns", c.columns.join(", ")],
              ["State", <State key="s" state={c.state} />],
              ["Planned", instant(c.at)],
              [
                "Loading",
                `${percent(c.design.loading_fraction, 1)} of capacity, ${number(c.cycles, 0)} cycles`,
              ],
              ["Height of a transfer unit", `${number(1000 * c.design.htu_m, 2)} mm`],
              ["Pressure drop", `${number(c.design.pressure_drop_Pa / 1e5, 2)} bar`],
              ["Limits", c.design.limits],
              ["Balance of the simulation", `closes to ${c.balance_error.toExponential(1)} of the feed`],
            ]}
          />
        </Card>
        <Card title="Yield and purity per product">
          <DataTable
            rows={Object.entries(c.predicted)}
            label="Yields"
            empty=""
            keyOf={([element]) => element}
            columns={[
              { name: "Product", cell: ([element]) => element },
              {
                name: "Asked purity",
                number: true,
                cell: ([element]) => percent(c.targets[element] ?? 0.99, 2),
              },
              { name: "Predicted purity", number: true, cell: ([, p]) => percent(p.purity_fraction, 3) },
              { name: "Predicted yield", number: true, cell: ([, p]) => percent(p.yield_fraction, 2) },
              { name: "Recorded yield (90 %)", number: true, cell: ([element]) => recorded(c, element) },
              {
                name: "In product",
                number: true,
                cell: ([element]) => mass(c.run?.yields[element]?.product_mg ?? 0),
              },
            ]}
          />
          {c.run ? (
            <Text size="sm" mt="xs">
              Run in step {c.run.step}, {instant(c.run.at)}.
            </Text>
          ) : (
            <Text size="sm" mt="xs" c="dimmed">
              Not run yet.
            </Text>
          )}
        </Card>
      </SimpleGrid>
      <Card title="Chromatogram, simulated">
        <SegmentedControl
          aria-label="Column"
          value={String(shown)}
          onChange={(v) => setShown(Number(v))}
          data={c.chromatograms.map((r, i) => ({ value: String(i), label: r.column }))}
          mb="sm"
        />
        {column ? (
          <>
            <Chromatogram curves={column.chromatogram} cuts={column.cuts} />
            <DataTable
              rows={column.cuts}
              label="Cuts"
              empty="No window is as pure as asked."
              keyOf={(cut) => cut.species}
              columns={[
                { name: "Cut", cell: (cut) => cut.species },
                { name: "From, h", number: true, cell: (cut) => number(cut.from_s / 3600, 3) },
                { name: "To, h", number: true, cell: (cut) => number(cut.to_s / 3600, 3) },
                { name: "Purity", number: true, cell: (cut) => percent(cut.purity, 4) },
                { name: "Yield", number: true, cell: (cut) => percent(cut.yield, 2) },
                {
                  name: "Impurities, ppm",
                  cell: (cut) =>
                    Object.entries(cut.impurities_ppm)
                      .map(([e, ppm]) => `${e} ${number(ppm, 1)}`)
                      .join(", "),
                },
              ]}
            />
            <Text size="sm" c="dimmed" mt="xs">
              Estimated error of the curve {percent(column.error_l1_estimate, 2)} (L1); {words(c.system)} with
              planning values.
            </Text>
          </>
        ) : null}
      </Card>
    </>
  );
}

function recorded(c: Campaign, element: string): string {
  const y = c.run?.yields[element];
  return y ? `${percent(y.yield_fraction, 2)} ± ${percent(1.645 * y.sd, 2)}` : "";
}
