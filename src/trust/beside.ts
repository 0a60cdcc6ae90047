import { table } from "../quantity/index.ts";
import { ROLES, type Role } from "./roles.ts";

const EVERY_ROLE = Object.keys(ROLES) as readonly Role[];
const ADMINISTRATOR = {
  firm: ["administrator"],
  buyer: ["administrator"],
  customer: ["administrator"],
} as const;
const ANYONE = { firm: EVERY_ROLE, buyer: EVERY_ROLE, customer: EVERY_ROLE } as const;

/** Who may do something beside the books, by role; `others`: of a party that does nothing else, for all parties. */
interface Beside {
  readonly firm: readonly Role[];
  readonly buyer?: readonly Role[];
  readonly customer?: readonly Role[];
  readonly others?: readonly Role[];
}

/** What is done beside the books and writes no entry itself (Z16). What does not stand here is nobody's. */
export const BESIDE: Readonly<Record<string, Beside>> = table<Beside>({
  // What a job does is asked when it is done.
  "jobs start": ANYONE,
  "jobs cancel": ANYONE,
  "ledger rebuild": { firm: ["administrator"] },
  "trust token": ADMINISTRATOR,
  "trust invite": ADMINISTRATOR,
  "trust end-session": ANYONE,
  "trust erase-person": ADMINISTRATOR,
  "trust keep-directory-secret": ADMINISTRATOR,
  "trust forget-directory": ADMINISTRATOR,
  "trust evidence": {
    firm: ["administrator", "auditor"],
    buyer: ["administrator", "auditor"],
    customer: ["administrator", "auditor"],
    others: ["auditor"],
  },
  "trust erase-due": { firm: ["administrator", "approver"] },
  "notices wish": ANYONE,
  "notices register-webhook": ADMINISTRATOR,
  "notices end-webhook": ADMINISTRATOR,
});
