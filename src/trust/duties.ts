import { type Refusal, type Refused, refuse, table } from "../quantity/index.ts";
import { BESIDE } from "./beside.ts";
import { READINGS, rolesThatRead } from "./readings.ts";
import { ROLES, type Role } from "./roles.ts";

/** Who may give a command, by role: people of a firm that it concerns, and people of a buyer or a customer that it concerns. */
interface Duty {
  readonly firm: readonly Role[];
  readonly buyer?: readonly Role[];
  readonly customer?: readonly Role[];
  /** It concerns nobody in particular, so that a firm may do it for another. */
  readonly forOthers?: true;
}

const DOCK: readonly Role[] = ["intake lead", "weigher", "weighmaster"];
const SCALES: readonly Role[] = ["weigher", "weighmaster"];
const SETUP: readonly Role[] = ["administrator", "planner"];
const LABORATORY: readonly Role[] = ["chemist"];
const COMMERCE: readonly Role[] = ["commercial manager"];
const ACCOUNTS: readonly Role[] = ["accountant"];
const SEPARATION: readonly Role[] = ["process engineer", "planner"];
/** Whoever may give one of the commands that a party may ask two people for. */
const IN_TWO: readonly Role[] = [
  "administrator",
  "approver",
  "process engineer",
  "weighmaster",
  "weigher",
  "accountant",
  "intake lead",
  "data technician",
];
const EVERY_ROLE = Object.keys(ROLES) as readonly Role[];
const ADMINISTRATOR: readonly Role[] = ["administrator"];
/** A party's own affairs, whatever it is: its people, what speaks for it, and what it asks two people for. */
const ITS_OWN: Duty = { firm: ADMINISTRATOR, buyer: ADMINISTRATOR, customer: ADMINISTRATOR };

/** The table of duties (Z2). A command that does not stand here is nobody's. */
const DUTIES: Readonly<Record<string, Duty>> = table<Duty>({
  "programme register-party": {
    firm: ["administrator", "auditor", "commercial manager"],
    forOthers: true,
  },
  "programme register-site": { firm: SETUP },
  "programme register-unit": { firm: [...SETUP, "weighmaster", "process engineer"] },
  "programme change-party": ITS_OWN,
  "programme change-site": { firm: SETUP },
  "programme change-unit": { firm: [...SETUP, "weighmaster", "process engineer"] },
  "programme register-method": { firm: LABORATORY },
  "programme change-method": { firm: LABORATORY },
  "programme define-product": { firm: ["commercial manager", "process engineer", "chemist"] },
  "intake receive": { firm: [...DOCK, "driver"] },
  "intake weigh-pallets": { firm: DOCK },
  "intake state-provenance": { firm: ["intake lead", "commercial manager", "downstream manager"] },
  "intake read-manifest": { firm: ["intake lead"] },
  "intake correct-line": { firm: ["intake lead", "data technician"] },
  "intake resolve-row": { firm: ["intake lead"] },
  "intake sanitize": { firm: ["data technician", "operator"] },
  "intake issue-certificate": { firm: ["approver"] },
  "intake open-lots": { firm: ["intake lead"] },
  "identify correct": { firm: ["intake lead", "operator", "chemist"] },
  "prepare step": { firm: ["operator", "process engineer"] },
  "prepare reverse": { firm: ["approver", "process engineer"] },
  "prepare define-kind": { firm: ["process engineer", "planner"] },
  "ledger stocktake": { firm: [...SCALES, "accountant"] },
  "ship send": { firm: [...DOCK, "driver", "downstream manager", "resale clerk"] },
  "ship receive": { firm: DOCK },
  "ship correct-weight": { firm: ["weighmaster", "approver"] },
  "assay sample": { firm: ["sampler"] },
  "assay report": { firm: LABORATORY },
  "assay release": { firm: ["approver", "chemist"] },
  "assay consent": { firm: ["approver", "commercial manager", "accountant"] },
  "assay book-results": { firm: ["accountant", "chemist"] },
  "assay register-reference": { firm: LABORATORY },
  "assay measure-reference": { firm: LABORATORY },
  "settle agree": { firm: COMMERCE },
  "settle accept": { firm: COMMERCE },
  "settle lot": { firm: ACCOUNTS },
  "settle move-lot": { firm: [...ACCOUNTS, ...COMMERCE] },
  "settle return-oxide": { firm: ACCOUNTS },
  "settle take-back-return": { firm: ACCOUNTS },
  "settle pass-title": { firm: [...ACCOUNTS, ...COMMERCE] },
  "refine plan": { firm: SEPARATION },
  "refine move": { firm: SEPARATION },
  "refine cancel": { firm: SEPARATION },
  "refine record-run": { firm: ["operator", "process engineer"] },
  "certify release": { firm: ["approver"] },
  "certify issue": { firm: ["approver"] },
  "certify revoke": { firm: ["approver"] },
  "certify rotate-key": { firm: ["administrator"] },
  "certify retire-key": { firm: ["administrator"] },
  "orders register-buyer": { firm: COMMERCE },
  "orders qualify": { firm: COMMERCE },
  "orders place": { firm: COMMERCE, buyer: ["buyer"] },
  "orders allocate": { firm: [...COMMERCE, "planner"] },
  "orders release": { firm: [...COMMERCE, "planner"] },
  "orders ship": { firm: [...DOCK, "planner", "operator"] },
  "orders cancel": { firm: COMMERCE, buyer: ["buyer"] },
  "trust register-person": ITS_OWN,
  "trust end-person": ITS_OWN,
  "trust register-token": ITS_OWN,
  "trust end-token": ITS_OWN,
  "trust open-compartment": ITS_OWN,
  "trust admit": ITS_OWN,
  "trust dismiss": ITS_OWN,
  "trust register-invitation": ITS_OWN,
  "trust register-erasure": ITS_OWN,
  "trust rules": ITS_OWN,
  "trust propose": { ...ITS_OWN, firm: IN_TWO },
  "trust approve": { ...ITS_OWN, firm: IN_TWO },
  "trust decline": { ...ITS_OWN, firm: IN_TWO },
  "trust substitute": ITS_OWN,
  "trust review-access": ITS_OWN,
  "trust clear-person": { firm: ["administrator"] },
  "trust open-incident": {
    ...{ firm: EVERY_ROLE, buyer: EVERY_ROLE, customer: EVERY_ROLE },
    forOthers: true,
  },
  "trust close-incident": { ...ITS_OWN, firm: ["administrator", "approver"] },
  "trust forbid-owner": { firm: ["administrator"] },
  "trust allow-owner": { firm: ["administrator"] },
  "trust name-directory": ITS_OWN,
  "trust retain": { firm: ["administrator", "approver"] },
  "trust hold": { firm: ["administrator", "approver"] },
  "trust lift-hold": { firm: ["administrator", "approver"] },
  "trust erase-documents": { firm: ["administrator", "approver"] },
  "trust end-directory": ITS_OWN,
});

/** What one role may do, as a row of the page. */
export interface DutyRow {
  readonly command: string;
  readonly role: string;
  /** For a firm, laboratory or carrier that the command concerns, as one of its own people. */
  readonly own: boolean;
  /** For one that it does not concern. */
  readonly other: boolean;
  readonly buyer: boolean;
  readonly customer: boolean;
  /** It is asked and changes nothing; what is told is what its reader may see. */
  readonly reads?: true;
  /** It is done beside the books. */
  readonly beside?: true;
}

export const isRole = (role: string): role is Role => Object.hasOwn(ROLES, role);

/** Every command, every query and everything that is done beside the books, with every role. */
export const dutyRows = (): readonly DutyRow[] => [...commandRows(), ...readingRows(), ...besideRows()];

const readingRows = (): readonly DutyRow[] =>
  Object.entries(READINGS).flatMap(([room, verbs]) =>
    verbs.flatMap((verb) => {
      const of = rolesThatRead(`${room} ${verb}`);
      return EVERY_ROLE.map((role) => {
        const told = of.includes(role);
        // Of others an auditor alone is told, whose party does nothing else.
        const whose = { own: told, other: role === "auditor" && told, buyer: told, customer: told };
        return { command: `${room} ${verb}`, role, reads: true as const, ...whose };
      });
    }),
  );

const besideRows = (): readonly DutyRow[] =>
  Object.entries(BESIDE).flatMap(([command, { firm, buyer = [], customer = [], others = [] }]) =>
    EVERY_ROLE.map((role) => ({
      ...{ command, role, own: firm.includes(role), other: others.includes(role) },
      ...{ buyer: buyer.includes(role), customer: customer.includes(role), beside: true as const },
    })),
  );

const commandRows = (): readonly DutyRow[] =>
  Object.entries(DUTIES).flatMap(([command, { firm, buyer = [], customer = [], forOthers = false }]) =>
    EVERY_ROLE.map((role) => ({
      ...{ command, role, own: firm.includes(role), other: forOthers && firm.includes(role) },
      ...{ buyer: buyer.includes(role), customer: customer.includes(role) },
    })),
  );

/** The column of the table that holds for people of a party of this kind: whoever neither buys nor hands over is a firm. */
const columnFor = (kind: string | undefined): "firm" | "buyer" | "customer" =>
  kind === "buyer" || kind === "customer" ? kind : "firm";

/** Whether a row allows its command to people of a party of this kind. */
export const isAllowed = (row: DutyRow, kind: string | undefined): boolean => {
  const column = columnFor(kind);
  return column === "firm" ? row.own : row[column];
};

/** Whether a role of a party of this kind may give a command, or do what is beside the books, at all; whom it concerns is asked beside. */
export function mayGive(
  command: string,
  { role, kind }: { readonly role: string; readonly kind: string | undefined },
): Refused<Refusal<"not_allowed">> | undefined {
  const duty = [DUTIES, BESIDE].find((of) => Object.hasOwn(of, command))?.[command];
  const column = columnFor(kind);
  const roles: readonly string[] = duty?.[column] ?? [];
  if (kind !== undefined && roles.includes(role)) return undefined;
  const whose = `of a ${column}`;
  const message = roles.length === 0 ? `nobody ${whose}` : `${roles.join(", ")} ${whose}`;
  return refuse("not_allowed", "actor", `${command} is for ${message}, not for ${role}`);
}
