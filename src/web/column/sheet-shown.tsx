import "../kit/show/no-eval.ts";
import { type DiameterSheet, GRADE_WORDS, type ScaleUpAnswer } from "../../column/index.ts";
import { csvFile } from "../kit/show/csv.ts";
import { Download } from "../kit/show/download.tsx";
import { decimals, percentText, sentence } from "../kit/show/figure-text.ts";
import { Panel, Tag } from "../kit/show/page.tsx";
import { Table } from "../kit/show/table.tsx";
import { chanceText, drawnText, plain } from "./drawn-text.ts";
import { LadderShown } from "./ladder-shown.tsx";

/** A scale-up sheet: chances first, then the figures of each diameter beside each other, then what they rest on. */
export function SheetShown({ of }: { of: ScaleUpAnswer }) {
  const rows = rowsOf(of);
  return (
    <>
      <Panel
        title="Chance of each specification"
        says={`Of ${of.doubt.samples} drawn columns, how many make it: cut as the analysis says, and cut by the clock of the best values. Drawn from ${of.doubt.from === "calibration" ? "the calibration, the distributor's band and the resin's modulus" : "the distributor's band and the resin's modulus alone"}.`}
      >
        {of.warnings.map((warning) => (
          <p key={warning} className="note warn">
            {sentence(warning)}.
          </p>
        ))}
        <Chances of={of} />
      </Panel>
      <Panel title="Sheet" says="Each figure with its 90 % interval. Today's column stands first.">
        <Table
          caption="figures of each diameter"
          rows={rows}
          keyOf={({ what }) => what}
          columns={[
            { head: "Figure", cell: ({ what }) => what },
            ...of.diameters.map((d, k) => ({
              head: headOf(d),
              kind: "num" as const,
              cell: (row: SheetRow) => row.values[k] ?? "",
            })),
          ]}
        />
        <div className="acts">
          <Download name="scale-up-sheet.csv" type="text/csv" content={() => sheetCsv(of, rows)}>
            Sheet as CSV
          </Download>
          <Download
            name="scale-up-answer.json"
            type="application/json"
            content={() => JSON.stringify(of, null, 1)}
          >
            All of it as JSON
          </Download>
        </div>
      </Panel>
      <LadderShown of={of.ladder} />
      <RestsOn of={of} />
    </>
  );
}

const headOf = (d: DiameterSheet): string => `${decimals(d.diameter_m, 3)} m${d.today ? ", today" : ""}`;

function Chances({ of }: { of: ScaleUpAnswer }) {
  const rows = of.diameters.flatMap((d) =>
    Object.entries(d.specifications).map(([product, asked]) => ({
      key: `${product} ${d.diameter_m}`,
      d,
      product,
      asked,
    })),
  );
  return (
    <Table
      caption="chances of the specifications"
      rows={rows}
      keyOf={({ key }) => key}
      columns={[
        { head: "Product", cell: ({ product }) => product, kind: "keep" },
        { head: "Diameter", cell: ({ d }) => headOf(d), kind: "num" },
        {
          head: "Asked",
          cell: ({ asked }) =>
            `purity ${percentText(asked.purity_min)}, yield ${percentText(asked.yield_min)}`,
        },
        { head: "Yield at that purity, %", kind: "num", cell: ({ asked }) => drawnText(asked.yield, 100) },
        { head: "By analysis", kind: "num", cell: ({ asked }) => chanceText(asked) },
        { head: "By the clock", kind: "num", cell: ({ asked }) => chanceText(asked.by_the_clock) },
      ]}
    />
  );
}

interface SheetRow {
  readonly what: string;
  readonly values: readonly string[];
}

function rowsOf({ diameters }: ScaleUpAnswer): SheetRow[] {
  const row = (what: string, of: (d: DiameterSheet) => string): SheetRow => ({
    what,
    values: diameters.map(of),
  });
  const [first] = diameters;
  const bar = 1e-5;
  return [
    row("Bed, m³", (d) => plain(d.bed_m3)),
    row("Length over diameter", (d) => plain(d.length_over_diameter)),
    row("Flow, m³/h", (d) => plain(d.flow_m3_per_h)),
    row("Pressure, bar", ({ pressure }) =>
      pressure.total_Pa ? drawnText(pressure.total_Pa, bar) : "the bed closes",
    ),
    row("Pressure of rigid beads, bar", ({ pressure }) => plain(pressure.rigid_Pa * bar)),
    row("Within the vessel's rating", ({ pressure }) =>
      pressure.within_rating ? chanceText(pressure.within_rating) : "no rating stated",
    ),
    row("The wall carries", ({ pressure }) =>
      pressure.wall_fraction === null ? "not known" : percentText(pressure.wall_fraction),
    ),
    row("The bed closes at, µm/s", ({ pressure }) =>
      pressure.closes_at_m_per_s === null ? "no flow it is run at" : plain(pressure.closes_at_m_per_s * 1e6),
    ),
    row("Plate height of beads, mm", ({ plate_height: h }) =>
      plain((2 * h.film_m + 2 * h.dispersion_m) * 1e3),
    ),
    row("Plate height of unlike paths, mm", ({ plate_height: h }) => drawnText(h.spread_m, 1e3)),
    row("Fronts blurred over, min", ({ plate_height: h }) => drawnText(h.front_blur_s, 1 / 60)),
    row("Cycle, h", ({ cycle }) => plain(cycle.cycle_s / 3600)),
    row("Oxide in a cycle, kg", (d) => drawnText(d.kg_oxide_per_cycle)),
    row("Oxide a day, kg", (d) => drawnText(d.kg_oxide_per_day)),
    row("Columns", (d) => String(d.columns)),
    ...(first?.cycle.steps ?? []).map((step, k) =>
      row(`Tank, ${step.name}, m³`, ({ cycle }) => plain(cycle.steps[k]?.tank_m3 ?? Number.NaN)),
    ),
    ...(first?.per_kg_oxide ?? []).map((line, k) =>
      row(`${sentence(line.name)}, kg per kg of oxide`, (d) => {
        const kg = d.per_kg_oxide[k]?.kg;
        return kg === undefined ? "" : drawnText(kg);
      }),
    ),
    ...(first?.permits ?? []).map((permit, k) =>
      row(`Keeps the limit of ${permit.name}`, (d) => (d.permits[k] ? chanceText(d.permits[k].within) : "")),
    ),
    row("Floor, m²", (d) => plain(d.floor_m2)),
  ];
}

const sheetCsv = ({ diameters }: ScaleUpAnswer, rows: readonly SheetRow[]): string =>
  csvFile([["figure", ...diameters.map(headOf)], ...rows.map(({ what, values }) => [what, ...values])]);

const ASSUMED: Readonly<Record<string, string>> = {
  modulus_Pa: "Modulus of the bed, Pa",
  wall_friction: "Friction at the wall times the sideways stress",
  settled_kg_per_m3_bed: "Settled beads, kg in a m³ of bed",
  life_cycles: "Cycles that beads live",
  velocity_sd_fraction: "Velocities differ by, over the mean",
  wash_bed_volumes: "Wash, bed volumes",
  regeneration_excess: "Presaturant beyond what the bed holds, over that",
  tank_margin_fraction: "Room left in a tank, over what it holds",
  tank_height_m: "Height of a tank, m",
  clearance_m: "Room on every side, m",
};

/** What was neither calibrated nor stated, and what is taken for a kilogram: the reader judges them by source and grade. */
function RestsOn({ of }: { of: ScaleUpAnswer }) {
  const lines = [
    ...of.assumptions.map((one) => ({
      name: ASSUMED[one.name] ?? one.name,
      value: Array.isArray(one.value) ? one.value.map(plain).join(" to ") : plainOf(one.value as number),
      source: one.source,
      grade: one.grade,
    })),
    ...of.consumables.map((one) => ({
      name: `${one.name}, kg per ${one.per.replaceAll("_", " ")}`,
      value: plain(one.kg * (1 - one.recovered_fraction)),
      source: one.source ?? "stated with the sheet",
      grade: one.grade ?? null,
    })),
  ];
  return (
    <Panel title="What it rests on" says={`${sentence(of.basis)}.`}>
      <details>
        <summary>
          {lines.length} values with where they are from; {lines.filter(({ grade }) => grade === "G").length}{" "}
          are guesses
        </summary>
        <Table
          caption="assumptions"
          rows={lines}
          keyOf={({ name }) => name}
          columns={[
            { head: "Value of", cell: ({ name }) => name },
            { head: "Taken as", cell: ({ value }) => value, kind: "num" },
            { head: "From", cell: ({ source }) => source },
            {
              head: "How well known",
              cell: ({ grade }) =>
                grade === "G" ? <Tag mood="warn">a guess</Tag> : grade ? GRADE_WORDS[grade] : "stated",
            },
          ]}
        />
      </details>
    </Panel>
  );
}

const plainOf = (value: number): string => (value >= 1e6 ? value.toExponential(1) : plain(value));
