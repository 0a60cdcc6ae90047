import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { Profiles } from "../../column/index.ts";
import { decimals } from "../kit/show/figure-text.ts";
import { Panel } from "../kit/show/page.tsx";
import { colourOf } from "../kit/show/species-colour.ts";
import { PRODUCTS, type Settings, SPECIES, simulationInput, strengthOf } from "./settings.ts";
import type { Ask, Told } from "./worker.ts";

const CELLS = 120;
const FRAMES = 160;
const FRAME_MS = 60;
const WIDTH = 960;
const HEIGHT = 120;

/** The bands as they move down the bed: what each place holds of the liquid, from inlet to outlet. */
export function Bands({ settings }: { settings: Settings }) {
  const { film, at, last, plays, says, run, setAt, setPlays } = useFilm(settings);
  return (
    <Panel
      title="Bands in the bed"
      says="The liquid along the bed, inlet on the left: each colour as high as its share. Charge for charge, what displaces stands behind what it displaces."
    >
      {film ? <Bed film={film} at={Math.min(at, last)} /> : null}
      <div className="acts">
        {film ? (
          <>
            <button type="button" className="plain" onClick={() => setPlays(!plays)}>
              {plays ? "Pause" : "Play"}
            </button>
            <label className="bands-time">
              <span className="sr-only">Time in the film</span>
              <input
                type="range"
                min={0}
                max={last}
                value={Math.min(at, last)}
                aria-valuetext={`${hours(film, at)} hours`}
                onChange={(e) => {
                  setPlays(false);
                  setAt(Number(e.currentTarget.value));
                }}
              />
            </label>
            <span className="dim">{hours(film, at)} h</span>
          </>
        ) : (
          <button type="button" className="plain" onClick={run}>
            Show the bands move
          </button>
        )}
      </div>
      {says ? (
        <p className="dim small" role="status">
          {says}
        </p>
      ) : null}
    </Panel>
  );
}

/** The film of a column, made when it is asked for, and where in it we are. */
function useFilm(settings: Settings) {
  const [film, setFilm] = useState<Profiles>();
  const [at, setAt] = useState(0);
  const [plays, setPlays] = useState(false);
  const [says, setSays] = useState<string>();
  // Another column has other bands: the film of the last one would be a wrong picture.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the settings are what is watched
  useEffect(() => {
    setFilm(undefined);
    setPlays(false);
    setSays(undefined);
  }, [settings]);
  const run = () => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    setSays("Running the column …");
    worker.onmessage = ({ data }: MessageEvent<Told>) => {
      worker.terminate();
      setSays(data.refused);
      setFilm(data.film);
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      setAt(still ? Math.round(0.4 * FRAMES) : 0);
      setPlays(!still);
    };
    const input = simulationInput(settings, { cells: CELLS, points: 100 });
    worker.postMessage({ id: 0, input, film: { cells: CELLS, frames: FRAMES } } satisfies Ask);
  };
  const last = (film?.time_s.length ?? 1) - 1;
  useEffect(() => {
    if (!plays) return;
    const timer = setInterval(() => setAt((k) => (k >= last ? 0 : k + 1)), FRAME_MS);
    return () => clearInterval(timer);
  }, [plays, last]);
  return { film, at, last, plays, says, run, setAt, setPlays };
}

const hours = (film: Profiles, at: number): string =>
  decimals((film.time_s[Math.min(at, film.time_s.length - 1)] ?? 0) / 3600, 2);

function Bed({ film, at }: { film: Profiles; at: number }) {
  const scheme = useComputedColorScheme("light");
  const place = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const brush = place.current?.getContext("2d");
    const frame = film.mol_per_m3[at];
    if (!brush || !frame) return;
    const length = film.position_m.at(-1) ?? 1;
    brush.clearRect(0, 0, WIDTH, HEIGHT);
    for (let x = 0; x < WIDTH; x += 2) {
      const cell = nearest(film.position_m, (x / WIDTH) * length);
      let all = 0;
      for (const values of frame) all += values[cell] ?? 0;
      let top = HEIGHT;
      SPECIES.forEach((name, i) => {
        const share = all > 0 ? (frame[i]?.[cell] ?? 0) / all : 0;
        brush.fillStyle = colourOf(name, PRODUCTS, scheme);
        brush.globalAlpha = strengthOf(name);
        brush.fillRect(x, top - share * HEIGHT, 2, share * HEIGHT);
        top -= share * HEIGHT;
      });
    }
  }, [film, at, scheme]);
  return (
    <>
      <canvas
        ref={place}
        width={WIDTH}
        height={HEIGHT}
        className="bands"
        role="img"
        aria-label={`Bands in the bed after ${hours(film, at)} hours`}
      />
      <ul className="bands-key">
        {SPECIES.map((name) => (
          <li key={name}>
            <svg width="12" height="12" aria-hidden="true">
              <rect
                width="12"
                height="12"
                fill={colourOf(name, PRODUCTS, scheme)}
                opacity={strengthOf(name)}
              />
            </svg>
            {name}
          </li>
        ))}
      </ul>
    </>
  );
}

function nearest(positions: readonly number[], at_m: number): number {
  let low = 0;
  let high = positions.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positions[middle] ?? 0) < at_m) low = middle + 1;
    else high = middle;
  }
  return low;
}
