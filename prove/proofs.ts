import { columnEstimates } from "./column-estimates.ts";
import { columnTrains } from "./column-trains.ts";
import { databaseKills } from "./database-kills.ts";
import { flood } from "./flood.ts";
import { fuzz } from "./fuzz.ts";
import { histories } from "./histories.ts";
import { kills } from "./kills.ts";
import { plants } from "./plants.ts";
import { programmeMonths } from "./programme-months.ts";
import type { Proof } from "./proof.ts";
import { readings } from "./readings.ts";
import { settlements } from "./settlements.ts";

/** A proof is added here, and is then known to `npm run prove` and tried by `npm test`. */
export const PROOFS: readonly Proof[] = [
  columnTrains,
  columnEstimates,
  settlements,
  programmeMonths,
  histories,
  plants,
  readings,
  databaseKills,
  flood,
  fuzz,
  kills,
];
