import type { CalibrationResult } from "../../column/index.ts";
import { Panel } from "../kit/show/page.tsx";
import { figure, named } from "./experiment.ts";

const [WIDTH, HEIGHT, EDGE] = [520, 200, 40];

/** How much worse the fit becomes as one parameter is moved and the others fitted anew; a flat floor is what the data leave open. */
export function ProfileShown({ of }: { of: CalibrationResult["parameters"] }) {
  const shown = Object.entries(of).flatMap(([name, { profile }]) => (profile ? [{ name, profile }] : []));
  if (shown.length === 0) return null;
  return (
    <Panel
      title="Profiles"
      says="Root of the rise in chi-squared as one parameter moves and the others are fitted anew. The steeper, the better the curve fixes it."
    >
      {shown.map(({ name, profile }) => {
        const points = profile.points.filter(({ root }) => Math.abs(root) <= 10);
        const [low, high] = [points[0]?.value ?? 0, points.at(-1)?.value ?? 1];
        const most = Math.max(1e-9, ...points.map(({ root }) => Math.abs(root)));
        const x = (v: number) => EDGE + ((v - low) / (high - low || 1)) * (WIDTH - 2 * EDGE);
        const y = (root: number) => HEIGHT - EDGE - (Math.abs(root) / most) * (HEIGHT - 2 * EDGE);
        const line = points.map(({ value, root }) => `${x(value).toFixed(1)},${y(root).toFixed(1)}`);
        const { words, unit } = named(name);
        return (
          <svg
            key={name}
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            width="100%"
            style={{ maxWidth: "32rem", display: "block" }}
            role="img"
            aria-label={`Profile of ${words} from ${low.toPrecision(3)} to ${high.toPrecision(3)} ${unit}`}
            fill="currentColor"
          >
            <polyline points={line.join(" ")} fill="none" stroke="currentColor" strokeWidth="2" />
            <text x={EDGE} y={HEIGHT - 12} fontSize="12">
              {figure(low)}
            </text>
            <text x={WIDTH - EDGE} y={HEIGHT - 12} fontSize="12" textAnchor="end">
              {figure(high)}
            </text>
            <text x={WIDTH / 2} y={HEIGHT - 12} fontSize="12" textAnchor="middle">
              {unit ? `${words}, ${unit}` : words}
            </text>
          </svg>
        );
      })}
    </Panel>
  );
}
