/** The fifteen kinds of device a line can be read as; anything else is `unknown`, said as such. */
export const DEVICE_CLASSES = [
  "hdd",
  "ssd",
  "notebook",
  "desktop",
  "server",
  "all_in_one",
  "tablet",
  "android_device",
  "phone",
  "smartwatch",
  "earbuds",
  "media_player",
  "set_top_box",
  "smart_speaker",
  "remote",
] as const;

export type DeviceClass = (typeof DEVICE_CLASSES)[number];
export type LineClass = DeviceClass | "unknown";

/** The order in which classes are trained, scored and written out. */
export const LINE_CLASSES: readonly LineClass[] = [...DEVICE_CLASSES, "unknown"];

/** Computers: what is said of a hard drive inside changes their bill of magnets. */
export const COMPUTERS: ReadonlySet<LineClass> = new Set(["notebook", "desktop", "server", "all_in_one"]);

export type FormFactor = "3.5in" | "2.5in" | "1.8in" | "<1.8in" | "M.2" | "mSATA";

/** How well a prior is founded: A read in its source or measured, B well-known value recalled, C estimate. */
export type EvidenceGrade = "A" | "B" | "C";

export const weakest = (grades: readonly EvidenceGrade[]): EvidenceGrade =>
  grades.includes("C") ? "C" : grades.includes("B") ? "B" : "A";

/** A best estimate (the mean) and the ends of its central 90 % interval. */
export interface Estimate {
  readonly best: number;
  readonly lo90: number;
  readonly hi90: number;
}
