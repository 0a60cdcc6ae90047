import type { AnswerOf, InputOf, RefusalOf, UseCase } from "./core/use-case.ts";
import { ROOMS } from "./rooms.ts";

type Room = Awaited<ReturnType<(typeof ROOMS)[keyof typeof ROOMS]>>;
type Listed = Room[number];

/** Every use case by its path, `ROOM/VERB`: a type, so that a room's code is loaded only when it is asked for. */
export type UseCases = { readonly [U in Listed as `${U["room"]}/${U["verb"]}`]: U };
export type Path = keyof UseCases;

export type Input<P extends Path> = InputOf<UseCases[P]>;
export type Answer<P extends Path> = AnswerOf<UseCases[P]>;
/** What the use case at a path may refuse with, beside what the faces refuse for all of them. */
export type RefusalAt<P extends Path> = RefusalOf<UseCases[P]>;
export type UseCaseCode = { readonly [P in Path]: RefusalAt<P>["code"] }[Path];

/** Every use case, in the order of the loop. The API, the command line and the web are made from this list. */
export const useCases: readonly UseCase[] = (
  await Promise.all(Object.values(ROOMS).map((load) => load()))
).flat();

export const findUseCase = (room: string, verb: string): UseCase | undefined =>
  useCases.find((u) => u.room === room && u.verb === verb);

/** What `tools/publish.ts` writes down as schemas. */
export interface Published {
  readonly answers: { readonly [P in Path]: Answer<P> };
  readonly refusals: { readonly [P in Path]: RefusalAt<P> };
}
