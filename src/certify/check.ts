/** One answer of the verifier, with its reason in plain words. */
export interface Check {
  readonly name: string;
  readonly result: "passed" | "failed" | "not_checked";
  readonly why: string;
}

export type Outcome = Omit<Check, "name">;

export const passed = (why: string): Outcome => ({ result: "passed", why });
export const failed = (why: string): Outcome => ({ result: "failed", why });
export const notChecked = (why: string): Outcome => ({ result: "not_checked", why });
