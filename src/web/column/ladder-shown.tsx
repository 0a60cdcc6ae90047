import type { Ladder, Rung } from "../../column/index.ts";
import { decimals } from "../kit/show/figure-text.ts";
import { Panel } from "../kit/show/page.tsx";
import { Table } from "../kit/show/table.tsx";
import { plain } from "./drawn-text.ts";

const WORDS = {
  fits: "fits",
  pressure: "pressure",
  closes: "closes",
  too_short: "too short",
} as const;

const [CELL_W, CELL_H, LEFT, TOP] = [116, 62, 74, 34];

/** Beads against lengths: which of them the vessel bears, and in which the bands have room. */
export function LadderShown({ of }: { of: Ladder }) {
  const radii = [...new Set(of.rungs.map((r) => r.particle_radius_m))];
  const lengths = [...new Set(of.rungs.map((r) => r.length_m))];
  return (
    <Panel
      title="Ladder of beads and lengths"
      says={`At ${decimals(of.diameter_m, 3)} m and the same velocity. Bold fits; dashed does not, for the pressure or because a band is shorter than its boundaries. Room is that of the tightest band, over its boundaries.`}
    >
      <Picture rungs={of.rungs} radii={radii} lengths={lengths} />
      <details>
        <summary>The ladder as a table</summary>
        <Table
          caption="beads and lengths"
          rows={of.rungs}
          keyOf={(r) => `${r.particle_radius_m} ${r.length_m}`}
          columns={[
            { head: "Beads, µm", kind: "num", cell: (r) => plain(2e6 * r.particle_radius_m) },
            { head: "Length, m", kind: "num", cell: (r) => plain(r.length_m) },
            { head: "Pressure, bar", kind: "num", cell: pressureText },
            { head: "Transfer units", kind: "num", cell: (r) => plain(r.transfer_units) },
            { head: "Room of the tightest band", kind: "num", cell: (r) => plain(r.band_over_zone) },
            { head: "So", cell: (r) => WORDS[r.verdict] },
          ]}
        />
      </details>
    </Panel>
  );
}

const pressureText = ({ pressure_Pa }: Rung): string =>
  pressure_Pa === null ? "the bed closes" : plain(pressure_Pa * 1e-5);

function Picture(given: { rungs: readonly Rung[]; radii: readonly number[]; lengths: readonly number[] }) {
  const { rungs, radii, lengths } = given;
  const [width, height] = [LEFT + radii.length * CELL_W, TOP + lengths.length * CELL_H];
  const fits = rungs.filter((r) => r.verdict === "fits").length;
  return (
    <div className="scroll">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`Of ${rungs.length} pairs of bead and length, ${fits} fit; the table below names them`}
        className="ladder"
        style={{ minWidth: `${width * 0.8}px`, maxWidth: `${width * 1.2}px` }}
      >
        {radii.map((r, i) => (
          <text key={r} x={LEFT + (i + 0.5) * CELL_W} y={TOP - 12} textAnchor="middle">
            {plain(2e6 * r)} µm
          </text>
        ))}
        {lengths.map((length, j) => (
          <text key={length} x={LEFT - 10} y={yOf(j, lengths.length) + CELL_H / 2 + 4} textAnchor="end">
            {plain(length)} m
          </text>
        ))}
        {rungs.map((r) => {
          const [x, y] = [
            LEFT + radii.indexOf(r.particle_radius_m) * CELL_W,
            yOf(lengths.indexOf(r.length_m), lengths.length),
          ];
          return (
            <g key={`${r.particle_radius_m} ${r.length_m}`}>
              <rect
                x={x + 3}
                y={y + 3}
                width={CELL_W - 6}
                height={CELL_H - 6}
                rx="4"
                className="rung"
                data-verdict={r.verdict}
              />
              <text
                x={x + CELL_W / 2}
                y={y + 20}
                textAnchor="middle"
                fontWeight={r.verdict === "fits" ? 650 : 400}
              >
                {WORDS[r.verdict]}
              </text>
              <text x={x + CELL_W / 2} y={y + 35} textAnchor="middle">
                {r.pressure_Pa === null ? "" : `${pressureText(r)} bar`}
              </text>
              <text x={x + CELL_W / 2} y={y + 49} textAnchor="middle">
                room {plain(r.band_over_zone)}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

/** The longest bed stands on top. */
const yOf = (at: number, count: number): number => TOP + (count - 1 - at) * CELL_H;
