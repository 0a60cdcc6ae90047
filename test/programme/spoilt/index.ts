import { EARLY } from "./early.ts";
import { FINDINGS } from "./findings.ts";
import { GOODS, MATTER } from "./matter.ts";
import { TERMS, TRADE } from "./trade.ts";
import type { Spoilt } from "./ways.ts";

export type { Asked, Spoilt } from "./ways.ts";

/** Every way in which the simulator spoils an ask of its story. */
export const SPOILT: readonly Spoilt[] = [...MATTER, ...GOODS, ...FINDINGS, ...TERMS, ...TRADE, ...EARLY];
