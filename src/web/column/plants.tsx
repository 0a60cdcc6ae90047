import { JobFailure, JobProgress } from "../jobs/job-progress.tsx";
import { isLive, useJob, useStartJob } from "../jobs/use-jobs.ts";
import { decimals, percentText } from "../kit/show/figure-text.ts";
import { useFilter } from "../kit/show/filter.ts";
import { Panel } from "../kit/show/page.tsx";
import { RefusedNote } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { designRequest, type Settings } from "./settings.ts";

/** One plant of the design's front, as `didym column design` answers it. */
interface Plant {
  readonly length_m: number;
  readonly superficial_velocity_m_per_s: number;
  readonly loading_fractions: { readonly first: number };
  readonly kg_per_m3_bed_day: number;
  readonly ligand_mol_per_mol: number;
  readonly yield_least: number;
}

/** Plants that `column design` finds for the feed under the sliders; one is taken to the sliders by a click. */
export function Plants({ settings, take }: { settings: Settings; take: (plant: Partial<Settings>) => void }) {
  const [id, setId] = useFilter("plants");
  const search = useStartJob("column/design", { onDone: ({ job }) => setId(job) });
  const { data: job } = useJob(id);
  const plants = job?.state === "done" ? (job.result as { pareto?: readonly Plant[] }).pareto : undefined;
  return (
    <Panel
      title="Plants to choose from"
      says="Searched for the feed, selectivities, ligand and purity under the sliders: one zone with recycle of what is rejected. None beats another in productivity, ligand and least yield at once."
    >
      {job && isLive(job) ? <JobProgress job={job} /> : null}
      {job ? <JobFailure job={job} /> : null}
      <RefusedNote error={search.error} />
      {plants?.length === 0 ? <p className="note warn">No plant reaches the yield of 99 % asked.</p> : null}
      {plants && plants.length > 0 ? (
        <>
          <Front plants={plants} take={(plant) => take(slidersOf(plant))} />
          <PlantTable plants={plants} take={(plant) => take(slidersOf(plant))} />
        </>
      ) : null}
      {job && isLive(job) ? null : (
        <div className="acts">
          <button
            type="button"
            className="plain"
            disabled={search.isPending}
            onClick={() => search.mutate(designRequest(settings))}
          >
            {plants ? "Search again" : "Search for plants"}
          </button>
        </div>
      )}
    </Panel>
  );
}

/** Of a plant, what one column under the sliders can show: its first column without the recycled part. */
const slidersOf = (plant: Plant): Partial<Settings> => ({
  length_m: Number(plant.length_m.toFixed(2)),
  velocity_um_per_s: Math.round(plant.superficial_velocity_m_per_s * 1e6),
  loading: Math.round(100 * plant.loading_fractions.first),
});

const [WIDTH, HEIGHT, EDGE] = [520, 220, 46];

/** Productivity against ligand; the table below says the same and is what the keyboard uses. */
function Front({ plants, take }: { plants: readonly Plant[]; take: (plant: Plant) => void }) {
  const [right, top] = [
    1.1 * Math.max(...plants.map((p) => p.kg_per_m3_bed_day)),
    1.1 * Math.max(...plants.map((p) => p.ligand_mol_per_mol)),
  ];
  const x = (p: Plant) => EDGE + (p.kg_per_m3_bed_day / right) * (WIDTH - 2 * EDGE);
  const y = (p: Plant) => HEIGHT - EDGE - (p.ligand_mol_per_mol / top) * (HEIGHT - 2 * EDGE);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="chart" aria-hidden="true" fill="currentColor">
      <path
        d={`M${EDGE} ${EDGE}V${HEIGHT - EDGE}H${WIDTH - EDGE}`}
        fill="none"
        stroke="currentColor"
        opacity="0.5"
      />
      <text x={WIDTH / 2} y={HEIGHT - 12} fontSize="12" textAnchor="middle">
        kg of oxide per m³ of bed and day, up to {decimals(right, 1)}
      </text>
      <text x={EDGE} y={EDGE - 12} fontSize="12">
        mol of ligand per mol, up to {decimals(top, 1)}
      </text>
      {plants.map((plant, k) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the buttons of the table do the same for the keyboard.
        <g key={`${plant.length_m} ${plant.kg_per_m3_bed_day}`} onClick={() => take(plant)} cursor="pointer">
          <circle cx={x(plant)} cy={y(plant)} r="9" opacity="0.75" />
          <text x={x(plant) + 13} y={y(plant) + 4} fontSize="12">
            {k + 1}
          </text>
        </g>
      ))}
    </svg>
  );
}

function PlantTable({ plants, take }: { plants: readonly Plant[]; take: (plant: Plant) => void }) {
  return (
    <Table
      caption="plants found"
      rows={plants.map((plant, k) => ({ plant, number: k + 1 }))}
      keyOf={(row) => String(row.number)}
      columns={[
        { head: "Plant", cell: (row) => row.number, kind: "keep" },
        { head: "kg/m³ day", kind: "num", cell: ({ plant }) => decimals(plant.kg_per_m3_bed_day, 1) },
        { head: "Ligand, mol/mol", kind: "num", cell: ({ plant }) => decimals(plant.ligand_mol_per_mol, 2) },
        { head: "Least yield", kind: "num", cell: ({ plant }) => percentText(plant.yield_least) },
        { head: "Bed, m", kind: "num", cell: ({ plant }) => decimals(plant.length_m, 2) },
        {
          head: "Velocity, µm/s",
          kind: "num",
          cell: ({ plant }) => decimals(1e6 * plant.superficial_velocity_m_per_s, 0),
        },
        {
          head: "Loading",
          kind: "num",
          cell: ({ plant }) => percentText(plant.loading_fractions.first),
        },
        {
          head: "Take",
          cell: ({ plant, number }) => (
            <button type="button" className="plain" onClick={() => take(plant)}>
              To the sliders<span className="sr-only">: plant {number}</span>
            </button>
          ),
        },
      ]}
    />
  );
}
