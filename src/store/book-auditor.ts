import type { Entry } from "../ledger/index.ts";
import type { AuditFault } from "./audit.ts";

interface Amount {
  readonly best: number;
  readonly moves: Readonly<Record<string, number>>;
}
interface Part {
  readonly mass_mg: Amount;
  readonly elements_mg: Readonly<Record<string, Amount>>;
}
interface StepBody {
  readonly step: string;
  readonly inputs: readonly (Part & { readonly lot: string })[];
  readonly additions: readonly Part[];
  readonly outputs: readonly (Part & { readonly lot: string })[];
  readonly losses: readonly Part[];
  readonly closure: {
    readonly mass: Stated;
    readonly elements: Readonly<Record<string, Stated>>;
    readonly closes: boolean;
  };
  readonly accept_open?: string;
}
interface Stated {
  readonly residual_mg: number;
  readonly closes: boolean;
}

/** Three standard uncertainties and a milligram a part, written here a second time on purpose: the auditor trusts no other code. */
const SIGMAS = 3;

/** Follows stocks, closures and claims through the log with arithmetic of its own. */
export class BookAuditor {
  closures = 0;
  claims = 0;
  private readonly stock = new Map<string, number>();
  private readonly steps = new Map<string, StepBody>();
  private readonly measured = new Map<string, number>();
  private readonly claimed = new Map<string, { mg: number; last: number }>();
  private readonly passports = new Map<string, Readonly<Record<string, Readonly<Record<string, number>>>>>();

  /** What is wrong with one entry, given all before it. */
  take(entry: Entry): AuditFault[] {
    const body = entry.body as never;
    switch (entry.kind) {
      case "lot_opened":
        return this.open(entry.seq, body);
      case "step_recorded":
        return this.step(entry.seq, body);
      case "step_reversed":
        return this.reverse(body);
      case "lot_restated":
        return this.restate(body);
      case "lot_delivered":
        return this.draw(entry.seq, (body as { lot: string }).lot, (body as { mass_mg: number }).mass_mg);
      case "feed_measured":
        return this.measure(body);
      case "passport_issued":
        return this.claim(entry.seq, body, 1);
      case "passport_revoked":
        return this.unclaim(entry.seq, body);
      default:
        return [];
    }
  }

  /** Law 4: over all passports not revoked, the claims on a feed against what was measured in it. */
  claimFaults(): AuditFault[] {
    const faults: AuditFault[] = [];
    for (const [key, { mg, last }] of this.claimed) {
      const ceiling = this.measured.get(key) ?? 0;
      if (mg <= ceiling) continue;
      const [feed, element] = key.split("|");
      faults.push(
        fault(
          last,
          "over_claimed",
          `${mg} mg of ${element} is claimed on ${feed}, ${ceiling} mg was measured in it`,
        ),
      );
    }
    return faults;
  }

  private open(seq: number, body: { lot: string; mass_mg: Amount }): AuditFault[] {
    const again = this.stock.has(body.lot);
    this.stock.set(body.lot, body.mass_mg.best);
    return again ? [fault(seq, "lot_opened_twice", `${body.lot} was on the books already`)] : [];
  }

  private draw(seq: number, lot: string, mass_mg: number): AuditFault[] {
    const held = this.stock.get(lot);
    if (held === undefined) return [fault(seq, "lot_unknown", `${lot} was drawn on before it existed`)];
    this.stock.set(lot, held - mass_mg);
    return held < mass_mg
      ? [fault(seq, "stock_negative", `${lot} held ${held} mg, ${mass_mg} mg was taken`)]
      : [];
  }

  private step(seq: number, body: StepBody): AuditFault[] {
    const faults = body.inputs.flatMap((i) => this.draw(seq, i.lot, i.mass_mg.best));
    for (const output of body.outputs) faults.push(...this.open(seq, output));
    this.steps.set(body.step, body);
    this.closures++;
    const names = new Set(Object.keys(body.closure.elements));
    for (const part of [...body.inputs, ...body.additions, ...body.outputs, ...body.losses]) {
      for (const name of Object.keys(part.elements_mg)) names.add(name);
    }
    faults.push(
      ...checkBalance(seq, body, { what: "mass", of: (p) => p.mass_mg, stated: body.closure.mass }),
    );
    for (const name of names) {
      faults.push(
        ...checkBalance(seq, body, {
          what: name,
          of: (p) => p.elements_mg[name],
          stated: body.closure.elements[name],
        }),
      );
    }
    return faults;
  }

  private reverse(body: { step: string }): AuditFault[] {
    const step = this.steps.get(body.step);
    for (const { lot } of step?.outputs ?? []) this.stock.set(lot, 0);
    for (const { lot, mass_mg } of step?.inputs ?? [])
      this.stock.set(lot, (this.stock.get(lot) ?? 0) + mass_mg.best);
    return [];
  }

  private restate(body: { lot: string; after: { mass_mg: Amount } }): AuditFault[] {
    this.stock.set(body.lot, body.after.mass_mg.best);
    return [];
  }

  private measure(body: {
    feed: string;
    elements_mg: Readonly<Record<string, { best: number }>>;
  }): AuditFault[] {
    for (const [element, { best }] of Object.entries(body.elements_mg))
      this.measured.set(`${body.feed}|${element}`, best);
    return [];
  }

  private claim(
    seq: number,
    body: { passport: string; feeds_mg: Readonly<Record<string, Readonly<Record<string, number>>>> },
    sign: 1 | -1,
  ): AuditFault[] {
    this.claims++;
    this.passports.set(body.passport, body.feeds_mg);
    for (const [feed, elements] of Object.entries(body.feeds_mg)) {
      for (const [element, mg] of Object.entries(elements)) {
        const key = `${feed}|${element}`;
        this.claimed.set(key, { mg: (this.claimed.get(key)?.mg ?? 0) + sign * mg, last: seq });
      }
    }
    return [];
  }

  private unclaim(seq: number, body: { passport: string }): AuditFault[] {
    const feeds_mg = this.passports.get(body.passport);
    return feeds_mg ? this.claim(seq, { passport: body.passport, feeds_mg }, -1) : [];
  }
}

const fault = (seq: number, name: string, why: string): AuditFault => ({
  at: `entry ${seq}`,
  fault: name,
  why: `entry ${seq}: ${why}`,
});

function checkBalance(
  seq: number,
  body: StepBody,
  given: { what: string; of: (part: Part) => Amount | undefined; stated: Stated | undefined },
): AuditFault[] {
  let residual = 0;
  let parts = 0;
  const moves = new Map<string, number>();
  const add = (side: readonly Part[], sign: 1 | -1) => {
    for (const part of side) {
      parts++;
      const amount = given.of(part);
      residual += sign * (amount?.best ?? 0);
      for (const [cause, move] of Object.entries(amount?.moves ?? {}))
        moves.set(cause, (moves.get(cause) ?? 0) + sign * move);
    }
  };
  add(body.inputs, 1);
  add(body.additions, 1);
  add(body.outputs, -1);
  add(body.losses, -1);
  const sd = Math.sqrt([...moves.values()].reduce((sum, move) => sum + move * move, 0));
  const { what, stated } = given;
  if (stated === undefined || stated.residual_mg !== residual) {
    return [
      fault(
        seq,
        "closure_misstated",
        `${body.step}, ${what}: ${residual} mg is open, the entry says ${stated?.residual_mg ?? "nothing"}`,
      ),
    ];
  }
  // Outputs lump their smallest causes, so a sum computed from them can be a little less certain than the one stated.
  const open = Math.abs(residual) > SIGMAS * sd + parts;
  if (open && body.accept_open === undefined) {
    return [
      fault(
        seq,
        "step_does_not_close",
        `${body.step}, ${what}: ${residual} mg is open, more than ${SIGMAS} times ${Math.round(sd)} mg`,
      ),
    ];
  }
  return [];
}
