import "../kit/show/no-eval.ts";
import { GRADE_WORDS, type PackingAnswer } from "../../column/index.ts";
import { csvFile } from "../kit/show/csv.ts";
import { Download } from "../kit/show/download.tsx";
import { decimals, percentText, sentence } from "../kit/show/figure-text.ts";
import { Go } from "../kit/show/go.tsx";
import { Facts, Panel, Tag } from "../kit/show/page.tsx";
import { Table } from "../kit/show/table.tsx";
import { drawnText } from "./drawn-text.ts";
import { figure } from "./experiment.ts";
import { PulsePlot } from "./pulse-plot.tsx";

const NAMES = {
  asymmetry: "Asymmetry at a tenth of the height",
  reduced_plate_height: "Plate height, in beads",
  plates_per_m: "Plates in a metre",
} as const;

const SAYS = {
  accepted: "Accepted: every limit is kept.",
  not_accepted: "Not accepted: a limit is not kept.",
  not_sure: "Not accepted: it cannot be said surely enough whether every limit is kept.",
} as const;

const MOODS = { accepted: "good", not_accepted: "bad", not_sure: "warn" } as const;
const WORDS = { met: "kept", not_met: "not kept", not_sure: "not sure" } as const;

/** What a pulse says of a bed: the verdict, the limits, the curve, and what a simulation takes from it. */
export function PackingShown({ of, input }: { of: PackingAnswer; input: unknown }) {
  const { verdict, checks, warnings, distribution } = of;
  return (
    <>
      <Panel title="Verdict">
        <p className={`note ${MOODS[verdict]}`} role="status">
          {SAYS[verdict]}
        </p>
        <Table
          caption="limits"
          rows={checks}
          keyOf={({ name }) => name}
          columns={[
            { head: "Limit", cell: ({ name }) => NAMES[name] },
            { head: "Found", kind: "num", cell: ({ value }) => drawnText(value) },
            { head: "Asked", kind: "num", cell: limitText },
            {
              head: "Chance it is kept",
              kind: "num",
              cell: (check) => percentText(check.probability_within),
            },
            {
              head: "So",
              cell: (check) =>
                check.verdict === "met" ? (
                  WORDS.met
                ) : (
                  <Tag mood={check.verdict === "not_met" ? "bad" : "warn"}>{WORDS[check.verdict]}</Tag>
                ),
            },
            {
              head: "Limit from",
              cell: ({ source, grade }) => `${source}${grade ? ` (${GRADE_WORDS[grade]})` : ""}`,
            },
          ]}
        />
        {warnings.map((warning) => (
          <p key={warning} className="note warn">
            {sentence(warning)}.
          </p>
        ))}
      </Panel>
      <Panel title="Residence times">
        <PulsePlot of={of} />
        <Figures of={of} />
        <div className="acts">
          <Download name="residence-times.csv" type="text/csv" content={() => distributionCsv(distribution)}>
            Distribution as CSV
          </Download>
          <Download
            name="packing.json"
            type="application/json"
            content={() => JSON.stringify(input, null, 1)}
          >
            Input for didym column accept-packing
          </Download>
        </div>
      </Panel>
      <Dispersion of={of} />
    </>
  );
}

function limitText({ min, max }: PackingAnswer["checks"][number]): string {
  if (min !== null && max !== null) return `${min} to ${max}`;
  return min === null ? `at most ${max}` : `at least ${min}`;
}

function Figures({ of }: { of: PackingAnswer }) {
  const { plates, plate_height_m, residence, trace, variance } = of;
  const { porosity_stated: stated } = residence;
  const minutes = (s: number) => `${decimals(s / 60, 1)} min`;
  return (
    <Facts
      of={[
        ["Plates, by half the height", drawnText(plates.by_half_height)],
        ["Plates, by moments", drawnText(plates.by_moments)],
        ["Height of a plate", `${drawnText(plate_height_m, 1e3)} mm`],
        ["Mean time in the bed", `${drawnText(residence.mean_s)} s`],
        [
          "A tenth, half and nine tenths had left by",
          [residence.left_tenth_s, residence.left_half_s, residence.left_nine_tenths_s]
            .map(minutes)
            .join(", "),
        ],
        [
          "Liquid it got to, over the bed",
          `${decimals(residence.porosity_seen, 3)}${stated === null ? "" : `; stated ${decimals(stated, 3)}`}`,
        ],
        [
          "Of the spread, piping and injection",
          percentText((variance.dead + variance.injection) / variance.measured),
        ],
        ["Noise over the height", percentText(trace.noise_over_height)],
      ]}
    />
  );
}

/** What the bed adds to a front, where it goes from here. */
function Dispersion({ of }: { of: PackingAnswer }) {
  const { best, interval_90, sd_relative } = of.parameters.axial_dispersion_m2_per_s;
  const [low, high] = interval_90;
  return (
    <Panel
      title="The column from now on"
      says="Dispersion grows with the velocity, so the bench takes it as a length times the velocity between the beads. The command line takes either."
    >
      <Facts
        of={[
          ["Dispersion at this velocity", `${figure(best, 3)} m²/s, ${figure(low, 3)} to ${figure(high, 3)}`],
          ["As a length", `${drawnText(of.dispersivity_m, 1e6)} µm`],
        ]}
      />
      <div className="acts">
        <Go to="/column" search={{ dispersivity_m: String(of.dispersivity_m.best) }} className="button">
          Simulate with this dispersion
        </Go>
        <Go
          to="/column/scale-up"
          search={{ dispersivity_m: String(of.dispersivity_m.best), dispersivity_sd: String(sd_relative) }}
          className="inline"
        >
          Scale up with it
        </Go>
        <Download
          name="dispersion.json"
          type="application/json"
          content={() => JSON.stringify({ parameters: of.parameters, correlation: of.correlation }, null, 1)}
        >
          Calibration for didym column scale-up
        </Download>
      </div>
    </Panel>
  );
}

const distributionCsv = ({ time_s, per_s }: PackingAnswer["distribution"]): string =>
  csvFile([["time_s", "per_s"], ...time_s.map((t, k) => [t, per_s[k]])]);
