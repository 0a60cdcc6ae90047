import { borders, MAP_HEIGHT, MAP_WIDTH, nation, type StateShape, stateShape } from "../kit/show/us-map.ts";
import { lastStation, type Station } from "./way.ts";

/** Where the metal was worked on: states shaded, each joined to the one where the lot was finished. */
export function WayMap({ stations }: { stations: readonly Station[] }) {
  const shapes = stations.flatMap((station) => {
    const shape = station.fips ? stateShape(station.fips) : undefined;
    return shape ? [{ station, shape }] : [];
  });
  const last = lastStation(stations);
  const end = shapes.find(({ station }) => station === last)?.shape;
  if (shapes.length === 0) return null;
  return (
    <svg
      className="picture"
      viewBox={`0 0 ${MAP_WIDTH} ${MAP_HEIGHT}`}
      role="img"
      aria-label={`map: ${stations.map((s) => `${s.steps.join(", ")} in ${s.state}`).join("; ")}`}
    >
      <path className="land" d={nation} />
      {shapes.map(({ station, shape }) => (
        <path key={station.state} className="worked" d={shape.path}>
          <title>{`${shape.name}: ${station.steps.join(", ")}`}</title>
        </path>
      ))}
      <path className="land-line" d={borders} />
      {shapes.map(({ station, shape }) =>
        end && shape !== end ? <path key={station.state} className="way" d={arc(shape, end)} /> : null,
      )}
      {shapes.map(({ station, shape }) => (
        <circle
          key={station.state}
          className={shape === end ? "dot refiner" : "dot"}
          cx={shape.middle[0]}
          cy={shape.middle[1]}
          r={shape === end ? 12 : 8}
        />
      ))}
    </svg>
  );
}

/** A line bent upwards, so that two ways between the same states do not hide each other. */
function arc({ middle: [x1, y1] }: StateShape, { middle: [x2, y2] }: StateShape): string {
  const bend = 0.18 * Math.hypot(x2 - x1, y2 - y1);
  return `M${x1},${y1} Q${(x1 + x2) / 2},${(y1 + y2) / 2 - bend} ${x2},${y2}`;
}
