/** What is told of a fault: its kind, and where it happened. What it says is left out, for it may quote what was asked (A41). */
export interface FaultSeen {
  readonly kind: string;
  /** Of the system or of PostgreSQL. */
  readonly code?: string;
  readonly stack: readonly string[];
  readonly cause?: FaultSeen;
}

const FRAMES_MAX = 30;
const CAUSES_MAX = 5;

export function seenOf(error: unknown, depth = 0): FaultSeen {
  const { name, code, cause } = error as { name?: unknown; code?: unknown; cause?: unknown };
  const known = wordOf(code);
  return {
    kind: wordOf(name) ?? "Error",
    ...(known === undefined ? {} : { code: known }),
    stack: framesOf(error as Partial<Error>),
    ...(cause instanceof Error && depth < CAUSES_MAX ? { cause: seenOf(cause, depth + 1) } : {}),
  };
}

const wordOf = (given: unknown): string | undefined =>
  typeof given === "string" && /^\w{1,60}$/.test(given) ? given : undefined;

/** The lines of the stack behind what the error says, which may itself have lines that look like them. */
function framesOf({ stack = "", message = "" }: Partial<Error>): string[] {
  const said = stack.indexOf(message);
  const lines = (said < 0 ? "" : stack.slice(said + message.length)).split("\n");
  return lines
    .filter((line) => /^ {4}at /.test(line))
    .slice(0, FRAMES_MAX)
    .map((line) => line.trim().slice(3, 300));
}
