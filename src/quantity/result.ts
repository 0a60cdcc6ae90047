/** What the trade expects to go wrong: a value, not an exception. `at` names the place in the input. */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
  readonly at: string;
  readonly message: string;
  readonly numbers?: Readonly<Record<string, string | number>>;
}

export type Result<Value, R extends Refusal> = Done<Value> | Refused<R>;

export interface Done<Value> {
  readonly ok: true;
  readonly value: Value;
}

export interface Refused<R extends Refusal> {
  readonly ok: false;
  readonly refusal: R;
}

export const done = <Value>(value: Value): Done<Value> => ({ ok: true, value });

type Numbers = Readonly<Record<string, string | number>>;

/**
 * Refuses. `named` holds what this code says beside its sentence, such as `missing` or `findings`: typed by the code, and shown
 * alike on the command line, in problem+json and in OpenAPI.
 */
export function refuse<Code extends string>(
  code: Code,
  at: string,
  message: string,
  numbers?: Numbers,
): Refused<Refusal<Code>>;
export function refuse<Code extends string, Named extends object>(
  code: Code,
  at: string,
  message: string,
  numbers: Numbers | undefined,
  named: Named,
): Refused<Refusal<Code> & Readonly<Named>>;
export function refuse(
  code: string,
  at: string,
  message: string,
  numbers?: Numbers,
  named?: object,
): Refused<Refusal> {
  return { ok: false, refusal: { ...named, code, at, message, ...(numbers ? { numbers } : {}) } };
}

/** The same refusal at another place: what was read as a part is named by its place in the whole. */
export const refusedAt = <R extends Refusal>(refusal: R, at: string): Refused<R> => ({
  ok: false,
  refusal: { ...refusal, at },
});

/** A bug or a broken world, as opposed to a refusal. */
export class Fault extends Error {
  override readonly name = "Fault";
}

/** States what must be true for the code after it to mean anything. Stays on in production. */
export function assert(condition: unknown, statement: string): asserts condition {
  if (!condition) throw new Fault(`broken assertion: ${statement}`);
}
