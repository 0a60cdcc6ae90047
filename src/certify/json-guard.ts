/** JSON nested deeper than this is no document of ours, and would exhaust the stack of what canonicalizes it. */
const DEPTH_MAX = 100;
/** Values in one document: a bundle of a million entries has some twenty million. */
const VALUES_MAX = 50_000_000;

/**
 * Why a value from outside cannot be hashed, or undefined where it can. `JSON.parse` yields things RFC 8785 has no form for:
 * 1e999 becomes infinity, "\\ud800" half a character. Walks without recursion, so depth and cycles end it and not the program.
 */
export function notHashable(value: unknown): string | undefined {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  let count = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    if (++count > VALUES_MAX) return `it holds more than ${VALUES_MAX} values`;
    const fault = faultOf(next.value);
    if (fault) return fault;
    if (typeof next.value !== "object" || next.value === null) continue;
    if (next.depth >= DEPTH_MAX) return `it is nested more than ${DEPTH_MAX} deep`;
    for (const [key, inner] of Object.entries(next.value)) {
      if (!key.isWellFormed()) return "a name in it is not Unicode text";
      open.push({ value: inner, depth: next.depth + 1 });
    }
  }
  return undefined;
}

function faultOf(value: unknown): string | undefined {
  switch (typeof value) {
    case "object":
    case "boolean":
      return undefined;
    case "number":
      return Number.isFinite(value) ? undefined : "a number in it is too large";
    case "string":
      return value.isWellFormed() ? undefined : "a text in it is not Unicode";
    default:
      return "it is not JSON";
  }
}
