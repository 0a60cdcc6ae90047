import { everyAct } from "../act/acts.ts";
import { GO_KEYS } from "./shortcuts.ts";

/** A numbered thing as `overview find` answers it. */
export interface Found {
  readonly what: string;
  readonly id: string;
  readonly link: string;
}

export interface Choice {
  readonly name: string;
  readonly what: string;
  readonly to: string;
  readonly keys?: string;
}

const PAGES: readonly Choice[] = [
  ...Object.entries(GO_KEYS).map(([key, { to, name }]) => ({ name, what: "page", to, keys: `g ${key}` })),
  { name: "Verify a passport", what: "page", to: "/verify" },
  { name: "Identify: what a manifest holds", what: "page", to: "/identify" },
  { name: "Column bench: sliders and cuts", what: "page", to: "/column" },
  { name: "Calibrate a column from a measured curve", what: "page", to: "/column/calibrate" },
  { name: "Accept a packed bed from a tracer pulse", what: "page", to: "/column/packing" },
  { name: "Scale up a column to other diameters", what: "page", to: "/column/scale-up" },
  { name: "Spectrum: X-ray fluorescence of a piece", what: "page", to: "/spectrum" },
  { name: "Floor: weigh a lot", what: "page", to: "/floor" },
  { name: "Stocktake: what is there against the books", what: "page", to: "/stocktake" },
  { name: "Work: what runs and what came of it", what: "page", to: "/jobs" },
  { name: "People: who acts, and invitations", what: "page", to: "/people" },
  { name: "Your account: passkeys and sessions", what: "page", to: "/me" },
  { name: "Approvals: what waits for a second person", what: "page", to: "/approvals" },
  { name: "Guide: what your role does, and where", what: "page", to: "/guide" },
  { name: "New consignment", what: "act", to: "/consignments/new", keys: "n" },
  ...everyAct.map(({ act, says }) => ({ name: says, what: "act", to: `/do/${act}` })),
];

/** Every word typed must begin a word of the name: "new c" finds "New consignment". */
function fits(name: string, typed: string): boolean {
  const words = name.toLowerCase().split(/\W+/);
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}

/** What the palette offers: pages and acts by their words, then whatever bears a number that begins so. */
export function choicesFor(text: string, found: readonly Found[]): readonly Choice[] {
  const typed = text.trim();
  const pages = typed === "" ? PAGES : PAGES.filter((page) => fits(page.name, typed));
  return [...pages, ...found.map(({ what, id, link }) => ({ name: id, what, to: link }))];
}
