import { z } from "zod";
import { acceptPacking, PackingInput } from "../../column/index.ts";
import { calculation } from "../core/use-case.ts";

/** Sample data: a pulse of a normal law about 1,650 s, 36 s wide, every ten seconds, with a ripple of a thousandth and rounded. */
const SAMPLE_CSV = `time_s,signal\n${Array.from({ length: 121 }, (_, k) => {
  const t = 1200 + 10 * k;
  const ripple = 0.001 * Math.sin(1.7 * k * k);
  return `${t},${(0.01 + 0.8 * Math.exp(-0.5 * ((t - 1650) / 36) ** 2) + ripple).toFixed(4)}`;
}).join("\n")}\n`;

export const acceptPackedColumn = calculation({
  room: "column",
  verb: "accept-packing",
  summary:
    "Whether a bed is packed well enough, from a tracer pulse: plates, asymmetry, residence times, and the dispersion to simulate with.",
  // As for simulate, the room reads its own contract and names the field it refuses.
  input: z.unknown().meta(z.toJSONSchema(PackingInput, { io: "input" }) as Record<string, unknown>),
  raw: "csv",
  example: {
    csv: SAMPLE_CSV,
    model: "film",
    bed: { length_m: 1, particle_radius_m: 6e-5, void_fraction: 0.38, particle_porosity: 0.3 },
    flow: { superficial_velocity_m_per_s: 2.3e-4 },
    tracer: { enters: "void" },
    pulse: { start_s: 0, duration_s: 10 },
  } as unknown,
  compute: async (_ports, input) => acceptPacking(input),
});
