import type { UseCase } from "./core/use-case.ts";
import { ROOMS } from "./rooms.ts";

/** Every use case, in the order of the loop. The API, the command line and the web are made from this list. */
export const useCases: readonly UseCase[] = (
  await Promise.all(Object.values(ROOMS).map((load) => load()))
).flat();

export const findUseCase = (room: string, verb: string): UseCase | undefined =>
  useCases.find((u) => u.room === room && u.verb === verb);
