import { readOxide } from "../../src/chemistry/index.ts";

/** Nobody takes the value of a result without having asked whether there is one. */
export const metal = (formula: string) => readOxide(formula).value; // must not compile: TS2339
