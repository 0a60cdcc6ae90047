import type { ChartLimits, JudgedPoint } from "../../assay/index.ts";
import { dateText, decimals } from "../kit/show/figure-text.ts";

const SIZE = { width: 560, height: 210, left: 62, right: 34, top: 10, bottom: 24 };
/** Beyond the action limits there is room for what breaks them; what lies further off is drawn at the edge. */
const SHOWN_SD = 4;

const x = (i: number, count: number): number => {
  const wide = SIZE.width - SIZE.left - SIZE.right;
  return SIZE.left + (count <= 1 ? wide / 2 : (i * wide) / (count - 1));
};

const y = (z: number): number => {
  const shown = Math.max(-SHOWN_SD, Math.min(SHOWN_SD, z));
  const tall = SIZE.height - SIZE.top - SIZE.bottom;
  return SIZE.top + (tall * (SHOWN_SD - shown)) / (2 * SHOWN_SD);
};

const LINES = [
  { z: 3, as: "action", says: "+3 s" },
  { z: 2, as: "warning", says: "+2 s" },
  { z: 0, as: "", says: "" },
  { z: -2, as: "warning", says: "−2 s" },
  { z: -3, as: "action", says: "−3 s" },
] as const;

/** Results in the order of time about their centre, in percent by mass. What a rule speaks of is told by shape as by colour. */
export function ControlChart(props: { points: readonly JudgedPoint[]; limits: ChartLimits; name: string }) {
  const { points, limits, name } = props;
  const line = points.map((p, i) => `${i === 0 ? "M" : "L"} ${x(i, points.length)} ${y(p.z)}`).join(" ");
  const off = points.filter((p) => p.rules.length > 0).length;
  return (
    <svg
      className="picture"
      viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
      role="img"
      aria-label={`Control chart of ${name}: ${points.length} results, ${off} beyond a limit`}
    >
      {LINES.map(({ z, as, says }) => (
        <g key={z}>
          <line
            className={`chart-limit ${as}`}
            x1={SIZE.left}
            x2={SIZE.width - SIZE.right}
            y1={y(z)}
            y2={y(z)}
          />
          <text x={SIZE.left - 6} y={y(z) + 4} fontSize={11} textAnchor="end" className="faint">
            {decimals((limits.centre + z * limits.sd) / 10_000, 3)}
          </text>
          <text x={SIZE.width - SIZE.right + 5} y={y(z) + 4} fontSize={11} className="faint">
            {says}
          </text>
        </g>
      ))}
      <path className="chart-line" d={line} />
      {points.map((point, i) => (
        <Dot key={point.check} point={point} at={[x(i, points.length), y(point.z)]} />
      ))}
      {[points[0], points.at(-1)].map((point, i) =>
        point ? (
          <text
            key={`${point.check} ${i === 0 ? "first" : "last"}`}
            x={i === 0 ? SIZE.left : SIZE.width - SIZE.right}
            y={SIZE.height - 6}
            fontSize={11}
            textAnchor={i === 0 ? "start" : "end"}
            className="faint"
          >
            {dateText(point.at)}
          </text>
        ) : null,
      )}
    </svg>
  );
}

function Dot({ point, at }: { point: JudgedPoint; at: readonly [number, number] }) {
  const [cx, cy] = at;
  const rejected = point.rules.some((rule) => rule !== "1_2s");
  const says = `${point.check}, ${dateText(point.at)}: ${decimals(point.value / 10_000, 3)} %, z ${decimals(point.z, 1)}${point.rules.length > 0 ? `, ${point.rules.join(" ")}` : ""}`;
  if (rejected) {
    return (
      <rect className="chart-dot rejected" x={cx - 4.5} y={cy - 4.5} width={9} height={9}>
        <title>{says}</title>
      </rect>
    );
  }
  const warned = point.rules.length > 0;
  return (
    <circle className={warned ? "chart-dot warned" : "chart-dot"} cx={cx} cy={cy} r={warned ? 4.5 : 3}>
      <title>{says}</title>
    </circle>
  );
}
