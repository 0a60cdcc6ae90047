import { table } from "../quantity/index.ts";
import { ROLES, type Role } from "./roles.ts";

/**
 * What can be asked of the books, by room: anyone who signed in may ask, and is told what they may see (Z12), but of a few that are for
 * some roles (Z18). Each stands in the page of duties.
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
  trust: [
    "access",
    "approvals",
    "clearances",
    "compartment-reads",
    "compartments",
    "directories",
    "due-for-erasure",
    "holds",
    "incidents",
    "me",
    "names",
    "owner",
    "party-rules",
    "people",
    "reads",
    "refusals",
    "retention",
    "sessions",
    "substitutes",
    "tokens",
  ],
  notices: ["mine", "kinds", "wishes", "webhooks"],
  jobs: ["list", "show"],
});

/** What is not for every role to ask. */
const FOR_SOME: Readonly<Record<string, readonly Role[]>> = table({
  "notices webhooks": ["administrator"],
  "trust compartment-reads": ["administrator", "auditor"],
  "trust reads": ["administrator", "auditor"],
  "trust refusals": ["administrator", "auditor"],
});

/** The roles that may ask for something. */
export const rolesThatRead = (query: string): readonly Role[] =>
  FOR_SOME[query] ?? (Object.keys(ROLES) as readonly Role[]);
