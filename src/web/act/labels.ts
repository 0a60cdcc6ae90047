import { words } from "../kit/show/figure-text.ts";

/** Names of the contract that read oddly on a form. */
const SAID: Readonly<Record<string, string>> = {
  at: "when",
  sd: "standard uncertainty",
  scale_sd: "doubt of the scale",
  diameter_mm: "diameter, mm",
  bed_length_mm: "bed length, mm",
  zip: "ZIP code",
  u: "standard uncertainty",
  from_zip: "from ZIP code",
  mg_per_kg: "results, mg/kg",
  "best, sd": "a value with its doubt",
  best: "value",
  below: "below detection",
  moisture_pct: "moisture, %",
  reo_pct: "total rare-earth oxide, %",
  loi_pct: "loss on ignition, %",
  mass_mg: "mass, mg",
  amount_per_kg: "amount per kg",
  charge_per_t: "charge per tonne",
  mass_kg: "mass, kg",
};

export const labelOf = (name: string): string => SAID[name] ?? words(name.replace(/_pct$/, ", %"));

/** What the rows of a record are named by. */
export const keyOf = (name: string): string => (name === "mg_per_kg" ? "element" : "name");

/** One of them: "losses" is a list of a loss. */
export function singular(name: string): string {
  const said = words(name);
  if (/sses$/.test(said)) return said.slice(0, -2);
  if (/ies$/.test(said)) return `${said.slice(0, -3)}y`;
  return /[^s]s$/.test(said) ? said.slice(0, -1) : said;
}
