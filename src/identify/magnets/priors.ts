import type { EvidenceGrade } from "../classify/classes.ts";
import type { AlloyName } from "./alloys.ts";

/** One magnet-bearing part of a device, as far as anyone knows before opening it. */
export interface PriorPart {
  readonly part: string;
  /** Chance that a device of this kind has the part at all. */
  readonly present_p: number;
  readonly alloys: readonly { readonly alloy: AlloyName; readonly p: number }[];
  /** Median mass of the part's magnets in one device. */
  readonly median_g: number;
  /** Standard deviation of the natural logarithm of the mass between families of devices. */
  readonly log_sd: number;
  readonly evidence: EvidenceGrade;
  readonly source: string;
  /** Scatter of the mass between pieces of a family, where tear-downs have measured it: log-sd. */
  readonly unit_log_sd?: number;
  /** How far the chance of presence is still unknown for the family, on the probit scale, after tear-downs. */
  readonly present_spread?: number;
  /** Weight percents that replace the alloy table's, after tear-downs. */
  readonly contents?: Readonly<Record<string, { readonly mean_wt_pct: number; readonly sd_wt_pct: number }>>;
}

export interface PriorRow {
  readonly prior_class: string;
  readonly parts: readonly PriorPart[];
  /** Grade of the row when it has no parts: how well it is known that there are none. */
  readonly evidence: EvidenceGrade;
}

type Mix = PriorPart["alloys"];
const only = (alloy: AlloyName): Mix => [{ alloy, p: 1 }];
const either = (a: AlloyName, p: number, b: AlloyName): Mix => [
  { alloy: a, p },
  { alloy: b, p: 1 - p },
];

/** The sintered magnets of hard drives: one family is of one melt or of the other. */
const DISK: Mix = either("disk_neodymium", 0.5, "disk_didymium");

/** Low and high are read as the ends of a 90 % interval of a log-normal: 2 x 1.645 standard deviations apart. */
const range = (low: number, typical: number, high: number) => ({
  median_g: typical,
  log_sd: Math.log(high / low) / 3.29,
});

function part(
  name: string,
  present_p: number,
  alloys: Mix,
  mass: { median_g: number; log_sd: number },
  evidence: EvidenceGrade,
  source: string,
): PriorPart {
  return { part: name, present_p, alloys, ...mass, evidence, source };
}

/** The spread between models of one kind of drive: larger than any spread within a model; estimate. */
const DRIVE_LOG_SD = 0.4;
const COIL_35 = part(
  "voice_coil",
  1,
  DISK,
  { median_g: 12, log_sd: DRIVE_LOG_SD },
  "C",
  "Magnets are about 3.5 % of a drive's weight with the spindle's (conference abstract): 14 to 25 g of a 400 to 720 g drive; 8 to 20 g taken for the coil",
);
const RING_35 = part(
  "spindle_ring",
  0.95,
  [{ alloy: "disk_spindle", p: 0.7 }, ...DISK.map(({ alloy, p }) => ({ alloy, p: 0.3 * p }))],
  range(0.5, 2, 4),
  "C",
  "Estimate; only its richness in Dy is published",
);
const ALL_25 = part(
  "voice_coil_and_spindle",
  1,
  DISK,
  { median_g: 3, log_sd: DRIVE_LOG_SD },
  "C",
  "Laptop drives hold almost 75 % less rare earths than desktop drives (Habib and others 2014); the mass follows from the 3.5 inch estimate",
);
/** The part a stated or missing hard drive switches on or off. */
export const HARD_DRIVE = "hard_drive";
const inside = (present_p: number, median_g: number, log_sd: number): PriorPart =>
  part(
    HARD_DRIVE,
    present_p,
    DISK,
    { median_g, log_sd },
    "C",
    "As the drive by itself; how often one is still inside is an estimate",
  );
const estimate = "Estimate; no published weighing found";

const row = (prior_class: string, ...parts: PriorPart[]): PriorRow => ({ prior_class, parts, evidence: "C" });
const none = (prior_class: string, evidence: EvidenceGrade): PriorRow => ({
  prior_class,
  parts: [],
  evidence,
});
const fan = (present_p: number, low: number, typical: number, high: number): PriorPart =>
  part(
    "fan",
    present_p,
    either("ferrite", 0.8, "bonded"),
    range(low, typical, high),
    "C",
    "Bonded ferrite, some bonded NdFeB; estimate",
  );

const ROWS: readonly PriorRow[] = [
  row("hdd_3.5in", COIL_35, RING_35),
  row("hdd_2.5in", ALL_25),
  row("hdd_1.8in", part("voice_coil_and_spindle", 1, DISK, range(0.5, 1.2, 2.5), "C", estimate)),
  row(
    "hdd",
    part(
      "voice_coil_and_spindle",
      1,
      DISK,
      { median_g: 9.5, log_sd: 0.7 },
      "C",
      "Three drives in four taken for 3.5 inch; wide because the size is not known",
    ),
  ),
  none("ssd", "A"),
  row(
    "notebook",
    part("speakers_and_lid", 0.97, only("sintered_small"), range(0.8, 2.2, 6), "C", estimate),
    fan(0.85, 0.3, 1, 3),
    inside(0.45, 3, DRIVE_LOG_SD),
  ),
  row(
    "desktop",
    inside(0.55, 13.5, 0.45),
    part("optical_drive", 0.4, only("sintered_small"), range(0.2, 0.6, 1.5), "C", estimate),
    fan(0.95, 4, 14, 50),
  ),
  row("server", inside(0.5, 27, 0.8), fan(0.97, 15, 50, 160)),
  row(
    "all_in_one",
    inside(0.5, 11, 0.6),
    part("speakers", 0.95, either("sintered_small", 0.6, "ferrite"), range(1.5, 6, 25), "C", estimate),
    fan(0.9, 1, 3, 9),
  ),
  row("tablet", part("speakers_and_cover", 0.95, only("sintered_small"), range(0.3, 1.2, 5), "C", estimate)),
  row(
    "android_device",
    part(
      "speaker_and_haptics",
      0.97,
      only("sintered_small"),
      range(0.1, 0.3, 0.8),
      "A",
      "One phone magnet weighed 190 mg, 50 mg Nd and 10 mg Pr a phone (Oeko-Institut 2012)",
    ),
  ),
  row(
    "phone",
    part(
      "speaker_and_haptics",
      0.99,
      only("sintered_small"),
      range(0.1, 0.3, 0.6),
      "A",
      "11 kg of rare earths from 100,000 phones, 0.11 g each (maker's 2018 report)",
    ),
  ),
  row(
    "phone_magsafe",
    part(
      "charging_ring_and_audio",
      0.99,
      only("sintered_small"),
      range(1.5, 2.8, 4),
      "C",
      "18 ring magnets counted in a tear-down; mass from the ring's geometry",
    ),
  ),
  row(
    "smartwatch",
    part("charging_and_haptics", 0.98, only("sintered_small"), range(0.2, 0.6, 1.5), "C", estimate),
  ),
  row(
    "earbuds",
    part(
      "drivers",
      0.99,
      only("sintered_small"),
      range(0.2, 0.5, 1.3),
      "C",
      "One modern headphone driver holds about 0.65 g; earbuds less",
    ),
    part("charging_case", 0.8, only("sintered_small"), range(0.3, 1, 2.5), "C", estimate),
  ),
  row(
    "media_player",
    part("haptics_and_speaker", 0.6, only("sintered_small"), range(0.05, 0.2, 0.6), "C", estimate),
  ),
  row("set_top_box", fan(0.15, 0.5, 2, 8), inside(0.1, 11, 0.6)),
  row(
    "smart_speaker",
    part("drivers", 1, either("sintered_small", 0.6, "ferrite"), range(4, 25, 150), "C", estimate),
  ),
  row("remote", part("fasteners", 0.1, only("sintered_small"), range(0.05, 0.2, 0.8), "C", estimate)),
  row("hdd_voice_coil_assembly", COIL_35),
  row(
    "headphones",
    part(
      "drivers",
      0.98,
      either("sintered_small", 0.7, "ferrite"),
      range(0.6, 1.5, 8),
      "B",
      "0.65 g of NdFeB a driver; old ones ferrite",
    ),
  ),
  row(
    "loudspeaker",
    part(
      "driver",
      0.98,
      either("ferrite", 0.65, "sintered_small"),
      range(5, 30, 300),
      "C",
      "Ferrite or NdFeB, not told apart by name; estimate",
    ),
  ),
  row(
    "microwave_oven_magnetron",
    part(
      "magnetron_rings",
      0.95,
      only("ferrite"),
      range(80, 150, 300),
      "B",
      "Two ferrite rings and no rare earths at all; mass estimated",
    ),
  ),
  row("fan_dc_brushless", fan(0.97, 2, 8, 30)),
  row("printer", part("motors", 0.95, either("ferrite", 0.9, "bonded"), range(5, 30, 150), "C", estimate)),
  row(
    "power_tool_brushless",
    part("rotor", 0.7, either("sintered_hot", 0.8, "bonded"), range(20, 60, 150), "C", estimate),
  ),
  row(
    "washing_machine_direct_drive",
    part(
      "rotor",
      0.6,
      either("ferrite", 0.85, "sintered_hot"),
      range(200, 1500, 3000),
      "C",
      "Rare-earth magnets confirmed in some washers; the share by model is an estimate",
    ),
  ),
  row(
    "aircon_compressor",
    part(
      "rotor",
      0.8,
      either("sintered_hot", 0.6, "ferrite"),
      range(60, 100, 200),
      "A",
      "Four magnets with some 30 g of rare-earth metal a compressor (maker's recycling line, 2010)",
    ),
  ),
  row(
    "ebike_hub_motor",
    part(
      "rotor",
      0.98,
      only("sintered_ebike"),
      range(150, 340, 500),
      "A",
      "46 pieces of 24 x 13.65 x 3 mm at 7.5 g/cm3 make 339 g",
    ),
  ),
  row(
    "servo_motor",
    part(
      "rotor",
      0.95,
      either("sintered_hot", 0.9, "samarium_cobalt_2_17"),
      range(30, 150, 800),
      "C",
      estimate,
    ),
  ),
  row(
    "stepper_motor",
    part("rotor", 0.95, either("sintered_small", 0.5, "ferrite"), range(5, 25, 120), "C", estimate),
  ),
  row(
    "vacuum_cleaner",
    part("motor", 0.6, either("ferrite", 0.7, "sintered_small"), range(10, 50, 250), "C", estimate),
  ),
  row(
    "hev_traction_motor",
    part(
      "rotor",
      0.97,
      only("sintered_hot"),
      range(500, 900, 1500),
      "B",
      "Recalled tear-downs of about 1.2 and 0.77 kg; check before relying on it",
    ),
  ),
  row(
    "ev_traction_motor",
    part(
      "rotor",
      0.9,
      only("sintered_hot"),
      range(1000, 1900, 3500),
      "B",
      "More than 1 kg (Yang and others 2017); 1.9 kg recalled; some motors have no magnets",
    ),
  ),
  row(
    "wind_turbine_direct_drive_per_MW",
    part(
      "generator",
      0.85,
      only("sintered_wind"),
      range(600_000, 650_000, 850_000),
      "A",
      "650 kg/MW in direct drives (Heim and Vander Wal 2023), per megawatt",
    ),
  ),
  row(
    "mri_permanent_magnet",
    part(
      "field_magnet",
      0.15,
      only("sintered_small"),
      range(400_000, 1_500_000, 3_000_000),
      "C",
      "Only open low-field scanners have one; most are superconducting",
    ),
  ),
  row(
    "electric_motor_unspecified",
    part(
      "rotor",
      0.35,
      either("ferrite", 0.7, "sintered_hot"),
      range(5, 80, 1500),
      "C",
      "Many motors have no magnets; estimate, very wide",
    ),
  ),
  row(
    "magnet_loose_ndfeb",
    part(
      "magnet",
      1,
      only("sintered_small"),
      range(1, 10, 100),
      "C",
      "Mass not known from the name; weigh it",
    ),
  ),
  row(
    "magnet_loose_smco",
    part(
      "magnet",
      1,
      either("samarium_cobalt_2_17", 0.65, "samarium_cobalt_1_5"),
      range(1, 10, 100),
      "C",
      "Mass not known from the name; weigh it",
    ),
  ),
  row(
    "magnet_loose_ferrite",
    part("magnet", 1, only("ferrite"), range(2, 30, 300), "C", "Mass not known from the name; weigh it"),
  ),
];

/** The prior table by the name of its row. */
export const PRIORS: ReadonlyMap<string, PriorRow> = new Map(ROWS.map((r) => [r.prior_class, r]));
