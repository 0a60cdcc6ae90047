import type { PlottedSpectrum } from "./spectrum-data.ts";

const [WIDTH, HEIGHT, MOST] = [900, 70, 5];

/** Measured less fitted, in standard deviations: a good fit is a band of noise between two and minus two. */
export function Residuals({ of }: { of: PlottedSpectrum }) {
  const first = of.energy_keV[0] ?? 0;
  const span = (of.energy_keV.at(-1) ?? 1) - first;
  const y = (sigmas: number) => HEIGHT / 2 - (Math.max(-MOST, Math.min(MOST, sigmas)) / MOST) * (HEIGHT / 2);
  const path = of.residual
    .map((value, i) => {
      const x = (((of.energy_keV[i] ?? 0) - first) / span) * WIDTH;
      return `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join("");
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="residuals"
      role="img"
      aria-label="Measured less fitted, in standard deviations of counting"
    >
      <rect y={y(2)} width={WIDTH} height={y(-2) - y(2)} className="residuals-band" />
      <path d={path} fill="none" stroke="currentColor" strokeWidth="0.6" />
    </svg>
  );
}
