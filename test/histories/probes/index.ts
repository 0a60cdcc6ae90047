import { CAMPAIGNS } from "./campaigns.ts";
import { COUNTS } from "./counts.ts";
import { FINAL } from "./final.ts";
import { OFFERS } from "./offers.ts";
import { PASSPORTS } from "./passports.ts";
import type { Probe } from "./probe.ts";
import { PROMISES } from "./promises.ts";
import { REVERSALS } from "./reversals.ts";

export const PROBES: readonly Probe[] = [OFFERS, PROMISES, REVERSALS, FINAL, CAMPAIGNS, PASSPORTS, COUNTS];
