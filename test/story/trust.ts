import { also, type Step, shown, wait } from "./step.ts";

const RECYCLER = "sample-recycler";
const REFINER = "sample-refiner";

/** Who may speak, and what takes two of them. */
export function trust(): Step[] {
  return [
    ...["duties", "me", "register-person", "people"].map((verb) => shown(`trust ${verb}`)),
    ...["open-compartment", "admit", "compartments", "dismiss"].map((verb) => shown(`trust ${verb}`)),
    ...["reads", "compartment-reads"].map((verb) => shown(`trust ${verb}`)),
    ...["token", "register-token", "tokens", "end-token"].map((verb) => shown(`trust ${verb}`)),
    ...["propose", "approvals", "approve"].map((verb) => shown(`trust ${verb}`)),
    also("trust propose", `approver@${REFINER}`, {
      ...{ approval: "V-2", command: "certify/rotate-key", why: "a new key every year" },
      input: { party: REFINER, why: "a new key every year" },
    }),
    shown("trust decline"),
    ...["rules", "party-rules"].map((verb) => shown(`trust ${verb}`)),
    also("trust register-person", "administrator", {
      ...{ person: "recycler-operator", party: RECYCLER, role: "operator", sample: true },
    }),
    ...["substitute", "substitutes", "review-access", "access"].map((verb) => shown(`trust ${verb}`)),
    ...["forbid-owner", "owner", "allow-owner"].map((verb) => shown(`trust ${verb}`)),
    ...["clear-person", "clearances", "open-incident", "incidents", "close-incident"].map((verb) =>
      shown(`trust ${verb}`),
    ),
    shown("trust retain"),
  ];
}

/** The end of the story: what is kept for how long, and what goes when its days are over. */
export function retention(): Step[] {
  return [
    ...["retention", "hold", "holds", "lift-hold"].map((verb) => shown(`trust ${verb}`)),
    wait(25 * 24),
    ...["due-for-erasure", "erase-documents", "erase-due"].map((verb) => shown(`trust ${verb}`)),
  ];
}
