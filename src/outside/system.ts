import { randomBytes } from "node:crypto";
import type { Clock, Ids } from "../app/core/ports.ts";

export const systemClock: Clock = { now: () => new Date() };

export const systemIds: Ids = { nonce: () => randomBytes(16).toString("hex") };
