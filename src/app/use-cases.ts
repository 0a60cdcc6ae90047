import { assayUseCases } from "./assay/index.ts";
import { certifyUseCases } from "./certify/index.ts";
import { columnUseCases } from "./column/index.ts";
import { intakeUseCases } from "./intake/index.ts";
import { ledgerUseCases } from "./ledger/index.ts";
import { ordersUseCases } from "./orders/index.ts";
import { overviewUseCases } from "./overview/index.ts";
import { prepareUseCases } from "./prepare/index.ts";
import { programmeUseCases } from "./programme/index.ts";
import { refineUseCases } from "./refine/index.ts";
import { settleUseCases } from "./settle/index.ts";
import { shipUseCases } from "./ship/index.ts";
import type { UseCase } from "./use-case.ts";

/** Every use case, in the order of the loop. The API, the command line and the web are made from this list. */
export const useCases: readonly UseCase[] = [
  ...overviewUseCases,
  ...programmeUseCases,
  ...intakeUseCases,
  ...prepareUseCases,
  ...ledgerUseCases,
  ...shipUseCases,
  ...assayUseCases,
  ...settleUseCases,
  ...columnUseCases,
  ...refineUseCases,
  ...certifyUseCases,
  ...ordersUseCases,
];

export const findUseCase = (room: string, verb: string): UseCase | undefined =>
  useCases.find((u) => u.room === room && u.verb === verb);
