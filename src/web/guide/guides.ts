import type { Guide } from "./guide.ts";
import { INTAKE_GUIDES } from "./of-intake.ts";
import { REFINING_GUIDES } from "./of-refining.ts";
import { TRADE_GUIDES } from "./of-trade.ts";

/** A guide for each role. */
export const GUIDES: Readonly<Record<string, Guide>> = {
  ...INTAKE_GUIDES,
  ...REFINING_GUIDES,
  ...TRADE_GUIDES,
};
