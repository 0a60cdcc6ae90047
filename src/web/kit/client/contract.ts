import type { Answer, Input, Path, UseCases } from "../../../app/use-cases.ts";

export type { Answer, Input } from "../../../app/use-cases.ts";

type PathsOf<Type> = { readonly [P in Path]: UseCases[P]["type"] extends Type ? P : never }[Path];

export type QueryPath = PathsOf<"query">;
export type CalculationPath = PathsOf<"calculation">;
export type CommandPath = PathsOf<"command">;
export type ActionPath = PathsOf<"action">;

/** Queries that answer a list, whole or a page at a time. */
export type ListPath = {
  readonly [P in QueryPath]: Answer<P> extends { readonly items: readonly unknown[] } ? P : never;
}[QueryPath];

export type Item<P extends ListPath> = Answer<P>["items"][number];

/** What is asked of a query; fields left undefined are left out. */
export type Asked<P extends Path> = { readonly [F in keyof Input<P>]?: Input<P>[F] | undefined };
