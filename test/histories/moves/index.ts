import type { Move } from "../move.ts";
import { ASSAY } from "./assay.ts";
import { CERTIFY } from "./certify.ts";
import { HEEL } from "./heel.ts";
import { LEDGER } from "./ledger.ts";
import { ORDERS } from "./orders.ts";
import { PREPARE } from "./prepare.ts";
import { REFINE } from "./refine.ts";
import { SETTLE } from "./settle.ts";
import { SHIP } from "./ship.ts";
import { WRONG } from "./wrong.ts";

/** All that may happen, room by room in the order of the loop. */
export const MOVES: readonly Move[] = [
  ...[...SHIP, ...ASSAY, ...SETTLE, ...PREPARE, ...REFINE],
  ...[...CERTIFY, ...ORDERS, ...LEDGER, ...HEEL, ...WRONG],
];
