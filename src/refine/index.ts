// Wet steps, campaigns on displacement columns, runs and their yields.
export * from "./campaign.ts";
export * from "./kinds.ts";
export * from "./system.ts";
