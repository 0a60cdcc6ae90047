import { Id } from "./fields.ts";
import { referring } from "./identifiers.ts";

/** Named people who alone may know of something. */
export const CompartmentId = () =>
  referring(Id, { room: "trust", verb: "compartments", value: "compartment", shows: ["party"] });
