/** A command as a page offers it: its words there, and the place in its input that names what the page shows. */
export interface Offered {
  readonly act: string;
  readonly says: string;
  readonly names?: string;
}

/** By page, in the order in which the work is usually done. */
export const ACTS = {
  sites: [
    { act: "programme/register-party", says: "Register a party" },
    { act: "programme/register-site", says: "Register a site" },
    { act: "programme/register-unit", says: "Register a scale or column" },
    { act: "programme/define-product", says: "Define a product" },
    { act: "programme/change-site", says: "State a site's country, or change it" },
  ],
  consignment: [
    { act: "intake/weigh-pallets", says: "Weigh pallets", names: "consignment" },
    { act: "intake/correct-line", says: "Correct a line", names: "consignment" },
    { act: "intake/resolve-row", says: "Settle an unread row", names: "consignment" },
    { act: "intake/sanitize", says: "Record data destruction", names: "consignment" },
    { act: "intake/state-provenance", says: "State where it came from", names: "consignment" },
    { act: "intake/issue-certificate", says: "Issue the destruction certificate", names: "consignment" },
  ],
  customer: [{ act: "trust/open-incident", says: "Complain" }],
  about_consignment: [{ act: "trust/open-incident", says: "Open an incident", names: "about" }],
  lot: [
    { act: "prepare/step", says: "Record a step", names: "inputs.0.lot" },
    { act: "ship/send", says: "Ship", names: "lots.0.lot" },
    { act: "assay/sample", says: "Sample", names: "lot" },
    { act: "refine/plan", says: "Plan a campaign", names: "lot" },
    { act: "certify/release", says: "Certify", names: "lot" },
    { act: "certify/issue", says: "Issue its passport", names: "lot" },
    { act: "orders/allocate", says: "Promise to an order", names: "lot" },
  ],
  shipments: [
    { act: "ship/send", says: "Send a shipment" },
    { act: "assay/sample", says: "Draw a sample" },
  ],
  shipment: [
    { act: "ship/receive", says: "Receive", names: "shipment" },
    { act: "ship/correct-weight", says: "Correct a weight", names: "shipment" },
  ],
  sample: [
    { act: "assay/report", says: "Report results", names: "sample" },
    { act: "assay/release", says: "Release results", names: "sample" },
    { act: "assay/consent", says: "Consent to a correction", names: "sample" },
    { act: "settle/lot", says: "Settle its lot", names: "sample" },
  ],
  laboratory: [
    { act: "assay/report", says: "Report results" },
    { act: "assay/release", says: "Release results" },
    { act: "assay/measure-reference", says: "Record a reference result" },
    { act: "assay/register-reference", says: "Register a reference material" },
  ],
  settlement: [
    { act: "settle/agree", says: "Propose terms" },
    { act: "settle/accept", says: "Accept terms" },
    { act: "settle/lot", says: "Settle a lot" },
    { act: "settle/return-oxide", says: "Return oxide" },
    { act: "settle/take-back-return", says: "Take a return back" },
    { act: "settle/pass-title", says: "Pass a title" },
  ],
  statement: [
    { act: "settle/lot", says: "Settle again" },
    { act: "settle/move-lot", says: "Move to other terms", names: "lot" },
    { act: "settle/pass-title", says: "Pass its title", names: "lot" },
  ],
  campaigns: [{ act: "refine/plan", says: "Plan a campaign" }],
  campaign: [
    { act: "refine/record-run", says: "Record the run", names: "campaign" },
    { act: "refine/move", says: "Move it to another time", names: "campaign" },
    { act: "refine/cancel", says: "Cancel it", names: "campaign" },
  ],
  passports: [
    { act: "certify/release", says: "Release a certificate" },
    { act: "certify/issue", says: "Issue a passport" },
    { act: "certify/revoke", says: "Revoke a passport" },
  ],
  plan: [
    { act: "refine/plan", says: "Plan a campaign" },
    { act: "orders/place", says: "Place an order" },
    { act: "programme/register-unit", says: "Register a column" },
  ],
  orders: [
    { act: "orders/place", says: "Place an order" },
    { act: "orders/register-buyer", says: "Register a buyer" },
    { act: "orders/qualify", says: "Qualify a buyer" },
  ],
  order: [
    { act: "orders/allocate", says: "Promise mass", names: "order" },
    { act: "orders/release", says: "Take a promise back", names: "order" },
    { act: "orders/ship", says: "Deliver", names: "order" },
    { act: "orders/cancel", says: "Cancel the order", names: "order" },
  ],
  approvals: [{ act: "trust/rules", says: "Ask for two people" }],
  incidents: [{ act: "trust/open-incident", says: "Open an incident" }],
  people: [
    { act: "trust/review-access", says: "Review access" },
    { act: "trust/substitute", says: "Let somebody stand in" },
  ],
  retention: [
    { act: "trust/retain", says: "Say for how long" },
    { act: "trust/hold", says: "Hold from erasure" },
  ],
  clearances: [{ act: "trust/clear-person", says: "Clear a person for data-bearing devices" }],
} as const satisfies Readonly<Record<string, readonly Offered[]>>;

/** Each command once, for the palette. */
export const everyAct: readonly Offered[] = [
  ...new Map(
    Object.values(ACTS)
      .flat()
      .map((offered) => [offered.act, offered] as const),
  ).values(),
];
