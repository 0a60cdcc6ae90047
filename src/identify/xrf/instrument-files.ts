import { done, type Result, refuse, table } from "../../quantity/index.ts";
import type { SpectrumRefusal } from "./spectrum.ts";

/** What the two formats give, in the fields of a JSON spectrum. */
export interface FileSpectrum {
  readonly id: string;
  readonly kv?: number;
  readonly e0_keV?: number;
  readonly step_keV?: number;
  readonly channels?: number;
  readonly counts: readonly number[];
}

type Read = Result<FileSpectrum, SpectrumRefusal>;

/**
 * Amptek's MCA text (PMCA and DPPMCA): sections in double angle brackets; the calibration lists channel and energy,
 * by which a straight line is drawn. Energies belong to the middle of a channel.
 */
export function readMca(text: string): Read {
  const sections = new Map<string, string[]>();
  let open: string[] | undefined;
  for (const line of text.split(/\r?\n/)) {
    const name = /^<<(.+)>>\s*$/.exec(line.trim())?.[1];
    if (name === undefined) open?.push(line.trim());
    else {
      open = [];
      sections.set(name, open);
    }
  }
  const data = sections.get("DATA");
  if (!data) return refuse("field_missing", "<<DATA>>", "the file has no section <<DATA>>");
  const counts = data.filter((line) => line !== "").map(Number);
  const points = (sections.get("CALIBRATION") ?? [])
    .map((line) => line.split(/[\s,]+/).map(Number))
    .filter(([channel, energy]) => Number.isFinite(channel) && Number.isFinite(energy)) as [number, number][];
  const line = straight(points);
  const id = /^TAG\s*-\s*(.+)$/m.exec(text)?.[1]?.trim() ?? "";
  if (!line)
    return refuse(
      "calibration_missing",
      "<<CALIBRATION>>",
      "two pairs of channel and energy are needed to say where the channels lie",
    );
  return done({ id, e0_keV: line.start - line.slope / 2, step_keV: line.slope, counts });
}

function straight(points: readonly [number, number][]): { start: number; slope: number } | undefined {
  const n = points.length;
  if (n < 2) return undefined;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  let across = 0;
  let along = 0;
  for (const [x, y] of points) {
    across += (x - meanX) ** 2;
    along += (x - meanX) * (y - meanY);
  }
  return across > 0 ? { start: meanY - (along / across) * meanX, slope: along / across } : undefined;
}

const keV_per_unit: Readonly<Record<string, number>> = table({ ev: 1e-3, kev: 1, mev: 1e3 });

/**
 * EMSA/MAS spectral data (ISO 22029): keywords behind a hash, then the counts, alone (DATATYPE Y) or behind their
 * energies (XY). OFFSET is the energy of the first channel's middle.
 */
export function readEmsa(text: string): Read {
  const head = new Map<string, string>();
  const body: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const keyword = /^#\s*([A-Za-z0-9_-]+)\s*:?\s*(.*)$/.exec(line.trim());
    if (keyword) head.set(keyword[1]?.toUpperCase() ?? "", keyword[2]?.trim() ?? "");
    else if (line.trim() !== "") body.push(line);
  }
  if (!head.has("SPECTRUM")) return refuse("field_missing", "#SPECTRUM", "the file has no line #SPECTRUM");
  const unit = keV_per_unit[(head.get("XUNITS") ?? "eV").toLowerCase()];
  if (unit === undefined)
    return refuse("calibration_missing", "#XUNITS", `the unit ${head.get("XUNITS")} is not an energy`);
  const numbers = body.flatMap((line) =>
    line
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map(Number),
  );
  const paired = (head.get("DATATYPE") ?? "Y").toUpperCase() === "XY";
  const counts = paired ? numbers.filter((_, i) => i % 2 === 1) : numbers;
  const step_keV = Number(head.get("XPERCHAN") ?? Number.NaN) * unit;
  if (!Number.isFinite(step_keV))
    return refuse("calibration_missing", "#XPERCHAN", "XPERCHAN says how wide a channel is");
  const points = Number(head.get("NPOINTS") ?? counts.length);
  const beam = Number(head.get("BEAMKV"));
  return done({
    id: head.get("TITLE") ?? "",
    e0_keV: Number(head.get("OFFSET") ?? 0) * unit - step_keV / 2,
    step_keV,
    channels: points,
    ...(Number.isFinite(beam) && beam >= 15 ? { kv: beam } : {}),
    counts,
  });
}
