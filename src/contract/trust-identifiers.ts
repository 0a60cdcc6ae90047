import { Id } from "./fields.ts";
import { type RefersTo, saying } from "./identifiers.ts";

const referring = (to: RefersTo) => saying(Id, { "x-refers-to": to });

/** What waits for a second person. */
export const ApprovalId = () =>
  referring({
    ...{ room: "trust", verb: "approvals", value: "approval", shows: ["command"] },
    ...{ filter: { state: "waits" }, made_by: "trust/propose" },
  });

/** An incident, a complaint or a non-conformity that is still open. */
export const OpenIncidentId = () =>
  referring({
    ...{ room: "trust", verb: "incidents", value: "incident", shows: ["kind", "about", "due"] },
    ...{ filter: { state: "open" }, made_by: "trust/open-incident" },
  });

/** A hold that is in force, of the party that stands beside it. */
export const HoldId = () =>
  referring({
    ...{ room: "trust", verb: "holds", value: "hold", shows: ["consignment", "why"] },
    ...{ filter: { party: { field: "party" } }, made_by: "trust/hold" },
  });
