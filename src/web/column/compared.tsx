import "../kit/show/no-eval.ts";
import { collect, contextOfKept, type KeptOutlet } from "../../column/index.ts";
import { decimals, percentText } from "../kit/show/figure-text.ts";
import { Panel } from "../kit/show/page.tsx";
import { Table } from "../kit/show/table.tsx";
import type { Window } from "./by-hand.ts";
import { PRODUCTS, type Settings, SLIDERS, START } from "./settings.ts";

export const KEPT_MOST = 4;

/** A run as it was when it was kept. */
export interface KeptRun {
  readonly number: number;
  readonly label: string;
  readonly outlet: KeptOutlet;
  readonly windows: readonly Window[];
  readonly settings: Settings;
}

interface Row {
  readonly label: string;
  readonly says: string;
  readonly outlet: KeptOutlet;
  readonly windows: readonly Window[];
}

/** Runs that were kept beside the one under the sliders: what differs in their settings, and what each product comes to. */
export function Compared(props: {
  kept: readonly KeptRun[];
  now: { outlet: KeptOutlet; windows: readonly Window[] };
  clear: () => void;
}) {
  const rows: readonly Row[] = [
    { label: "under the sliders", says: "", ...props.now },
    ...props.kept.map(({ label, outlet, windows, settings }) => ({
      label,
      says: differences(settings),
      outlet,
      windows,
    })),
  ];
  return (
    <Panel
      title="Compared"
      says="Purity and yield of the cuts as each run was kept; its curves are drawn dashed above."
    >
      <Table
        caption="runs compared"
        rows={rows}
        keyOf={(row) => row.label}
        columns={[
          { head: "Run", cell: (row) => row.label, kind: "keep" },
          { head: "Settings", cell: (row) => row.says || <span className="dim">as shown</span> },
          ...PRODUCTS.map((species) => ({
            head: `${species}: purity, yield`,
            kind: "num" as const,
            cell: (row: Row) => cutText(row, species),
          })),
        ]}
      />
      <div className="acts">
        <button type="button" className="plain" onClick={props.clear}>
          Let them go
        </button>
      </div>
    </Panel>
  );
}

function cutText({ outlet, windows }: Row, species: string): string {
  const cut = windows.find((w) => w.species === species);
  if (!cut) return "–";
  const made = collect(contextOfKept(outlet, PRODUCTS), species, cut.from_s, cut.to_s);
  return `${made.purity === null ? "–" : percentText(made.purity)}, ${percentText(made.yield)}`;
}

/** The settings in which a run differs from the usual ones, in words. */
const differences = (settings: Settings): string =>
  SLIDERS.filter(({ name }) => settings[name] !== START[name])
    .map(({ name, label, unit }) => `${label} ${decimals(settings[name], 2)} ${unit}`.trim())
    .join("; ") || "the usual ones";
