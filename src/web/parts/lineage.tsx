import { Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { mass, words } from "../format.ts";

export interface LineageLot {
  readonly lot: string;
  readonly depth: number;
  readonly kind: string;
  readonly mass_mg: number;
  readonly made_by: string;
  readonly at: string;
  readonly parents: readonly { lot: string; mass_mg: number }[];
}

const BOX = { width: 168, height: 46, gapX: 44, gapY: 14 };
/** More boxes than this are a thicket: the list below shows them all. */
const DRAWN_MAX = 60;

/** Lots in layers by distance, the material flowing from left to right. */
export function Lineage({ lots, up }: { lots: readonly LineageLot[]; up: boolean }) {
  const navigate = useNavigate();
  if (lots.length > DRAWN_MAX)
    return <Text c="dimmed">{lots.length} lots: too many to draw, listed below.</Text>;
  const deepest = Math.max(0, ...lots.map((l) => l.depth));
  const layers = Array.from({ length: deepest + 1 }, (_, depth) => lots.filter((l) => l.depth === depth));
  const rows = Math.max(1, ...layers.map((l) => l.length));
  const height = rows * (BOX.height + BOX.gapY);
  const at = new Map<string, { x: number; y: number }>();
  for (const [depth, layer] of layers.entries()) {
    const column = up ? deepest - depth : depth;
    const offset = (height - layer.length * (BOX.height + BOX.gapY)) / 2;
    for (const [i, { lot }] of layer.entries()) {
      at.set(lot, { x: column * (BOX.width + BOX.gapX), y: offset + i * (BOX.height + BOX.gapY) });
    }
  }
  const links = lots.flatMap((l) =>
    l.parents.flatMap((p) => (at.has(p.lot) ? [{ from: p.lot, to: l.lot }] : [])),
  );
  const width = (deepest + 1) * (BOX.width + BOX.gapX) - BOX.gapX;
  return (
    <section className="scroll" aria-label="Lineage drawing">
      <svg width={width + 2} height={height} role="img" aria-label={`Lineage of ${lots.length} lots`}>
        {links.map(({ from, to }) => {
          const a = at.get(from) as { x: number; y: number };
          const b = at.get(to) as { x: number; y: number };
          const [x1, y1, x2, y2] = [a.x + BOX.width, a.y + BOX.height / 2, b.x, b.y + BOX.height / 2];
          const middle = (x1 + x2) / 2;
          return (
            <path
              key={`${from} ${to}`}
              d={`M${x1},${y1} C${middle},${y1} ${middle},${y2} ${x2},${y2}`}
              fill="none"
              stroke="var(--mantine-color-dimmed)"
            />
          );
        })}
        {lots.map((l) => {
          const { x, y } = at.get(l.lot) as { x: number; y: number };
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: see above
            <g
              key={l.lot}
              transform={`translate(${x + 1},${y})`}
              style={{ cursor: "pointer" }}
              onClick={() => void navigate({ to: `/lots/${l.lot}` })}
            >
              <rect
                width={BOX.width}
                height={BOX.height}
                rx={7}
                fill={l.depth === 0 ? "var(--mantine-primary-color-light)" : "var(--mantine-color-body)"}
                stroke="var(--mantine-color-default-border)"
              />
              <text x={9} y={19} fontSize={13} fontWeight={600} fill="currentColor">
                {l.lot.length > 20 ? `${l.lot.slice(0, 19)}…` : l.lot}
              </text>
              <text x={9} y={36} fontSize={12} fill="currentColor" opacity={0.75}>
                {words(l.kind).slice(0, 12)} · {mass(l.mass_mg)}
              </text>
            </g>
          );
        })}
      </svg>
    </section>
  );
}
