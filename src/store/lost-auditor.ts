import type { By } from "./audited-lot.ts";
import type { AuditedPapers } from "./audited-papers.ts";
import type { Found } from "./found.ts";
import type { AuditedStep } from "./matter-auditor.ts";

/** What weighing can lose of taken matter, of one division and of a passport over all of them. */
const MOST_BY_WEIGHING = 0.01;

/** What divisions lost of matter that a passport describes or an order waits for (P48). */
export class LostAuditor {
  private readonly papers: AuditedPapers;
  private readonly byPassport = new Map<string, number>();
  private readonly byStep = new Map<string, By>();

  constructor(papers: AuditedPapers) {
    this.papers = papers;
  }

  take(
    step: AuditedStep,
    { taken, along, lost }: { readonly taken: "claimed" | "promised"; readonly along: By; readonly lost: By },
  ): Found[] {
    if (taken === "claimed") this.byStep.set(step.step, lost);
    const parts = 1 + step.outputs.length;
    return [...lost].flatMap(([name, mg]) => {
      if (mg <= 0) return [];
      let [gone, whole] = [mg, along.get(name) ?? 0];
      if (taken === "claimed") {
        const total = (this.byPassport.get(name) ?? 0) + mg;
        this.byPassport.set(name, total);
        const paper = this.papers.massOf(name);
        if (total > MOST_BY_WEIGHING * paper + parts) [gone, whole] = [total, paper];
      }
      if (gone <= MOST_BY_WEIGHING * whole + parts) return [];
      const fault = taken === "claimed" ? "passport_of_reversed_lot" : "promised_matter_changed";
      const why = `${step.step} divided ${step.inputs[0]?.lot}: of ${whole} mg that is ${taken === "claimed" ? "described by" : "promised to"} ${name}, ${gone} mg is lost`;
      return [{ check: "takings" as const, fault, why }];
    });
  }

  putBack(step: AuditedStep): void {
    for (const [name, mg] of this.byStep.get(step.step) ?? [])
      this.byPassport.set(name, (this.byPassport.get(name) ?? 0) - mg);
    this.byStep.delete(step.step);
  }
}
