import type { Entry } from "../ledger/index.ts";
import type { Found } from "./found.ts";

/** What is planned may lie ahead: of these kinds `at` is, or once was, when the plan begins. All else tells of what was. */
const AHEAD = /^campaign_(?:planned|moved)$/;

/**
 * Nothing happens before what it needs is there, nor after it is told (P49). Whose clock runs ahead is taken to mean now when he asks, so
 * that no entry is written before what it tells.
 */
export class TimeAuditor {
  checked = 0;
  /** Since when a lot is where it stands. */
  private readonly since = new Map<string, string>();
  private readonly steps = new Map<string, string>();

  take({ kind, time, body }: Entry): readonly Found[] {
    const at = body["at"];
    if (typeof at !== "string" || Number.isNaN(Date.parse(at))) return [];
    this.checked++;
    const found: Found[] = [];
    if (!AHEAD.test(kind) && Date.parse(at) > Date.parse(time))
      found.push(fault("time_after_entry", `it tells of ${at} and was written at ${time}`));
    return [...found, ...this.order(kind, body as never, at)];
  }

  private order(kind: string, body: Readonly<Record<string, unknown>>, at: string): Found[] {
    const lot = String(body["lot"]);
    switch (kind) {
      case "lot_opened":
        this.since.set(lot, at);
        return [];
      case "step_recorded":
        return this.step(body as never, at);
      case "step_reversed":
        return this.early(this.steps.get(String(body["step"])), at, `${String(body["step"])} was taken back`);
      case "lots_moved":
        return (body["lots"] as string[]).flatMap((moved) => {
          const found = this.early(this.since.get(moved), at, `${moved} was moved`);
          this.since.set(moved, at);
          return found;
        });
      case "lot_restated":
        return this.early(this.since.get(lot), at, `${lot} was measured anew`);
      case "lot_delivered":
        return this.early(this.since.get(lot), at, `${lot} was delivered`);
      default:
        return [];
    }
  }

  private step(
    body: {
      readonly step: string;
      readonly inputs: readonly { readonly lot: string }[];
      readonly outputs: readonly { readonly lot: string }[];
    },
    at: string,
  ): Found[] {
    const found = body.inputs.flatMap(({ lot }) => this.early(this.since.get(lot), at, `${lot} was used`));
    for (const { lot } of body.outputs) this.since.set(lot, at);
    this.steps.set(body.step, at);
    return found;
  }

  private early(since: string | undefined, at: string, what: string): Found[] {
    if (since === undefined || !(Date.parse(at) < Date.parse(since))) return [];
    return [fault("time_before_input", `${what} at ${at}, and was there since ${since}`)];
  }
}

const fault = (name: string, why: string): Found => ({ check: "times", fault: name, why });
