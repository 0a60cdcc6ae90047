import type { Dice } from "./dice.ts";

/** Descriptions as intake clerks write them. Model numbers are public product names; counts and serials are made up. */
const DRIVES = [
  "Seagate ST2000DM008 2TB 3.5 HDD",
  "WDC WD10EZEX-08WN4A0 1TB SATA 3.5in",
  "HGST HUS724040ALA640 4TB hard drive",
  "TOSHIBA MG04ACA400E 4TB enterprise",
  "Seagate ST4000NM0035 4TB",
  "ST1000LM035 1TB 2.5 laptop drive",
  "WDC WD5000LPCX 500GB 2.5",
  "Hitachi HTS545050A7E680 500 GB 2.5in",
];
const PHONES = [
  "Apple iPhone 7",
  "Apple iPhone 12",
  "Samsung Galaxy S9 SM-G960U",
  "Motorola Moto G7",
  "Apple iPhone SE",
];
const OTHER = [
  "AirPods Pro w/ case",
  "Apple Watch Series 4",
  "Samsung 860 EVO 500GB SSD",
  "Dell Latitude 7490 no HDD",
  "HP EliteDesk 800 G3 SFF",
  "Bose SoundLink speaker",
  "mixed power cords",
];

/** A manifest of some hundred lines; one cell in fifty is wrong, as in life. */
export function manifestOf(
  dice: Dice,
  counts: { readonly drives: number; readonly phones: number; readonly other: number },
): string {
  const rows = ["description,qty,serial,weight"];
  const spread = (total: number, names: readonly string[], lines: number) => {
    let left = total;
    for (let i = 0; i < lines && left > 0; i++) {
      const quantity =
        i === lines - 1
          ? left
          : Math.min(left, Math.max(1, Math.round((total / lines) * (0.5 + dice.uniform()))));
      left -= quantity;
      rows.push(`${dice.pick(names)},${quantity},,`);
    }
  };
  spread(counts.drives, DRIVES, 60);
  spread(counts.phones, PHONES, 25);
  spread(counts.other, OTHER, 20);
  rows.push("unlabelled tray,many,,", "crate of parts,,,12 tons", ",4,,");
  return `${rows.join("\n")}\n`;
}
