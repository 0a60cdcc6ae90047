// Who may speak and who may know: roles, the table of duties, people and tokens; what takes two; clearances and incidents; what an auditor is shown.
export * from "./apply.ts";
export * from "./approval.ts";
export * from "./clearance.ts";
export * from "./compartment.ts";
export * from "./controls/control-map.ts";
export * from "./cryptography.ts";
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
