import type { Guide } from "./guide.ts";
import {
  APPROVALS,
  CAMPAIGN,
  CERTIFY,
  COLUMN,
  CONSIGNMENT,
  LABORATORY,
  LOTS,
  ORDER,
  OVERVIEW,
  OXIDE_LOT,
  PLAN,
  REFINE,
  SHIP,
} from "./places.ts";

/** The roles between the magnets and the oxide, and who confirms. */
export const REFINING_GUIDES: Readonly<Record<string, Guide>> = {
  sampler: {
    is: "You take samples that two laboratories can trust, and seal their parts.",
    waits: [
      { says: "loads that came, and whose samples are out", on: SHIP },
      { says: "lots that stand here", on: LOTS },
    ],
    does: [
      { says: "Draw a sample", on: SHIP, press: "Draw a sample", command: "assay/sample" },
      { says: "Sample the lot in front of you", on: OXIDE_LOT, press: "Sample", command: "assay/sample" },
      { says: "Print the label of a lot", on: OXIDE_LOT, press: "Label" },
    ],
    others: [
      { says: "Reporting results", command: "assay/report" },
      { says: "Releasing them", command: "assay/release" },
      { says: "Steps on lots", command: "prepare/step" },
    ],
    refused: [
      { code: "portion_exceeds_sample", now: "The parts weigh more than what was drawn: weigh them again." },
      { code: "lot_not_on_hand", now: "The lot was used or is on its way; the refusal says where." },
    ],
    person: "refiner-sampler",
  },
  chemist: {
    is: "You measure what is in a sample, and say how sure that is.",
    waits: [
      { says: "samples that wait for a report, and reports for a release", on: LABORATORY },
      { says: "the same, with what else waits", on: OVERVIEW },
    ],
    does: [
      { says: "Report results", on: LABORATORY, press: "Report results", command: "assay/report" },
      {
        says: "Release what a colleague reported",
        on: LABORATORY,
        press: "Release results",
        command: "assay/release",
      },
      {
        says: "Measure a reference material, for the control chart",
        on: LABORATORY,
        press: "Record a reference result",
        command: "assay/measure-reference",
      },
      {
        says: "Register a reference material",
        on: LABORATORY,
        press: "Register a reference material",
        command: "assay/register-reference",
      },
    ],
    others: [
      { says: "Sampling", command: "assay/sample" },
      { says: "Consenting to a correction", command: "assay/consent" },
      { says: "The certificate of analysis", command: "certify/release" },
    ],
    refused: [
      {
        code: "second_person_same",
        now: "You reported it yourself: a colleague or an approver releases it.",
      },
      { code: "limit_missing", now: "Below detection needs its limit: write <50, not 0." },
    ],
    person: "laboratory-a-chemist",
  },
  approver: {
    is: "You look at what somebody else did, and put your name to it.",
    waits: [
      { says: "what takes two people", on: APPROVALS },
      { says: "results that wait for a release", on: LABORATORY },
    ],
    does: [
      { says: "Issue a passport", on: CERTIFY, press: "Issue a passport", command: "certify/issue" },
      {
        says: "Release a certificate of analysis",
        on: CERTIFY,
        press: "Release a certificate",
        command: "certify/release",
      },
      {
        says: "Certify that data are destroyed",
        on: CONSIGNMENT,
        press: "Issue the destruction certificate",
        command: "intake/issue-certificate",
      },
      { says: "Release results", on: LABORATORY, press: "Release results", command: "assay/release" },
      { says: "Revoke a passport", on: CERTIFY, press: "Revoke a passport", command: "certify/revoke" },
    ],
    others: [
      { says: "Reporting results", command: "assay/report" },
      { says: "Destroying data", command: "intake/sanitize" },
      { says: "Promising oxide", command: "orders/allocate" },
    ],
    refused: [
      { code: "second_person_same", now: "You did part of it yourself: another approver confirms it." },
      { code: "newer_results", now: "Newer results of this lot are released: certify on those." },
    ],
    person: "recycler-approver",
  },
  "process engineer": {
    is: "You design separations, run them, and learn from what came out.",
    waits: [
      { says: "runs that are planned", on: OVERVIEW },
      { says: "what was predicted against what was recorded", on: REFINE },
    ],
    does: [
      { says: "Plan a campaign", on: REFINE, press: "Plan a campaign", command: "refine/plan" },
      {
        says: "Try a column under sliders; nothing of it is written",
        on: COLUMN,
        press: "Search for plants",
      },
      {
        says: "Look at cuts, yields and what was collected",
        on: CAMPAIGN,
        press: "Recorded run (CSV)",
      },
      { says: "Record a step", on: OXIDE_LOT, press: "Record a step", command: "prepare/step" },
      {
        says: "Register a column",
        on: PLAN,
        press: "Register a column",
        command: "programme/register-unit",
      },
    ],
    others: [
      { says: "The certificate of analysis", command: "certify/release" },
      { says: "Sampling", command: "assay/sample" },
      { says: "Promising oxide", command: "orders/allocate" },
    ],
    refused: [
      {
        code: "feed_not_clean",
        now: "Take the other metals out first; the refusal says how much is too much.",
      },
      { code: "unit_busy", now: "The column is taken now: move one of both campaigns." },
    ],
    person: "refiner-process-engineer",
  },
  planner: {
    is: "You say what stands on which column when, and whether orders can be met.",
    waits: [
      { says: "orders that nothing is promised to yet", on: OVERVIEW },
      { says: "columns by week, and what is short", on: PLAN },
    ],
    does: [
      { says: "Plan a campaign", on: PLAN, press: "Plan a campaign", command: "refine/plan" },
      { says: "Promise oxide to an order", on: ORDER, press: "Promise mass", command: "orders/allocate" },
      { says: "Deliver it", on: ORDER, press: "Deliver", command: "orders/ship" },
      { says: "Promise this lot", on: OXIDE_LOT, press: "Promise to an order", command: "orders/allocate" },
      { says: "Register a site", on: OVERVIEW, press: "Register a site", command: "programme/register-site" },
    ],
    others: [
      { says: "Placing an order", command: "orders/place" },
      { says: "Recording a run", command: "refine/record-run" },
      { says: "Issuing a passport", command: "certify/issue" },
    ],
    refused: [
      {
        code: "already_promised",
        now: "The refusal says what is free. Promise that, or take another promise back.",
      },
      { code: "unit_busy", now: "The column is taken now: move one of both campaigns." },
    ],
    person: "recycler-planner",
  },
};
