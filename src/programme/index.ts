// Who takes part and where: parties, sites with their capabilities, units.
export * from "./method.ts";
export * from "./product.ts";
export * from "./programme.ts";
export * from "./reading-doubt.ts";
