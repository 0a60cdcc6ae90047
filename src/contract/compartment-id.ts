import { Id } from "./fields.ts";
import type { RefersTo } from "./identifiers.ts";

const COMPARTMENTS: RefersTo = {
  room: "trust",
  verb: "compartments",
  value: "compartment",
  shows: ["party"],
};

/** Named people who alone may know of something. */
export const CompartmentId = () => Id.meta({ "x-refers-to": COMPARTMENTS } as Record<string, unknown>);
