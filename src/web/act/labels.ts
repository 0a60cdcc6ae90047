import { words } from "../kit/show/figure-text.ts";
import type { Field } from "./field.ts";

/** What a field is called: its title, or its name as words; a unit it states stands behind, not in its name. */
export function labelOf(name: string, { title, unit }: Field): string {
  const said = title ?? words(unit === undefined ? name : name.replace(/_[^_]+$/, ""));
  return unit === undefined ? said : `${said}, ${unit}`;
}

/** One of them: "losses" is a list of a loss. */
export function singular(said: string): string {
  if (/^people$/i.test(said)) return said.startsWith("P") ? "Person" : "person";
  if (/sses$/.test(said)) return said.slice(0, -2);
  if (/ies$/.test(said)) return `${said.slice(0, -3)}y`;
  return /[^s]s$/.test(said) ? said.slice(0, -1) : said;
}
