import { useEffect, useRef, useState } from "react";
import type { PackingAnswer } from "../../column/index.ts";
import { decimals } from "../kit/show/figure-text.ts";

const [HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [260, 12, 12, 26, 34];
/** Before the page has been measured, and on paper. */
const USUAL_WIDTH = 640;
/** Narrower, words beside the curve would run into it. */
const NARROW = 520;

/** The pulse on its baseline, with its mean and the two heights its figures are read at. */
export function PulsePlot({ of }: { of: PackingAnswer }) {
  const host = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(USUAL_WIDTH);
  useEffect(() => {
    const watch = new ResizeObserver(([seen]) =>
      setWidth(Math.round(seen?.contentRect.width || USUAL_WIDTH)),
    );
    if (host.current) watch.observe(host.current);
    return () => watch.disconnect();
  }, []);
  const { time_s, per_s } = of.distribution;
  const [from, to] = [time_s[0] ?? 0, time_s.at(-1) ?? 1];
  const most = Math.max(...per_s);
  const x = (t: number) => LEFT + ((t - from) / (to - from)) * (width - LEFT - RIGHT);
  const y = (value: number) => HEIGHT - BOTTOM - (value / most) * (HEIGHT - BOTTOM - TOP);
  const line = time_s.map((t, k) => `${x(t).toFixed(1)},${y(per_s[k]!).toFixed(1)}`).join(" ");
  const narrow = width < NARROW;
  const ticks = (narrow ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1]).map((part) => from + part * (to - from));
  return (
    <figure className="pulse-figure" ref={host}>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="img"
        aria-label={`Residence times: half had left by ${decimals(of.residence.left_half_s / 60, 1)} minutes, nine tenths by ${decimals(of.residence.left_nine_tenths_s / 60, 1)}`}
        className="pulse"
      >
        <path d={`M${LEFT} ${HEIGHT - BOTTOM}H${width - RIGHT}`} className="pulse-axis" />
        {[
          [0.5, narrow ? "half" : "half the height: width, plates"],
          [0.1, narrow ? "a tenth" : "a tenth: asymmetry"],
        ].map(([part, words]) => (
          <g key={words}>
            <path d={`M${LEFT} ${y(Number(part) * most)}H${width - RIGHT}`} className="pulse-level" />
            <text x={LEFT + 4} y={y(Number(part) * most) - 5}>
              {words}
            </text>
          </g>
        ))}
        <polyline points={line} className="pulse-line" />
        {ticks.map((t, k) => (
          <text
            key={t}
            x={x(t)}
            y={HEIGHT - 12}
            textAnchor={k === 0 ? "start" : k === ticks.length - 1 ? "end" : "middle"}
          >
            {decimals(t / 60, 1)} min
          </text>
        ))}
      </svg>
    </figure>
  );
}
