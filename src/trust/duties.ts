import { type Refusal, type Refused, refuse, table } from "../quantity/index.ts";
import { READINGS } from "./readings.ts";
import { ROLES, type Role } from "./roles.ts";

/** Who may give a command, by role: people of a firm that it concerns, and people of a buyer that it concerns. */
interface Duty {
  readonly firm: readonly Role[];
  readonly buyer?: readonly Role[];
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

/** The table of duties (Z2). A command that does not stand here is nobody's. */
const DUTIES: Readonly<Record<string, Duty>> = table<Duty>({
  "programme register-party": {
    firm: ["administrator", "auditor", "commercial manager"],
    forOthers: true,
  },
  "programme register-site": { firm: SETUP },
  "programme register-unit": { firm: [...SETUP, "weighmaster", "process engineer"] },
  "programme change-party": { firm: ["administrator"], buyer: ["administrator"] },
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
  "trust register-person": { firm: ["administrator"], buyer: ["administrator"] },
  "trust end-person": { firm: ["administrator"], buyer: ["administrator"] },
  "trust register-token": { firm: ["administrator"], buyer: ["administrator"] },
  "trust end-token": { firm: ["administrator"], buyer: ["administrator"] },
  "trust open-compartment": { firm: ["administrator"], buyer: ["administrator"] },
  "trust admit": { firm: ["administrator"], buyer: ["administrator"] },
  "trust dismiss": { firm: ["administrator"], buyer: ["administrator"] },
  "trust register-invitation": { firm: ["administrator"], buyer: ["administrator"] },
  "trust register-erasure": { firm: ["administrator"], buyer: ["administrator"] },
  "trust rules": { firm: ["administrator"], buyer: ["administrator"] },
  "trust propose": { firm: IN_TWO, buyer: ["administrator"] },
  "trust approve": { firm: IN_TWO, buyer: ["administrator"] },
  "trust decline": { firm: IN_TWO, buyer: ["administrator"] },
  "trust substitute": { firm: ["administrator"], buyer: ["administrator"] },
  "trust review-access": { firm: ["administrator"], buyer: ["administrator"] },
  "trust clear-person": { firm: ["administrator"] },
  "trust open-incident": { firm: EVERY_ROLE, buyer: EVERY_ROLE, forOthers: true },
  "trust close-incident": { firm: ["administrator", "approver"], buyer: ["administrator"] },
  "trust forbid-owner": { firm: ["administrator"] },
  "trust allow-owner": { firm: ["administrator"] },
  "trust name-directory": { firm: ["administrator"], buyer: ["administrator"] },
  "trust retain": { firm: ["administrator", "approver"] },
  "trust hold": { firm: ["administrator", "approver"] },
  "trust lift-hold": { firm: ["administrator", "approver"] },
  "trust erase-documents": { firm: ["administrator", "approver"] },
  "trust end-directory": { firm: ["administrator"], buyer: ["administrator"] },
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
}

export const isRole = (role: string): role is Role => Object.hasOwn(ROLES, role);

/** Every command and every query with every role. */
export const dutyRows = (): readonly DutyRow[] => [...commandRows(), ...readingRows()];

const readingRows = (): readonly DutyRow[] =>
  Object.entries(READINGS).flatMap(([room, verbs]) =>
    verbs.flatMap((verb) =>
      (Object.keys(ROLES) as Role[]).map((role) => ({
        ...{ command: `${room} ${verb}`, role, reads: true as const },
        // Of others an auditor alone is told, whose party does nothing else.
        ...{ own: true, other: role === "auditor", buyer: true, customer: false },
      })),
    ),
  );

const commandRows = (): readonly DutyRow[] =>
  Object.entries(DUTIES).flatMap(([command, { firm, buyer = [], forOthers = false }]) =>
    (Object.keys(ROLES) as Role[]).map((role) => ({
      ...{ command, role, own: firm.includes(role) },
      ...{ other: forOthers && firm.includes(role), buyer: buyer.includes(role), customer: false },
    })),
  );

/** Whether a role of a party of this kind may give a command at all; whom the command concerns is asked beside. */
export function mayGive(
  command: string,
  { role, kind }: { readonly role: string; readonly kind: string | undefined },
): Refused<Refusal<"not_allowed">> | undefined {
  const duty = Object.hasOwn(DUTIES, command) ? DUTIES[command] : undefined;
  const roles: readonly string[] = (kind === "buyer" ? duty?.buyer : duty?.firm) ?? [];
  if (kind !== undefined && roles.includes(role)) return undefined;
  const whose = kind === "buyer" ? "of a buyer" : "of a firm";
  const message = roles.length === 0 ? `nobody ${whose}` : `${roles.join(", ")} ${whose}`;
  return refuse("not_allowed", "actor", `${command} is for ${message}, not for ${role}`);
}
