import { table } from "../quantity/index.ts";

/**
 * What can be asked of the books, by room: anyone who signed in may ask, and is told what they may see (Z12). So there is nothing to allow,
 * and each stands in the page of duties all the same.
 */
export const READINGS: Readonly<Record<string, readonly string[]>> = table({
  overview: ["now", "find", "plan"],
  programme: ["parties", "sites", "units", "methods", "products", "roles"],
  intake: ["offer", "desk", "list", "show", "lines", "findings", "sanitizations", "certificate"],
  identify: ["wordings"],
  prepare: ["kinds", "steps"],
  ledger: [
    "lots",
    "lot",
    "trace",
    "balance",
    "material-balance",
    "balance-entries",
    "head",
    "entries",
    "entry-kinds",
    "instrument",
    "runs",
    "as-of",
    "corrections",
    "step",
    "stocktakes",
  ],
  ship: ["list", "show"],
  assay: ["show", "list", "waiting", "references", "control-chart"],
  settle: ["account", "agreement", "agreements", "statements"],
  refine: ["list", "show", "systems"],
  certify: ["specifications", "passports", "passport", "credential", "bundle", "certificate", "issuers"],
  orders: ["list", "show", "buyers", "on-offer"],
  trust: ["compartments", "me", "people", "tokens"],
  notices: ["mine", "kinds", "wishes", "webhooks"],
  jobs: ["list", "show"],
});
