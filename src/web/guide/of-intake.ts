import type { Guide } from "./guide.ts";
import {
  CONSIGNMENT,
  DESTRUCTION,
  FLOOR,
  FLOOR_LOT,
  INTAKE,
  LOT,
  OVERVIEW,
  SHIP,
  SHIPMENT,
  STOCKTAKE,
} from "./places.ts";

/** The roles between the truck and the magnets. */
export const INTAKE_GUIDES: Readonly<Record<string, Guide>> = {
  "intake lead": {
    is: "You take in what trucks bring, and say what it is before anything is taken apart.",
    waits: [
      { says: "what arrived today, whose data must go, rows that nobody settled", on: INTAKE },
      { says: "lists that nobody read yet", on: OVERVIEW },
    ],
    does: [
      {
        says: "Take a truck in; its ZIP code finds the centre",
        on: INTAKE,
        press: "New consignment",
        command: "intake/receive",
      },
      { says: "Weigh its pallets", on: CONSIGNMENT, press: "Weigh pallets", command: "intake/weigh-pallets" },
      {
        says: "Settle a row of its list that could not be read",
        on: CONSIGNMENT,
        press: "Settle an unread row",
        command: "intake/resolve-row",
      },
      {
        says: "Correct what a line was taken for",
        on: CONSIGNMENT,
        press: "Correct a line",
        command: "intake/correct-line",
      },
      {
        says: "Say where it was collected, and what it was",
        on: CONSIGNMENT,
        press: "State where it came from",
        command: "intake/state-provenance",
      },
    ],
    others: [
      { says: "Destroying data", command: "intake/sanitize" },
      { says: "Taking devices apart", command: "prepare/step" },
      { says: "The certificate of sanitization", command: "intake/issue-certificate" },
    ],
    refused: [
      { code: "zip_unknown", now: "Read it again: five digits, of a place in the United States." },
      {
        code: "file_read_before",
        now: "The refusal says where. If another truck brought the same list, say so in a title line of it.",
      },
    ],
    person: "recycler-intake-lead",
  },
  weigher: {
    is: "You read the scales: what comes in, what goes out, and what stands there.",
    waits: [
      { says: "loads on their way to you", on: SHIP },
      { says: "what was announced to you, under For you", on: OVERVIEW },
    ],
    does: [
      { says: "Weigh pallets", on: CONSIGNMENT, press: "Weigh pallets", command: "intake/weigh-pallets" },
      { says: "Take a load in, lot by lot", on: SHIPMENT, press: "Receive", command: "ship/receive" },
      {
        says: "Send a load, with what each lot weighs",
        on: SHIP,
        press: "Send a shipment",
        command: "ship/send",
      },
      {
        says: "Count what stands at a site",
        on: STOCKTAKE,
        press: "Weighed on",
        command: "ledger/stocktake",
      },
    ],
    others: [
      { says: "Putting a weight right", command: "ship/correct-weight" },
      { says: "Registering a scale", command: "programme/register-unit" },
      { says: "Sampling", command: "assay/sample" },
    ],
    refused: [
      { code: "mass_outside_scale", now: "Another scale fits this mass: choose it, and weigh there." },
      {
        code: "already_received",
        now: "Somebody took it in. A wrong weight is put right by a weighmaster.",
      },
    ],
    person: "recycler-weigher",
  },
  weighmaster: {
    is: "You keep the scales, and put right what was weighed wrong.",
    waits: [
      { says: "loads on their way, and weights that differ by more than the scales do", on: SHIP },
      { says: "a scale that reads otherwise than stated, under Does not close", on: OVERVIEW },
    ],
    does: [
      { says: "Take a load in", on: SHIPMENT, press: "Receive", command: "ship/receive" },
      {
        says: "Put a weight right, with the reason",
        on: SHIPMENT,
        press: "Correct a weight",
        command: "ship/correct-weight",
      },
      {
        says: "Register a scale with its doubt and calibration",
        on: OVERVIEW,
        press: "Register a scale or column",
        command: "programme/register-unit",
      },
      {
        says: "Count what stands at a site",
        on: STOCKTAKE,
        press: "Weighed on",
        command: "ledger/stocktake",
      },
    ],
    others: [
      { says: "Reading the list of a truck", command: "intake/read-manifest" },
      { says: "Steps on lots", command: "prepare/step" },
      { says: "Settling what was weighed", command: "settle/lot" },
    ],
    refused: [
      {
        code: "second_person_needed",
        now: "Press Ask a second person: another weighmaster or an approver agrees to it.",
      },
      { code: "doubt_too_wide", now: "Weigh it anew, on a scale of less doubt." },
    ],
    person: "recycler-weighmaster",
  },
  operator: {
    is: "You do the work on the lots: take apart, destroy data, run the units.",
    waits: [
      { says: "devices whose data must go, and runs that are planned", on: OVERVIEW },
      { says: "the next step of the lot in front of you", on: FLOOR },
    ],
    does: [
      {
        says: "At the scale, by phone: the next step of a lot",
        on: FLOOR_LOT,
        press: "Record",
        command: "prepare/step",
      },
      { says: "Any other step", on: LOT, press: "Record a step", command: "prepare/step" },
      {
        says: "Record data destruction, by line",
        on: CONSIGNMENT,
        press: "Record data destruction",
        command: "intake/sanitize",
      },
      { says: "See what still holds data", on: CONSIGNMENT, press: "Record their destruction" },
    ],
    others: [
      { says: "Taking a step back", command: "prepare/reverse" },
      { says: "Sampling", command: "assay/sample" },
      { says: "Planning a run", command: "refine/plan" },
    ],
    refused: [
      {
        code: "mass_does_not_close",
        now: "Weigh what is missing, or say which loss took it. Open, it waits for a reason.",
      },
      {
        code: "clearance_missing",
        now: "Your administrator enters your screening and training for this site.",
      },
      { code: "data_not_destroyed", now: "Record the destruction first; the lot moves on after it." },
    ],
    person: "recycler-operator",
  },
  "data technician": {
    is: "You make data unreadable, device by device, and say how.",
    waits: [
      { says: "consignments with devices that still hold data", on: INTAKE },
      { says: "the same, oldest first", on: OVERVIEW },
    ],
    does: [
      {
        says: "Record data destruction",
        on: CONSIGNMENT,
        press: "Record data destruction",
        command: "intake/sanitize",
      },
      { says: "See what still holds data, by line", on: CONSIGNMENT, press: "Record their destruction" },
      {
        says: "Record one device, by its serial number",
        on: DESTRUCTION,
        press: "Record a single device",
        command: "intake/sanitize",
      },
      {
        says: "Correct what a line was taken for",
        on: CONSIGNMENT,
        press: "Correct a line",
        command: "intake/correct-line",
      },
    ],
    others: [
      { says: "The certificate of sanitization", command: "intake/issue-certificate" },
      { says: "Taking devices apart", command: "prepare/step" },
      { says: "Reading the list of a truck", command: "intake/read-manifest" },
    ],
    refused: [
      {
        code: "clearance_missing",
        now: "Your administrator enters your screening and training for this site.",
      },
      { code: "clearance_lapsed", now: "Ask for the renewed one; nothing you recorded before is lost." },
    ],
    person: "recycler-data-technician",
  },
  driver: {
    is: "You bring loads: from where they are collected to a centre, and between sites.",
    waits: [{ says: "loads that are on the way", on: SHIP }],
    does: [
      { says: "Take one lot on the road", on: LOT, press: "Ship", command: "ship/send" },
      { says: "Take a load on the road", on: SHIP, press: "Send a shipment", command: "ship/send" },
      {
        says: "Hand a collection over at a centre",
        on: INTAKE,
        press: "New consignment",
        command: "intake/receive",
      },
    ],
    others: [
      { says: "Weighing what arrived", command: "ship/receive" },
      { says: "Putting a weight right", command: "ship/correct-weight" },
      { says: "Reading the list of a truck", command: "intake/read-manifest" },
    ],
    refused: [
      {
        code: "lot_not_on_hand",
        now: "By the books it was used, or is on its way already: ask who sent you.",
      },
      { code: "data_not_destroyed", now: "It stays at the centre until its data are gone." },
    ],
    person: "recycler-driver",
  },
};
