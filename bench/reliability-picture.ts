import { type Judged, reliability } from "../tools/identify/figures.ts";

const SIZE = 320;
const EDGE = 44;

/** How often what was said came true, as a picture: on the line from corner to corner, words and world agree. */
export function reliabilityPicture(title: string, judged: readonly Judged[]): string {
  const x = (v: number): string => (EDGE + v * SIZE).toFixed(1);
  const y = (v: number): string => (EDGE + (1 - v) * SIZE).toFixed(1);
  const bins = reliability(judged);
  const most = Math.max(...bins.map((b) => b.count));
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((v) => [
    `<text x="${x(v)}" y="${EDGE + SIZE + 16}" text-anchor="middle">${v}</text>`,
    `<text x="${EDGE - 6}" y="${y(v)}" dy="4" text-anchor="end">${v}</text>`,
  ]);
  const marks = bins.map((b) => {
    const radius = (3 + 9 * Math.sqrt(b.count / most)).toFixed(1);
    return `<circle cx="${x(b.said)}" cy="${y(b.right)}" r="${radius}" fill="#2f6f4f" fill-opacity="0.7"><title>${b.count} lines: said ${b.said.toFixed(3)}, right ${b.right.toFixed(3)}</title></circle>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE + 2 * EDGE} ${SIZE + 2 * EDGE}" font-family="sans-serif" font-size="11" role="img" aria-label="${title}">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="${EDGE}" y="24" font-size="14">${title}: ${judged.length} lines</text>`,
    `<rect x="${EDGE}" y="${EDGE}" width="${SIZE}" height="${SIZE}" fill="none" stroke="#888"/>`,
    `<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#888" stroke-dasharray="4 3"/>`,
    ...ticks,
    `<text x="${EDGE + SIZE / 2}" y="${SIZE + 2 * EDGE - 8}" text-anchor="middle">probability said of the likeliest class</text>`,
    `<text transform="translate(12 ${EDGE + SIZE / 2}) rotate(-90)" text-anchor="middle">share that was right</text>`,
    ...marks,
    "</svg>",
    "",
  ].join("\n");
}
