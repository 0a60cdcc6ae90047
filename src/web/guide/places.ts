import type { Place } from "./guide.ts";

const opened = (page: Place, opens: string, sample: string): Place => ({ ...page, opens, sample });

/** The pages that the guides lead to. */
export const OVERVIEW: Place = { to: "/", name: "Overview" };
export const INTAKE: Place = { to: "/consignments", name: "Intake" };
export const CONSIGNMENT = opened(INTAKE, "a consignment", "/consignments/C-2606");
export const DESTRUCTION = opened(
  INTAKE,
  "a consignment, Record their destruction",
  "/consignments/C-2606/destruction",
);
export const LOTS: Place = { to: "/lots", name: "Prepare" };
export const LOT = opened(LOTS, "a lot", "/lots/C-2606-D");
export const OXIDE_LOT = opened(LOTS, "a lot of oxide", "/lots/OX-2601-Nd");
export const FLOOR: Place = { to: "/floor", name: "Floor" };
export const FLOOR_LOT = opened(FLOOR, "a lot", "/floor/C-2606-D");
export const SHIP: Place = { to: "/ship", name: "Ship & assay" };
export const SHIPMENT = opened(SHIP, "a shipment", "/ship/B-C-2605-DEM");
export const SAMPLE = opened(SHIP, "a sample", "/samples/Y-C-2601-DEM");
export const LABORATORY: Place = { to: "/laboratory", name: "Laboratory" };
export const SETTLE: Place = { to: "/settle", name: "Settle" };
export const STATEMENT = opened(SETTLE, "a lot", "/settle/C-2601-DEM");
export const REFINE: Place = { to: "/campaigns", name: "Refine" };
export const CAMPAIGN = opened(REFINE, "a campaign", "/campaigns/K-R-2601");
export const COLUMN = opened(REFINE, "Try a column", "/column");
export const CERTIFY: Place = { to: "/certify", name: "Certify" };
export const PASSPORT = opened(CERTIFY, "a passport", "/passport/P-OX-2601-Nd");
export const ORDERS: Place = { to: "/orders", name: "Orders" };
export const ORDER = opened(ORDERS, "an order", "/orders/O-2602");
export const PLAN: Place = { to: "/plan", name: "Plan" };
export const BALANCE: Place = { to: "/account", name: "Balance" };
export const BOOKS: Place = { to: "/books", name: "Books" };
export const STOCKTAKE: Place = {
  to: "/stocktake",
  name: "Stocktake",
  opens: "the site",
  sample: "/stocktake?site=plainfield",
};
export const APPROVALS: Place = { to: "/approvals", name: "Waiting for a second person" };
export const PEOPLE: Place = { to: "/people", name: "People" };
