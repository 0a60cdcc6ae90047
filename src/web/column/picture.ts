import { colourOf } from "../kit/show/species-colour.ts";
import type { Outlet, Window } from "./by-hand.ts";

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT] = [900, 420, 70, 50, 30, 120];

/** The chromatogram as an SVG file that stands by itself: axes with units, cuts shaded, names beside the lines' colours. */
export function svgOf(outlet: Outlet, cuts: readonly Window[], products: readonly string[]): string {
  const names = Object.keys(outlet.mol_per_m3);
  const [from_s, to_s] = [outlet.time_s[0] ?? 0, outlet.time_s.at(-1) ?? 1];
  const most = Math.max(1e-9, ...names.flatMap((name) => outlet.mol_per_m3[name] ?? []));
  const x = (s: number) => LEFT + ((s - from_s) / (to_s - from_s)) * (WIDTH - LEFT - RIGHT);
  const y = (c: number) => HEIGHT - BOTTOM - (c / (1.05 * most)) * (HEIGHT - BOTTOM - TOP);
  const every = Math.max(1, Math.floor(outlet.time_s.length / 1500));
  const colour = (name: string) => colourOf(name, products, "light");
  const shades = cuts.map(
    (cut) =>
      `<rect x="${x(cut.from_s).toFixed(1)}" y="${TOP}" width="${Math.max(0, x(cut.to_s) - x(cut.from_s)).toFixed(1)}" height="${HEIGHT - BOTTOM - TOP}" fill="${colour(cut.species)}" opacity="0.13"/>`,
  );
  const lines = names.map((name) => {
    const points = outlet.time_s.flatMap((s, k) =>
      k % every === 0 ? [`${x(s).toFixed(1)},${y(outlet.mol_per_m3[name]?.[k] ?? 0).toFixed(1)}`] : [],
    );
    const thin = products.includes(name) ? 'stroke-width="2"' : 'stroke-width="1" stroke-dasharray="4 4"';
    return `<polyline fill="none" stroke="${colour(name)}" ${thin} points="${points.join(" ")}"/>`;
  });
  const key = names.map(
    (name, k) =>
      `<rect x="${WIDTH - RIGHT + 20}" y="${TOP + 22 * k}" width="14" height="4" fill="${colour(name)}"/><text x="${WIDTH - RIGHT + 42}" y="${TOP + 6 + 22 * k}">${name}</text>`,
  );
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((part) => {
    const [s, c] = [from_s + part * (to_s - from_s), part * most];
    return [
      `<text x="${x(s).toFixed(1)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${(s / 3600).toFixed(2)}</text>`,
      `<text x="${LEFT - 8}" y="${(y(c) + 4).toFixed(1)}" text-anchor="end">${c.toFixed(1)}</text>`,
    ];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#1b2730">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
${shades.join("\n")}
<path d="M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - RIGHT}" fill="none" stroke="#55606b"/>
${ticks.join("\n")}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 10}" text-anchor="middle">time, h</text>
<text transform="translate(16 ${(HEIGHT - BOTTOM + TOP) / 2}) rotate(-90)" text-anchor="middle">concentration, mol/m³</text>
${lines.join("\n")}
${key.join("\n")}
</svg>
`;
}

/** The same picture as pixels, twice as fine. */
export async function pngOf(svg: string): Promise<Blob> {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * WIDTH;
  canvas.height = 2 * HEIGHT;
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture came out"))), "image/png");
  });
}
