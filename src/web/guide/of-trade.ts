import type { Guide } from "./guide.ts";
import {
  APPROVALS,
  BALANCE,
  BOOKS,
  CERTIFY,
  CONSIGNMENT,
  LOT,
  ORDER,
  ORDERS,
  OVERVIEW,
  PASSPORT,
  PEOPLE,
  SETTLE,
  SHIP,
  STATEMENT,
  STOCKTAKE,
} from "./places.ts";

/** The roles that agree, pay, sell, and watch. */
export const TRADE_GUIDES: Readonly<Record<string, Guide>> = {
  accountant: {
    is: "You keep the metal accounts, and settle what was delivered.",
    waits: [
      { says: "statements, moves and results of both sides, under For you", on: OVERVIEW },
      { says: "what is owed of each oxide", on: SETTLE },
    ],
    does: [
      {
        says: "Settle a lot whose assays were exchanged",
        on: SETTLE,
        press: "Settle a lot",
        command: "settle/lot",
      },
      {
        says: "Return oxide that is owed",
        on: SETTLE,
        press: "Return oxide",
        command: "settle/return-oxide",
      },
      {
        says: "Settle again after a correction",
        on: STATEMENT,
        press: "Settle again",
        command: "settle/lot",
      },
      { says: "Follow an element through a month, down to its entries", on: BALANCE, press: "Element" },
      {
        says: "Count what stands at a site",
        on: STOCKTAKE,
        press: "Weighed on",
        command: "ledger/stocktake",
      },
    ],
    others: [
      { says: "Terms and prices", command: "settle/agree" },
      { says: "Putting a weight right", command: "ship/correct-weight" },
      { says: "Releasing an assay", command: "assay/release" },
    ],
    refused: [
      { code: "exchange_not_complete", now: "One laboratory has not reported; Ship & assay says which." },
      {
        code: "agreement_not_in_force",
        now: "It came before or after its terms hold: a commercial manager proposes some that do.",
      },
    ],
    person: "recycler-accountant",
  },
  "commercial manager": {
    is: "You agree terms, take orders, and say at what price.",
    waits: [
      { says: "terms, orders and statements that wait for you", on: OVERVIEW },
      { says: "terms that the other firm proposed", on: SETTLE },
    ],
    does: [
      {
        says: "Propose terms, written beside how they read",
        on: SETTLE,
        press: "Propose terms",
        command: "settle/agree",
      },
      {
        says: "Accept what the other firm proposed",
        on: SETTLE,
        press: "Accept terms",
        command: "settle/accept",
      },
      { says: "Take an order", on: ORDERS, press: "Place an order", command: "orders/place" },
      { says: "Promise oxide to it", on: ORDER, press: "Promise mass", command: "orders/allocate" },
      { says: "Register a buyer", on: ORDERS, press: "Register a buyer", command: "orders/register-buyer" },
    ],
    others: [
      { says: "Settling a lot", command: "settle/lot" },
      { says: "Delivering", command: "orders/ship" },
      { says: "Issuing a passport", command: "certify/issue" },
    ],
    refused: [
      {
        code: "already_promised",
        now: "The refusal says what is free. Promise that, or take another promise back.",
      },
      { code: "buyer_not_qualified", now: "Agree a trial with it first, or qualify it." },
    ],
    person: "recycler-commercial-manager",
  },
  "downstream manager": {
    is: "You send on what the loop does not keep, to who takes it further.",
    waits: [
      { says: "loads on the way, and how long already", on: SHIP },
      { says: "where each element stands, and what is late", on: OVERVIEW },
    ],
    does: [
      { says: "Send a load", on: SHIP, press: "Send a shipment", command: "ship/send" },
      { says: "Send one lot", on: LOT, press: "Ship", command: "ship/send" },
      {
        says: "Say where a consignment came from, and what it was",
        on: CONSIGNMENT,
        press: "State where it came from",
        command: "intake/state-provenance",
      },
    ],
    others: [
      { says: "Destroying data", command: "intake/sanitize" },
      { says: "Registering who takes it", command: "programme/register-party" },
      { says: "Weighing what arrived", command: "ship/receive" },
    ],
    refused: [
      { code: "data_not_destroyed", now: "Nothing leaves before its data are gone: ask a data technician." },
      { code: "site_unknown", now: "Who takes it needs a site on the books: ask an administrator." },
    ],
    person: "recycler-downstream-manager",
  },
  "resale clerk": {
    is: "You sell what is whole, and send it off.",
    waits: [
      { says: "loads on the way", on: SHIP },
      { says: "consignments, and what still holds data in them", on: OVERVIEW },
    ],
    does: [
      { says: "Send what was sold", on: SHIP, press: "Send a shipment", command: "ship/send" },
      { says: "Send one lot", on: LOT, press: "Ship", command: "ship/send" },
      { says: "See what a lot holds, and what was taken of it", on: LOT, press: "Label" },
    ],
    others: [
      { says: "Destroying data", command: "intake/sanitize" },
      { says: "Steps on lots", command: "prepare/step" },
      { says: "Orders of oxide", command: "orders/place" },
    ],
    refused: [
      { code: "data_not_destroyed", now: "Nothing leaves before its data are gone: ask a data technician." },
      { code: "already_promised", now: "It is promised to somebody: ask a planner." },
    ],
    person: "recycler-resale-clerk",
  },
  buyer: {
    is: "You order oxide, and check what comes with it.",
    waits: [
      { says: "your orders: promised, sent, due", on: ORDERS },
      { says: "the passports of what was sent to you", on: CERTIFY },
    ],
    does: [
      { says: "Place an order", on: ORDERS, press: "Place an order", command: "orders/place" },
      {
        says: "Cancel one of which nothing is promised yet",
        on: ORDER,
        press: "Cancel the order",
        command: "orders/cancel",
      },
      { says: "Check a passport; your own browser does it", on: CERTIFY, press: "Verify a passport" },
      {
        says: "Read where the metal came from, and keep the passport",
        on: PASSPORT,
        press: "Download the passport",
      },
    ],
    others: [
      { says: "Promising oxide to your order", command: "orders/allocate" },
      { says: "Your limit on trial", command: "orders/qualify" },
      { says: "Revoking a passport", command: "certify/revoke" },
    ],
    refused: [
      { code: "due_in_past", now: "Ask for a day that is still to come." },
      { code: "order_closed", now: "It was sent or cancelled: place another." },
    ],
    person: "buyer-a",
  },
  customer: {
    is: "You follow what you handed over, and what became of the data on it.",
    waits: [{ says: "lists not read yet, devices not sanitized yet", on: OVERVIEW }],
    does: [
      { says: "Take the certificate of sanitization of a consignment", on: OVERVIEW, press: "PDF" },
      { says: "Read its devices, and how each was sanitized", on: OVERVIEW, press: "C-2601" },
      {
        says: "Complain, and see by when it is put right",
        on: OVERVIEW,
        press: "Complain",
        command: "trust/open-incident",
      },
    ],
    others: [
      { says: "Destroying what holds data", command: "intake/sanitize" },
      { says: "The certificate of it", command: "intake/issue-certificate" },
      { says: "Reading your list", command: "intake/read-manifest" },
    ],
    refused: [{ code: "due_in_past", now: "Give a day that is still to come." }],
    person: "customer-a",
  },
  administrator: {
    is: "You keep your party's people, sites and keys, and nobody's metal.",
    waits: [
      { says: "proposals that take two, and open incidents", on: APPROVALS },
      { says: "who was invited and did not come yet", on: PEOPLE },
    ],
    does: [
      { says: "Invite somebody, by a link that works once", on: PEOPLE, press: "Make the link" },
      { says: "Register a site", on: OVERVIEW, press: "Register a site", command: "programme/register-site" },
      {
        says: "Clear somebody for devices that hold data",
        on: PEOPLE,
        press: "Clear a person for data-bearing devices",
        command: "trust/clear-person",
      },
      {
        says: "Ask for two people from now on",
        on: APPROVALS,
        press: "Ask for two people",
        command: "trust/rules",
      },
      {
        says: "Name your firm's directory",
        on: PEOPLE,
        press: "Name your directory",
        command: "trust/name-directory",
      },
    ],
    others: [
      { says: "Anything with a lot", command: "prepare/step" },
      { says: "Terms and orders", command: "settle/agree" },
      { says: "Issuing a passport", command: "certify/issue" },
    ],
    refused: [
      { code: "second_person_needed", now: "Press Ask a second person: another administrator approves it." },
      {
        code: "administrators_too_few",
        now: "Invite a second administrator first; then two can be asked for.",
      },
    ],
    person: "recycler-administrator",
  },
  auditor: {
    is: "You read everything, of both firms, and change nothing of it.",
    waits: [
      { says: "what is late and what does not close", on: OVERVIEW },
      { says: "what takes two, who decided it, and open incidents", on: APPROVALS },
    ],
    does: [
      { says: "See the books as they stood on a day", on: BOOKS, press: "Day" },
      { says: "Read the entries, of one kind or all", on: BOOKS, press: "Kind" },
      { says: "Follow an element down to its entries", on: BALANCE, press: "Element" },
      { says: "Check a passport in your own browser", on: CERTIFY, press: "Verify a passport" },
      {
        says: "Write down what is wrong",
        on: APPROVALS,
        press: "Open an incident",
        command: "trust/open-incident",
      },
    ],
    others: [
      { says: "Closing an incident", command: "trust/close-incident" },
      { says: "Putting a weight right", command: "ship/correct-weight" },
      { says: "Revoking a passport", command: "certify/revoke" },
    ],
    refused: [
      { code: "not_allowed", now: "The refusal names who may: write an incident, and they answer it." },
    ],
    person: "auditor",
  },
};
