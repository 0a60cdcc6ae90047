// Wet steps, campaigns on displacement columns, runs and their yields.
export * from "./apply.ts";
export * from "./bookings.ts";
export * from "./campaign.ts";
export * from "./kinds.ts";
export * from "./system.ts";
