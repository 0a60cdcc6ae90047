/** What this browser remembers of its user, by name. Nothing of it is proof of anything. */
export const WORDS = {
  actor: "didym.actor",
  view: "didym.view",
  tour: "didym.tour",
  welcomed: "didym.welcomed",
  outbox: "didym.outbox",
  calibration: "didym.calibration",
} as const;

/** Storage may be switched off in a browser; then nothing is remembered, and everything still works. */
export function readRemembered(name: string): string | undefined {
  try {
    return globalThis.localStorage?.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(name: string, value: string | undefined): void {
  try {
    if (value === undefined) globalThis.localStorage?.removeItem(name);
    else globalThis.localStorage?.setItem(name, value);
  } catch {
    // Switched off: see above.
  }
}
