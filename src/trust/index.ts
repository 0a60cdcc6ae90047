// Who may speak: roles, the table of duties, people and tokens.
export * from "./apply.ts";
export * from "./duties.ts";
export * from "./owner.ts";
export * from "./person.ts";
export * from "./roles.ts";
export * from "./token.ts";
