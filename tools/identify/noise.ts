import { type Random, seededRandom } from "../../src/identify/doubt/random.ts";

/** What is known of a device before a clerk writes it down. */
export interface CleanDevice {
  readonly kind: string;
  readonly vendor: string;
  readonly model: string;
  readonly capacity_bytes: number | null;
  readonly bus: string | null;
  /** Written down without its model number, as clerks do who read the maker and the size alone. */
  readonly nameless?: boolean;
}

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random.next() * from.length)] as T;
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  0: "O",
  O: "0",
  1: "I",
  I: "1",
  5: "S",
  S: "5",
  8: "B",
  B: "8",
  2: "Z",
  Z: "2",
};
const SEPARATORS = [" ", " ", " - ", ", ", " | ", ";", " / "];
const KIND_WORDS: Readonly<Record<string, readonly string[]>> = {
  hdd: ["HDD", "hard drive", "drive", "disk"],
  ssd: ["SSD", "drive", "disk", "solid state drive"],
  notebook: ["laptop", "notebook"],
  desktop: ["PC", "desktop", "tower", "computer"],
  server: ["server", "rack server"],
  all_in_one: ["all in one", "AIO"],
  tablet: ["tablet"],
  android_device: ["phone", "black", "64GB"],
};
const COMPUTER_NOTES = [
  "no HDD",
  "w/ 500GB HDD",
  "8GB/256 SSD",
  "i5 8GB",
  "intel",
  "i7 16GB",
  "with 1TB HDD",
  "AMD",
  "i5-8350U 8GB 256GB SSD",
  "Core i7-6700 16GB RAM 1TB HDD",
  "i3-4130 4GB 500GB",
  "Ryzen 5 3500U / 8GB / 512GB NVMe",
  "Xeon E5-2620 v4 64GB",
  "Celeron N4000 4GB 64GB eMMC",
];
const ENDS = ["for parts", "AS-IS", "(bad)", "untested", "tested OK", "wiped", "no caddy", "scrap", "used"];

/** One slip of a hand or a scanner: exchanged, doubled, lost or swapped characters. */
function slip(random: Random, text: string): string {
  const at = Math.floor(random.next() * text.length);
  const c = text[at] ?? "";
  const way = random.next();
  if (way < 0.4) {
    const places = [...text].map((x, i) => (LOOK_ALIKES[x.toUpperCase()] ? i : -1)).filter((i) => i >= 0);
    if (places.length === 0) return text;
    const place = pick(random, places);
    return (
      text.slice(0, place) + (LOOK_ALIKES[(text[place] ?? "").toUpperCase()] ?? "") + text.slice(place + 1)
    );
  }
  if (way < 0.6) return text.slice(0, at) + text.slice(at + 1);
  if (way < 0.8) return text.slice(0, at) + (text[at + 1] ?? "") + c + text.slice(at + 2);
  return text.slice(0, at) + c + text.slice(at);
}

/** The size as clerks write it: marketed, cut to one place, with or without its B. */
function sizeText(random: Random, bytes: number): string {
  const GB = bytes / 1e9;
  const [size, unit] =
    GB >= 995 ? [(Math.floor(GB / 100) / 10).toString(), "T"] : [Math.floor(GB).toString(), "G"];
  return `${size}${pick(random, ["", " "])}${unit}${pick(random, ["B", "B", ""])}`;
}

/** A line as an intake clerk might write it. The recipe is ours; real manifests differ. */
export function writeDown(device: CleanDevice, random: Random): string {
  const drive = device.kind === "hdd" || device.kind === "ssd";
  let model = device.model;
  const nameless = drive && (device.nameless ?? random.next() < 0.07);
  if (!nameless && random.next() < 0.25 && model.length > 8) model = model.replace(/[- ][A-Za-z0-9]+$/, "");
  if (random.next() < 0.2) model = slip(random, model);
  const parts: string[] = [];
  if (random.next() < (nameless ? 1 : drive ? 0.35 : 0.7)) parts.push(device.vendor);
  if (!nameless) parts.push(model);
  if (drive) {
    if (random.next() < 0.35)
      parts.push(
        device.bus === "NVMe"
          ? pick(random, ["NVMe", "PCIe"])
          : pick(random, ["SATA", "SATA III", "6Gb/s", "2.5"]),
      );
    if (device.capacity_bytes !== null && random.next() < (nameless ? 0.95 : 0.3))
      parts.push(sizeText(random, device.capacity_bytes));
    if (random.next() < 0.3)
      parts.push(
        pick(random, nameless ? ["drive", "disk", "drive"] : (KIND_WORDS[device.kind] ?? ["drive"])),
      );
  } else {
    if (random.next() < 0.3) parts.push(pick(random, KIND_WORDS[device.kind] ?? [device.model]));
    if (
      ["notebook", "desktop", "server", "all_in_one", "tablet"].includes(device.kind) &&
      random.next() < 0.55
    )
      parts.push(pick(random, COMPUTER_NOTES));
  }
  if (random.next() < 0.15) parts.reverse();
  let line = parts.filter((part) => part !== "").join(pick(random, SEPARATORS));
  if (random.next() < 0.3) line += ` ${pick(random, ENDS)}`;
  const looks = random.next();
  return looks < 0.3 ? line.toLowerCase() : looks < 0.5 ? line.toUpperCase() : line;
}

/** Lines that are none of the fifteen classes: things of house, kitchen and yard, and plain gibberish. */
export function strangeLines(count: number, words: readonly string[], seed: number): string[] {
  const random = seededRandom(seed, "strange");
  const lines: string[] = [];
  for (let i = 0; i < count; i++) {
    const way = random.next();
    if (way < 0.62) {
      const parts = Array.from({ length: 1 + Math.floor(random.next() * 3) }, () => pick(random, words));
      if (random.next() < 0.25) parts.push(String(Math.floor(random.next() * 500)));
      if (random.next() < 0.15)
        parts.push(pick(random, ["stainless", "12 inch", "1.5L", "black", "220V", "500 g", "set of 4"]));
      const line =
        parts.join(pick(random, SEPARATORS)) + (random.next() < 0.3 ? ` ${pick(random, ENDS)}` : "");
      lines.push(random.next() < 0.3 ? line.toUpperCase() : line);
    } else lines.push(gibberish(random));
  }
  return lines;
}

function gibberish(random: Random): string {
  const alphabets = [
    "abcdefghijklmnopqrstuvwxyz",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    "!?#%&*()=+-_/.",
    "asdfghjklqwerty",
    "aeioubdfgklmnprst",
    "0123456789",
  ];
  const words = 1 + Math.floor(random.next() * 4);
  const out: string[] = [];
  for (let w = 0; w < words; w++) {
    const alphabet = pick(random, alphabets);
    out.push(
      Array.from(
        { length: 1 + Math.floor(random.next() * 12) },
        () => alphabet[Math.floor(random.next() * alphabet.length)],
      ).join(""),
    );
  }
  return out.join(" ");
}
