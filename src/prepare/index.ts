// Preparation: the kinds of step between a device and a magnet lot, as data.
export * from "./called.ts";
export * from "./define.ts";
export * from "./kinds.ts";
