/** The roles that act in the loop, and what each does (G6). */
export const ROLES = {
  "intake lead": "receives consignments and reads their manifests",
  weigher: "reads scales",
  operator: "performs steps: dismantles, destroys media, runs units",
  sampler: "takes and seals samples",
  chemist: "reports assays",
  approver: "confirms what another role did, and releases it",
  accountant: "keeps the metal accounts and settles",
  "commercial manager": "agrees terms, orders and prices",
  "process engineer": "designs and runs separations",
  planner: "assigns lots, sites and columns",
  driver: "picks up and brings loads, between sites and to others",
  weighmaster: "keeps the scales and puts weights right",
  "data technician": "wipes and destroys what bears data, and says how",
  "downstream manager": "sends what is not the loop's to who takes it further",
  "resale clerk": "sells what is whole",
  buyer: "places a buyer's orders and takes them back",
  customer: "follows what it handed over, and complains",
  administrator: "registers parties, sites and people, keeps keys and tokens",
  auditor: "reads everything, registers parties",
} as const;
export type Role = keyof typeof ROLES;

export interface RoleMark {
  readonly role: string;
  /** False for a role that is not in the list: it may act, and is shown as unlisted. */
  readonly listed: boolean;
  readonly does: string;
}

/** A stated role with its mark. Spelling counts, case and outer spaces do not. */
export function markRole(stated: string): RoleMark {
  const role = stated.trim().toLowerCase();
  const does = Object.entries(ROLES).find(([name]) => name === role)?.[1];
  return does === undefined
    ? { role, listed: false, does: "not a role this programme lists" }
    : { role, listed: true, does };
}

export const listRoles = (): readonly RoleMark[] => Object.keys(ROLES).map(markRole);
