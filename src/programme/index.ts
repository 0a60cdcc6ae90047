// Who takes part and where: parties, sites with their capabilities, units.
export * from "./programme.ts";
