import "../kit/show/no-eval.ts";
import { acceptPacking, type PackingAnswer } from "../../column/index.ts";

/** What is typed beside the trace, in the units of who packs columns. */
export interface PackingForm {
  readonly csv: string;
  readonly enters: "void" | "pores";
  readonly numbers: Readonly<Record<PackingField["name"], string>>;
}

export interface PackingField {
  readonly name:
    | "length_m"
    | "bead_um"
    | "void_fraction"
    | "total_porosity"
    | "velocity_um_per_s"
    | "duration_s"
    | "dead_s"
    | "dead_s2";
  readonly label: string;
  readonly hint?: string;
  readonly start: string;
}

export const PACKING_FIELDS: readonly PackingField[] = [
  { name: "length_m", label: "Bed length, m", start: "1" },
  { name: "bead_um", label: "Bead diameter, µm", start: "120" },
  { name: "void_fraction", label: "Void between beads, over the bed", start: "0.38" },
  { name: "total_porosity", label: "Void and pores, over the bed", start: "0.566" },
  { name: "velocity_um_per_s", label: "Velocity in the empty column, µm/s", start: "230" },
  { name: "duration_s", label: "Tracer let in for, s", hint: "from time 0 on", start: "10" },
  { name: "dead_s", label: "Dead time, s", hint: "of piping and detector, without the bed", start: "0" },
  { name: "dead_s2", label: "Spread of the dead volume, s²", hint: "its variance", start: "0" },
];

export const START: PackingForm = {
  csv: "",
  enters: "void",
  numbers: Object.fromEntries(
    PACKING_FIELDS.map(({ name, start }) => [name, start]),
  ) as PackingForm["numbers"],
};

/** Sample data: a made-up pulse with a tail, a slow drift, and a ripple of a few thousandths. */
export const SAMPLE_TRACE = `time_s,signal\n${Array.from({ length: 241 }, (_, k) => {
  const t = 900 + 8 * k;
  const front = Math.exp(-0.5 * ((t - 1650) / 36) ** 2);
  const tail = t > 1650 ? 0.06 * Math.exp(-(t - 1650) / 45) * (1 - Math.exp(-(((t - 1650) / 60) ** 2))) : 0;
  return `${t},${(0.012 + 2e-6 * t + 0.8 * (front + tail) + 0.0012 * Math.sin(1.7 * k * k)).toFixed(4)}`;
}).join("\n")}\n`;

/** The same input as `didym column accept-packing` takes. */
export function packingInput({ csv, enters, numbers }: PackingForm): Record<string, unknown> {
  const of = (name: PackingField["name"]) => Number(numbers[name].trim() === "" ? Number.NaN : numbers[name]);
  return {
    csv,
    // The dispersion is for the model of the bench, whose velocity is that between the beads.
    model: enters === "void" ? "film" : "equilibrium",
    bed: {
      length_m: of("length_m"),
      particle_radius_m: (of("bead_um") / 2) * 1e-6,
      void_fraction: of("void_fraction"),
      total_porosity: of("total_porosity"),
    },
    flow: { superficial_velocity_m_per_s: of("velocity_um_per_s") * 1e-6 },
    tracer: { enters },
    pulse: { duration_s: of("duration_s") },
    dead: { time_s: of("dead_s"), variance_s2: of("dead_s2") },
  };
}

const FIELD_AT: Readonly<Record<string, string>> = {
  "bed.length_m": "Bed length",
  "bed.particle_radius_m": "Bead diameter",
  "bed.void_fraction": "Void between beads",
  "bed.total_porosity": "Void and pores",
  "flow.superficial_velocity_m_per_s": "Velocity",
  "pulse.duration_s": "Tracer let in for",
  "dead.time_s": "Dead time",
  "dead.variance_s2": "Spread of the dead volume",
};

/** What came of the form: an answer, or what is wrong and where in the words of the form. */
export function packingOf(form: PackingForm): { answer?: PackingAnswer; fault?: string } {
  if (form.csv.trim() === "") return {};
  const answer = acceptPacking(packingInput(form));
  if (answer.ok) return { answer: answer.value };
  const { at, message } = answer.refusal;
  const row = /^csv row (\d+)/.exec(at)?.[1];
  const place = row === undefined ? (FIELD_AT[at] ?? at) : `Line ${row}`;
  const wrong =
    FIELD_AT[at] && answer.refusal.code === "input_malformed" ? "a number that fits is needed" : message;
  return { fault: `${place}: ${wrong}` };
}
