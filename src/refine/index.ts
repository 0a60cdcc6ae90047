// Wet steps, campaigns on displacement columns, runs and their yields.
export * from "./kinds.ts";
