/** The steps of the loop in the order the material takes, as the navigation and the picture of the overview show them. */
export const LOOP = [
  { to: "/consignments", name: "Intake", does: "receive, identify, destroy data" },
  { to: "/lots", name: "Prepare", does: "lots and steps on them" },
  { to: "/ship", name: "Ship & assay", does: "weights, samples, laboratories" },
  { to: "/settle", name: "Settle", does: "agreement, statements, metal account" },
  { to: "/campaigns", name: "Refine", does: "design, run, cut" },
  { to: "/certify", name: "Certify", does: "analysis, passports" },
  { to: "/orders", name: "Orders", does: "buyers, allocation, delivery" },
] as const;

export type LoopStep = (typeof LOOP)[number]["to"];

/** Pages that are part of a step although their address does not begin with it. */
const WITHIN: Readonly<Record<string, string>> = {
  "/samples": "/ship",
  "/identify": "/consignments",
  "/spectrum": "/consignments",
  "/column": "/campaigns",
  "/stocktake": "/books",
  "/approvals": "/books",
};

/** The step a path belongs to, so that a page of one lot still shows where it stands in the loop. */
export function stepOf(path: string): string {
  const first = `/${path.split("/")[1] ?? ""}`;
  return WITHIN[first] ?? first;
}
