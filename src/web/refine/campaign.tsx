import { useParams } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useState } from "react";
import type { KeptOutlet } from "../../column/index.ts";
import type { Campaign } from "../../refine/index.ts";
import { Acts } from "../act/do.tsx";
import { busyPart, type Window } from "../column/by-hand.ts";
import type { Overlay } from "../column/chromatogram.tsx";
import { CutTable } from "../column/cut-table.tsx";
import { RecordedRun } from "../column/recorded.tsx";
import { useAsk } from "../kit/client/hooks.ts";
import { Mass } from "../kit/show/figure.tsx";
import { decimals, percentText, timeText } from "../kit/show/figure-text.ts";
import { ToLot } from "../kit/show/go.tsx";
import { useNames } from "../kit/show/named.tsx";
import { Facts, Page, Panel } from "../kit/show/page.tsx";
import { Answered, Empty, Loading } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { useUnits } from "../kit/who.tsx";
import { CampaignState, daysText } from "./campaigns.tsx";
import { RunBalance } from "./run-balance.tsx";

const Chromatogram = lazy(async () => ({
  default: (await import("../column/chromatogram.tsx")).Chromatogram,
}));

export interface Cut extends Window {
  readonly purity: number;
  readonly yield: number;
}

export interface ColumnRun {
  readonly column: string;
  readonly length_m: number;
  readonly load_s: number;
  readonly end_s: number;
  readonly cuts: readonly Cut[];
  readonly balance_error: number;
  readonly error_l1_estimate: number;
  readonly chromatogram: KeptOutlet;
}

interface CampaignAnswer extends Campaign {
  readonly ends_at: string;
  readonly chromatograms: readonly ColumnRun[];
}

/** One campaign: feed, design, what each column gives and where it is cut, predicted and recorded yields. */
export function CampaignPage() {
  const { campaign = "" } = useParams({ strict: false }) as { campaign?: string };
  const asked = useAsk("refine/show", { campaign });
  return (
    <Page
      title={campaign}
      actions={asked.data?.state === "planned" ? <Acts on="campaign" id={campaign} /> : undefined}
    >
      <Answered asked={asked} rows={12}>
        {(of) => (
          <>
            <div className="columns">
              <Plan of={of} />
              <Products of={of} />
            </div>
            {of.chromatograms.length === 0 ? (
              <Panel title="Chromatograms">
                <Empty>The curves of this campaign are not in this store.</Empty>
              </Panel>
            ) : null}
            {of.chromatograms.map((run) => (
              <ColumnPanel key={run.column} run={run} products={Object.keys(of.predicted)} />
            ))}
            {of.run ? <RunBalance step={of.run.step} /> : null}
          </>
        )}
      </Answered>
    </Page>
  );
}

const text = (value: unknown) => (typeof value === "string" && value ? value : undefined);

function Plan({ of }: { of: CampaignAnswer }) {
  const limits = text(of.design["limits"]);
  const cycle_s = Number(of.design["cycle_s"]);
  const pressure_Pa = Number(of.design["pressure_drop_Pa"]);
  const names = useNames();
  const units = useUnits().data ?? [];
  const feed = Object.entries(of.feed.mole_fractions).sort((a, b) => b[1] - a[1]);
  return (
    <Panel title="Plan">
      <Facts
        of={[
          ["State", <CampaignState key="state" of={of} />],
          ["Lot", <ToLot key="lot" lot={of.lot} />],
          [
            "Where",
            `${names.site(of.site)}: ${of.columns.map((id) => units.find((u) => u.id === id)?.name ?? id).join(", ")}`,
          ],
          [of.run ? "Began" : "Begins", timeText(of.at)],
          [of.run ? "Through" : "Should be through", timeText(of.ends_at)],
          ["Its plan takes", daysText(of.duration_h)],
          ["Planned", timeText(of.planned_at)],
          ["System", of.system],
          ["Feed, mole share", feed.map(([e, x]) => `${e} ${percentText(x)}`).join(" · ")],
          ["Cycles", String(of.cycles)],
          ...(Number.isFinite(cycle_s) ? ([["One cycle", `${decimals(cycle_s / 3600, 1)} h`]] as const) : []),
          ...(Number.isFinite(pressure_Pa)
            ? ([["Pressure drop", `${decimals(pressure_Pa / 1e5, 2)} bar`]] as const)
            : []),
          ["Atoms lost by the simulation", of.balance_error.toExponential(1)],
        ]}
      />
      {of.findings.map((finding) => (
        <p key={finding.code} className="note warn">
          {finding.message}
        </p>
      ))}
      {of.cancelled ? (
        <p className="note">
          Cancelled {timeText(of.cancelled.at)}: {of.cancelled.why}
        </p>
      ) : null}
      {of.moves.map((moved) => (
        <p key={moved.at} className="note">
          Moved {timeText(moved.at)} to begin {timeText(moved.starts_at)}: {moved.why}
        </p>
      ))}
      {limits ? <p className="note warn">{limits}</p> : null}
    </Panel>
  );
}

function Products({ of }: { of: CampaignAnswer }) {
  const rows = Object.entries(of.predicted);
  return (
    <Panel
      title="Yield and purity"
      says="Predicted by simulation, recorded by the run. ± is half of the 90 % interval (k = 1.645)."
    >
      <Table
        caption="yield and purity by product"
        rows={rows}
        keyOf={([element]) => element}
        columns={[
          { head: "Product", cell: ([element]) => element },
          { head: "Asked", cell: ([element]) => <Target of={of.targets[element]} />, kind: "num" },
          {
            head: "Predicted purity",
            cell: ([, p]) => <span className="figure">{percentText(p.purity_fraction)}</span>,
            kind: "num",
          },
          { head: "Predicted yield", cell: ([, p]) => percentText(p.yield_fraction), kind: "num" },
          {
            head: "Recorded yield",
            kind: "num",
            cell: ([element]) => {
              const found = of.run?.yields[element];
              if (!found) return <span className="dim">{of.run ? "none" : "not run"}</span>;
              return `${decimals(found.yield_fraction * 100, 1)} ± ${decimals(found.sd * 164.5, 1)} %`;
            },
          },
          {
            head: "Made",
            kind: "num",
            cell: ([element]) => {
              const found = of.run?.yields[element];
              return found ? <Mass mg={found.product_mg} /> : <span className="dim">–</span>;
            },
          },
        ]}
      />
    </Panel>
  );
}

const Target = ({ of }: { of: number | undefined }) =>
  of === undefined ? <span className="dim">–</span> : percentText(of);

function ColumnPanel({ run, products }: { run: ColumnRun; products: readonly string[] }) {
  const [moved, setMoved] = useState<readonly Window[]>();
  const [recorded, setRecorded] = useState<Overlay>();
  const cuts = moved ?? run.cuts;
  /** Curves kept by an earlier Didym have no sums of what left: their cuts are only shown. */
  const kept = cuts.length > 0 && run.chromatogram.left_mol_s_per_m3 !== undefined;
  const shown = useMemo(() => busyPart(run.chromatogram, products), [run, products]);
  const over = useMemo(() => (recorded ? [recorded] : []), [recorded]);
  return (
    <Panel
      title={`Column: ${run.column}`}
      says={`${decimals(run.length_m, 2)} m bed, loaded for ${decimals(run.load_s / 3600, 2)} h, done after ${decimals(run.end_s / 3600, 2)} h. Error of the curve about ${percentText(run.error_l1_estimate)}.`}
    >
      <Suspense fallback={<Loading rows={8} />}>
        <Chromatogram
          column={run.column}
          of={run.column}
          outlet={shown}
          cuts={cuts}
          products={products}
          over={over}
          {...(kept
            ? { move: (k: number, to: Window) => setMoved(cuts.map((w, n) => (n === k ? to : w))) }
            : {})}
        />
      </Suspense>
      {cuts.length === 0 ? <Empty>No cut of this column meets what was asked.</Empty> : null}
      {kept ? <CutTable outlet={run.chromatogram} products={products} windows={cuts} /> : null}
      <div className="acts">
        {moved ? (
          <>
            <span className="dim small">Tried by hand; the plan stays as it is.</span>
            <button type="button" className="plain" onClick={() => setMoved(undefined)}>
              Back to the cuts of the plan
            </button>
          </>
        ) : kept ? (
          <span className="dim small">Draw the edge of a cut to try another.</span>
        ) : null}
        <RecordedRun take={setRecorded} />
      </div>
    </Panel>
  );
}
