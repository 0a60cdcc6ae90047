import type { CalibrationResult } from "../../column/index.ts";
import { Panel } from "../kit/show/page.tsx";
import { figures, named } from "./experiment.ts";

const SIZE = 260;
const EDGE = { left: 20, bottom: 40, top: 12, right: 12 };

type Region = CalibrationResult["ellipses_90"][number];

/** For each two parameters, where both of them lie together; long and slanting where the curve tells them apart badly. */
export function RegionsShown({ of }: { of: CalibrationResult }) {
  const known = of.ellipses_90.filter(({ points }) => points.flat().every((v) => v > 1e-15 && v < 1e15));
  if (known.length === 0) return null;
  return (
    <Panel
      title="Two at a time"
      says="Each region holds both parameters with 90 % probability, to first order. A region that is long and slanting says that one can make up for the other."
    >
      <div className="regions">
        {known.map((region) => (
          <RegionShown key={region.pair.join(" ")} region={region} of={of} />
        ))}
      </div>
    </Panel>
  );
}

function RegionShown({ region, of }: { region: Region; of: CalibrationResult }) {
  const [first, second] = region.pair;
  const best = [of.parameters[first]?.best ?? 0, of.parameters[second]?.best ?? 0] as const;
  const across = scaleOf(
    region.points.map(([v]) => v),
    EDGE.left,
    SIZE - EDGE.right,
  );
  const up = scaleOf(
    region.points.map(([, v]) => v),
    SIZE - EDGE.bottom,
    EDGE.top,
  );
  const corners = region.points.map(([a, b]) => `${across.at(a).toFixed(1)},${up.at(b).toFixed(1)}`);
  const words = region.pair.map((name) => named(name).words);
  const together = of.together.find(({ pair }) => pair[0] === first && pair[1] === second);
  return (
    <figure>
      <svg
        viewBox={`0 0 ${SIZE} ${SIZE}`}
        role="img"
        aria-label={`Region of ${words.join(" and ")}: ${across.ends.join(" to ")} and ${up.ends.join(" to ")}`}
        fill="currentColor"
      >
        <rect
          x={EDGE.left}
          y={EDGE.top}
          width={SIZE - EDGE.left - EDGE.right}
          height={SIZE - EDGE.top - EDGE.bottom}
          className="region-ground"
        />
        <polygon points={corners.join(" ")} className="region" />
        <circle cx={across.at(best[0])} cy={up.at(best[1])} r="3.5" />
        <text x={EDGE.left} y={SIZE - 24} fontSize="11">
          {across.ends[0]}
        </text>
        <text x={SIZE - EDGE.right} y={SIZE - 24} fontSize="11" textAnchor="end">
          {across.ends[1]}
        </text>
        <text x={(SIZE + EDGE.left - EDGE.right) / 2} y={SIZE - 8} fontSize="11" textAnchor="middle">
          {labelOf(first)}
        </text>
        <text transform={`translate(12 ${SIZE - EDGE.bottom}) rotate(-90)`} fontSize="11">
          {up.ends[0]}
        </text>
        <text transform={`translate(12 ${EDGE.top}) rotate(-90)`} fontSize="11" textAnchor="end">
          {up.ends[1]}
        </text>
      </svg>
      <figcaption className="small dim">
        Upward: {labelOf(second)}. {together ? togetherText(together, words) : ""}
      </figcaption>
    </figure>
  );
}

const labelOf = (name: string): string => {
  const { words, unit } = named(name);
  return unit ? `${words}, ${unit}` : words;
};

/** A scale over all values, from one edge to the other. */
function scaleOf(values: readonly number[], from: number, to: number) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return {
    ends: figures(low, high),
    at: (v: number) => from + ((v - low) / (high - low || 1)) * (to - from),
  };
}

/** What the curve fixes best of two: one alone, their product or their ratio, some power of it. */
function togetherText(
  { power, sd_relative }: { readonly power: number | null; readonly sd_relative: number },
  [first = "", second = ""]: readonly string[],
): string {
  const sd = `${(100 * sd_relative).toPrecision(2)} %`;
  if (power === null) return `Best known: ${second}, to ${sd}.`;
  if (Math.abs(power) < 0.05) return `Best known: ${first}, to ${sd}.`;
  const exponent = Math.abs(power) === 1 ? "" : ` to the power ${Math.abs(power).toPrecision(2)}`;
  return `Best known: ${first} ${power > 0 ? "times" : "over"} ${second}${exponent}, to ${sd}.`;
}
