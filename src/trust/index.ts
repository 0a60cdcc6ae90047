// Who may speak: roles, the table of duties, people and tokens; what of that an auditor is shown.
export * from "./apply.ts";
export * from "./controls/control-map.ts";
export * from "./cryptography.ts";
export * from "./duties.ts";
export * from "./person.ts";
export * from "./roles.ts";
export * from "./token.ts";
