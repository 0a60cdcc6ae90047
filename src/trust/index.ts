// Who may speak: roles, the table of duties, people and tokens; what takes two of them; clearances and incidents.
export * from "./apply.ts";
export * from "./approval.ts";
export * from "./clearance.ts";
export * from "./compartment.ts";
export * from "./duties.ts";
export * from "./duties.ts";
export * from "./hands.ts";
export * from "./incident.ts";
export * from "./invitation.ts";
export * from "./person.ts";
export * from "./review.ts";
export * from "./roles.ts";
export * from "./substitute.ts";
export * from "./token.ts";
export * from "./two.ts";
