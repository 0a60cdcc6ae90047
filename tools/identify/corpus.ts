import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { LineClass } from "../../src/identify/classify/classes.ts";
import { seededRandom } from "../../src/identify/doubt/random.ts";

export const SEED = 20261123;

/** Which fifth a name is held out with; the same name is never on both sides. */
export const fifthOf = (name: string): number => Math.floor(seededRandom(SEED, name).next() * 5);

/** One line to learn from: what it says, what it is, and the family it is held out with. */
export interface Sample {
  readonly line: string;
  readonly label: LineClass;
  readonly family: string;
  readonly nameless: boolean;
  readonly model: string;
}
export interface DriveRow {
  readonly model: string;
  readonly kind: "hdd" | "ssd";
  readonly form_factor: string;
  readonly capacity_bytes: number | null;
  readonly bus: string;
  readonly vendor: string;
  readonly family: string;
}
export interface NamedRow {
  readonly label: LineClass;
  readonly vendor: string;
  readonly model: string;
  readonly reports: number;
  /** Numbers the maker prints on it or sells it under. */
  readonly numbers: readonly string[];
}
export interface Corpus {
  readonly lines: readonly Sample[];
  readonly drives: readonly DriveRow[];
  readonly computers: readonly NamedRow[];
  readonly apple: readonly NamedRow[];
}

type Row = Readonly<Record<string, string>>;
const rows = (folder: string, file: string): readonly Row[] =>
  parse(readFileSync(join(folder, file)), { columns: true }) as readonly Row[];

export const corpusIsThere = (folder: string): boolean => existsSync(join(folder, "manifest_lines_dev.csv"));

const CLASS_OF_CHASSIS: Readonly<Record<string, LineClass>> = {
  Notebook: "notebook",
  Convertible: "notebook",
  Desktop: "desktop",
  "Mini Pc": "desktop",
  Server: "server",
  "All In One": "all_in_one",
  Tablet: "tablet",
};

/** Families of things without a numbering scheme: maker, first word, digits as one mark. */
export const familyOf = (name: string): string =>
  name
    .toUpperCase()
    .replace(/\d+/g, "#")
    .split(/[\s_-]+/)
    .slice(0, 3)
    .join(" ");

/** Reads the training folder. Rows that stem from smartmontools are left out: they may test, not teach. */
export function readCorpus(folder: string, withSmartmontools = false): Corpus {
  const allDrives = rows(folder, "drives_dev.csv");
  const taught = (row: Row | undefined): boolean =>
    withSmartmontools || !row?.["source"]?.startsWith("smartmontools");
  const driveByModel = new Map(allDrives.map((row) => [row["model"] ?? "", row]));
  const lines: Sample[] = [];
  for (const row of rows(folder, "manifest_lines_dev.csv")) {
    const model = row["true_model"] ?? "";
    const drive = driveByModel.get(model);
    const label = row["device_class"] as LineClass;
    if (!taught(drive)) continue;
    // The few drives whose row has gone could stem from either source.
    if (!drive && (label === "hdd" || label === "ssd") && !withSmartmontools) continue;
    lines.push({
      line: row["line"] ?? "",
      label,
      family: drive?.["group"] ?? familyOf(model),
      nameless: row["model_number_missing"] === "1",
      model,
    });
  }
  const drives = allDrives.filter(taught).map((row) => ({
    model: row["model"] ?? "",
    kind: row["kind"] === "HDD" ? ("hdd" as const) : ("ssd" as const),
    form_factor: row["form_factor"] ?? "",
    capacity_bytes: row["capacity_bytes"] ? Number(row["capacity_bytes"]) : null,
    bus: row["bus"] ?? "",
    vendor: row["vendor"] ?? "",
    family: row["group"] ?? "",
  }));
  const computers = rows(folder, "computers_dev.csv").flatMap((row) => {
    const label = CLASS_OF_CHASSIS[row["device_type"] ?? ""];
    return label
      ? [
          {
            label,
            vendor: row["vendor"] ?? "",
            model: row["model"] ?? "",
            reports: Number(row["reports"]),
            numbers: [],
          },
        ]
      : [];
  });
  return { lines, drives, computers, apple: appleDevices(folder) };
}

/** One row a device: the list has a line for each of its versions, with numbers of their own. */
function appleDevices(folder: string): NamedRow[] {
  const found = new Map<string, NamedRow>();
  for (const row of rows(folder, "apple_devices.csv")) {
    if (row["device_class"] === "tracker") continue;
    const model = row["generation"] ?? "";
    const own = [row["a_numbers"], row["order_numbers"]].flatMap(
      (list) => list?.split("|").filter(Boolean) ?? [],
    );
    const numbers = [...new Set([...(found.get(model)?.numbers ?? []), ...own])];
    found.set(model, {
      label: row["device_class"] as LineClass,
      vendor: "Apple",
      model,
      reports: 1,
      numbers,
    });
  }
  return [...found.values()];
}
