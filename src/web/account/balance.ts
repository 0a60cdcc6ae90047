import {
  type BalanceLink,
  type BalanceRow,
  type Column,
  columnOf,
  isNamedPlace,
} from "../../ledger/index.ts";
import type { Names } from "../kit/show/named.tsx";
import type { Link } from "./sankey.ts";

export interface MaterialBalanceAnswer {
  readonly entries: number;
  readonly rows: readonly BalanceRow[];
  readonly links: readonly BalanceLink[];
}

export interface FigureOf {
  readonly area: string;
  readonly column: Column;
}

/** The columns of a balance as its readers call them. */
export const HEADS: Readonly<Record<Column, string>> = {
  in: "In",
  added: "Added",
  restated: "Measured anew",
  out: "Out",
  lost: "Lost",
  unexplained: "Left open",
};

/** Bars that are no place of the balance: what stood before, and what stands at the end. */
export const BEFORE = "before";
export const AT_THE_END = "at the end";

/** What a picture of one element is made of: the stock before, the flows of the period, the stock at the end. */
export function linksOf({ rows, links }: MaterialBalanceAnswer, element: string): Link[] {
  const ours = rows.filter((row) => row.element === element);
  // Restated and left open go both ways: named apart, so that the picture shows what gave and what took.
  const side = (name: string, mg: number, gives: boolean) =>
    isNamedPlace(name) && mg < 0 ? `${name} ${gives ? "taken off" : "found"}` : name;
  return [
    ...ours.map((row) => ({ from: BEFORE, to: row.area, mg: row.opening.mg })),
    ...links
      .filter((link) => link.element === element)
      .map(({ from, to, mg }) => ({ from: side(from, mg, true), to: side(to, mg, false), mg })),
    ...ours.map((row) => ({ from: row.area, to: AT_THE_END, mg: row.closing.mg })),
  ].filter((link) => link.mg !== 0);
}

/** The figure of the table that a ribbon belongs to; the stocks have none: they are the books as of a day. */
export function figureOfLink({ from, to }: Link): FigureOf | undefined {
  const plain = (side: string) => side.replace(/ (taken off|found)$/, "");
  const sides = { from: plain(from), to: plain(to) };
  if (sides.from === BEFORE || sides.to === AT_THE_END) return undefined;
  const area = isNamedPlace(sides.to) ? sides.from : sides.to;
  const column = columnOf(sides, area);
  return column ? { area, column } : undefined;
}

/** "lost:dust" as people say it; sites and parties by their names. */
export function sideName(side: string, names: Names): string {
  const alone: Readonly<Record<string, string>> = {
    received: "came in",
    added: "added",
    restated: "measured anew: more",
    "restated taken off": "measured anew: less",
    unaccounted: "left open",
    "unaccounted found": "left open: gained",
    transit: "on the road",
    [BEFORE]: "stood before",
    [AT_THE_END]: "stands at the end",
  };
  const name = alone[side];
  if (name) return name;
  const [what, ...rest] = side.split(":");
  if (what === "delivered") return `delivered to ${names.party(rest.join(":"))}`;
  if (what === "title_from") return `title from ${names.party(rest.join(":"))}`;
  if (what === "title_to") return `title to ${names.party(rest.join(":"))}`;
  return rest.length > 0 ? `${what}: ${rest.join(":")}`.replaceAll("_", " ") : names.site(side);
}
