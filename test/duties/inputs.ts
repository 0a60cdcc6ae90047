import { theUseCase } from "../story/world.ts";
import type { Cell } from "./cell.ts";

const RECYCLER = "sample-recycler";
const REFINER = "sample-refiner";
const BUYER = "sample-buyer-a";
const LABORATORY = "sample-lab-a";

/** Whose the example is, where it is not the recycler's. */
const WHOSE: Readonly<Record<string, string>> = {
  "programme register-method": LABORATORY,
  "programme change-method": LABORATORY,
  "programme register-unit": REFINER,
  "ship receive": REFINER,
  "ship correct-weight": REFINER,
  "assay report": LABORATORY,
  "assay release": LABORATORY,
  "assay consent": REFINER,
  "assay register-reference": LABORATORY,
  "assay measure-reference": LABORATORY,
  "settle accept": REFINER,
  "settle pass-title": REFINER,
  "refine plan": REFINER,
  "refine move": REFINER,
  "refine cancel": REFINER,
  "refine record-run": REFINER,
  "certify release": REFINER,
  "certify issue": REFINER,
  "certify revoke": REFINER,
  "certify rotate-key": REFINER,
  "certify retire-key": REFINER,
  "jobs cancel": REFINER,
  "jobs show": REFINER,
};

/** What any recycler or refiner may be said to be concerned by: for these a carrier is the one that is not. */
export const OF_ANY_FIRM: ReadonlySet<string> = new Set([
  "programme define-product",
  "identify correct",
  "prepare define-kind",
  "assay register-reference",
  "orders register-buyer",
  "orders qualify",
  "ledger rebuild",
]);

const count = {
  command: "ledger/stocktake",
  input: {
    ...{ site: "noblesville", why: "month's end" },
    counts: [{ lot: "L-IRON", mass: "3003 kg", scale: "noblesville-floor" }],
  },
};
const line = {
  command: "intake/correct-line",
  input: { consignment: "C-1", row: 3, data_bearing: "yes", why: "a drive stood among the cables" },
};
const reversal = { command: "prepare/reverse", input: { step: "S-CELLS", why: "the wrong drum" } };

/** For each role that may propose at all, something that takes two and is that role's to give, with whose it is. */
export const PARTS_OF_TWO: Readonly<Record<string, { command: string; input: object; party: string }>> = {
  administrator: {
    command: "trust/register-person",
    input: { person: "recycler-one-more", party: RECYCLER, role: "weigher", sample: true },
    party: RECYCLER,
  },
  approver: { ...reversal, party: REFINER },
  "process engineer": { ...reversal, party: REFINER },
  weighmaster: { ...count, party: REFINER },
  weigher: { ...count, party: REFINER },
  accountant: { ...count, party: REFINER },
  "intake lead": { ...line, party: RECYCLER },
  "data technician": { ...line, party: RECYCLER },
};

export const approvalOf = (role: string): string => `V-CELL-${role.replaceAll(" ", "-")}`;

const SECOND: ReadonlySet<string> = new Set(["trust propose", "trust approve", "trust decline"]);

/** Of which party somebody is whom a cell is about: one whom the example concerns, or none of them. */
export function partyOf({ command, role, column }: Pick<Cell, "command" | "role" | "column">): string {
  if (column === "buyer" || column === "customer") return OUTSIDERS[column].party;
  if (SECOND.has(command)) return PARTS_OF_TWO[role]?.party ?? RECYCLER;
  return WHOSE[command] ?? RECYCLER;
}

/** What is asked for in a cell: the example, of what the party of who asks has. */
export function inputOf({ command, role, column }: Pick<Cell, "command" | "role" | "column">): object {
  const { example } = theUseCase(command);
  const given = OTHERWISE[command]?.(role) ?? (example as object);
  return column === "buyer" || column === "customer" ? ofOutsider(command, given, column) : given;
}

const proposal = (role: string) => {
  const { party: _, ...given } = PARTS_OF_TWO[role] ?? { party: "" };
  return { ...(theUseCase("trust propose").example as object), ...given, approval: `${approvalOf(role)}-2` };
};

/** Where the example would change who may what in cells after it, or is another role's to give. */
const OTHERWISE: Readonly<Record<string, (role: string) => object>> = {
  "trust rules": () => ({ party: RECYCLER, four_eyes: "offered", why: "as it was" }),
  "trust propose": proposal,
  "trust approve": (role) => ({ approval: approvalOf(role) }),
  "trust decline": (role) => ({ approval: approvalOf(role), why: "it is the wrong drum" }),
  "notices wish": () => ({ at_once: [], daily: [] }),
};

/** The example, as a buyer's or a customer's own administrator asks for it. */
function ofOutsider(command: string, given: object, whose: Outsider): object {
  const text = namesOf(whose).reduce(
    (said, [theirs, own]) => said.replaceAll(`"${theirs}"`, `"${own}"`),
    JSON.stringify(given),
  );
  // Whom an order is placed by is its buyer already.
  return command.startsWith("orders ") ? given : JSON.parse(text);
}

export type Outsider = keyof typeof OUTSIDERS;

/** Who is no firm of the loop, with the party, and the digit by which a digest of its own is told. */
export const OUTSIDERS = {
  buyer: { party: BUYER, digit: "b" },
  customer: { party: "sample-customer", digit: "c" },
} as const;

const namesOf = (whose: Outsider): readonly (readonly [string, string])[] => {
  const { party, digit } = OUTSIDERS[whose];
  return [
    [RECYCLER, party],
    ["sample-lab-b", party],
    ["recycler-intake-lead", `${whose}-own-clerk`],
    ["recycler-stand-in", `${whose}-own-clerk`],
    ["recycler-operator", `${whose}-own-administrator`],
    ["U-7K2M9QXA", `${whose}-own-clerk`],
    ["recycler-one-more", `${whose}-one-more`],
    ["T-0a1b2c3d4e5f60718293", `T-${digit.repeat(20)}`],
    ["K-7", `K-${whose.toUpperCase()}`],
    ["N-1", `N-${whose.toUpperCase()}`],
    ["W-7K2M9QXA", `W-${whose.toUpperCase()}000`.slice(0, 10)],
  ];
};
