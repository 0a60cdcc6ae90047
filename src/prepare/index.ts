// Preparation: the kinds of step between a device and a magnet lot, as data.
export * from "./define.ts";
export * from "./kinds.ts";
