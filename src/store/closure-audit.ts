// The balance of one step worked out a second time, on purpose without the code that worked it out first.

interface Amount {
  readonly best: number;
  readonly moves: Readonly<Record<string, number>>;
}

export interface Part {
  readonly mass_mg: Amount;
  readonly elements_mg: Readonly<Record<string, Amount>>;
  readonly feeds_mg?: Readonly<Record<string, object>>;
}

interface Stated {
  readonly in_mg: number;
  readonly added_mg: number;
  readonly out_mg: number;
  readonly lost_mg: number;
  readonly residual_mg: number;
  readonly sd_mg?: number;
  readonly moves_mg?: Readonly<Record<string, number>>;
  readonly closes: boolean;
}

export interface StepBody {
  readonly step: string;
  readonly inputs: readonly (Part & { readonly lot: string })[];
  readonly additions: readonly Part[];
  readonly outputs: readonly (Part & { readonly lot: string })[];
  readonly losses: readonly Part[];
  readonly closure: { readonly mass: Stated; readonly elements: Readonly<Record<string, Stated>> };
  readonly accept_open?: string;
  readonly rules?: number;
}

export interface ClosureFault {
  readonly fault: "closure_misstated" | "step_does_not_close" | "element_rises";
  readonly why: string;
}

/** Three standard uncertainties and a milligram a part (src/ledger/SPEC.md, L17), written here a second time. */
const SIGMAS = 3;

/** By the third rules, however wide the doubt: below a feed at most a twentieth of what went in, or a thousandth of the mass (L19). */
const MOST_RISEN = 0.05;
const TRACE = 0.001;

/** Small causes of an output that were put together under one name; how they correlate is no longer known. */
const LUMP = "small:";

/** What is wrong with the balances a step states: first the mass, then the elements in order of name. */
export function closureFaults(body: StepBody): ClosureFault[] {
  const parts = [...body.inputs, ...body.additions, ...body.outputs, ...body.losses];
  const names = new Set(Object.keys(body.closure.elements));
  for (const part of parts) for (const name of Object.keys(part.elements_mg)) names.add(name);
  return [
    ...balanceFaults(body, { what: "mass", of: (part) => part.mass_mg, stated: body.closure.mass }),
    ...[...names].sort().flatMap((name) =>
      balanceFaults(body, {
        what: name,
        of: (part) => part.elements_mg[name],
        stated: body.closure.elements[name],
      }),
    ),
  ];
}

function balanceFaults(
  body: StepBody,
  given: { what: string; of: (part: Part) => Amount | undefined; stated: Stated | undefined },
): ClosureFault[] {
  const { what, of, stated } = given;
  const total = (side: readonly Part[]) => side.reduce((mg, part) => mg + (of(part)?.best ?? 0), 0);
  const in_mg = total(body.inputs);
  const added_mg = total(body.additions);
  const out_mg = total(body.outputs);
  const lost_mg = total(body.losses);
  const residual_mg = in_mg + added_mg - out_mg - lost_mg;
  const found = { in_mg, added_mg, out_mg, lost_mg, residual_mg };
  for (const [name, mg] of Object.entries(found)) {
    const said = stated?.[name as keyof typeof found];
    if (said !== mg) {
      const why = `${body.step}, ${what}: ${name} is ${mg}, the entry says ${said ?? "nothing"}`;
      return [{ fault: "closure_misstated", why }];
    }
  }
  const sd_mg = doubtOf(body, of);
  const wide = wideDoubt(stated, sd_mg);
  if (wide !== undefined) return [{ fault: "closure_misstated", why: `${body.step}, ${what}: ${wide}` }];
  const parts = body.inputs.length + body.additions.length + body.outputs.length + body.losses.length;
  const open = Math.abs(residual_mg) > SIGMAS * sd_mg + parts;
  if (body.accept_open === undefined && stated?.closes !== true) {
    return [
      {
        fault: "closure_misstated",
        why: `${body.step}, ${what}: it does not say that it closes, nor why not`,
      },
    ];
  }
  // A step that is booked open says so, and why: of a loss. Of a gain there is no why.
  if (!open || stated?.closes === false) {
    const most_mg = what === "mass" ? undefined : mostRisen(body, in_mg + added_mg);
    if (most_mg === undefined || -residual_mg - parts <= Math.min(SIGMAS * sd_mg, most_mg)) return [];
    const why = `${body.step}, ${what}: ${-residual_mg} mg from nowhere, its doubt is ${Math.round(sd_mg)} mg`;
    return [{ fault: "element_rises", why }];
  }
  const why = `${body.step}, ${what}: ${residual_mg} mg is open, more than ${SIGMAS} times ${Math.round(sd_mg)} mg`;
  return [{ fault: "step_does_not_close", why }];
}

/** Doubles are added in another order here than there. */
const ALIKE = 1e-6;
const MG = 1;

/** A balance that says what moves it says no more than its parts do: a doubt made up would hide what is taken, step by step. */
function wideDoubt(stated: Stated | undefined, most_mg: number): string | undefined {
  if (stated?.moves_mg === undefined) return undefined;
  const moved_mg = Math.hypot(...Object.values(stated.moves_mg));
  const apart_mg = Math.abs(moved_mg - (stated.sd_mg ?? 0));
  if (moved_mg <= most_mg * (1 + ALIKE) + MG && apart_mg <= moved_mg * ALIKE + MG) return undefined;
  const said = `it says a doubt of ${Math.round(stated.sd_mg ?? 0)} mg, moved by ${Math.round(moved_mg)} mg`;
  return `${said}; its parts are moved by ${Math.round(most_mg)} mg`;
}

/** Metal is lost in a plant and never made: what may come out beyond what went in, though the doubt be wider. */
function mostRisen(body: StepBody, entered_mg: number): number {
  const settled = body.inputs.some(({ feeds_mg = {} }) => Object.keys(feeds_mg).length > 0);
  if (!settled || (body.rules ?? 1) < 3) return Number.POSITIVE_INFINITY;
  const mass_mg = [...body.inputs, ...body.additions].reduce((mg, part) => mg + part.mass_mg.best, 0);
  return Math.max(MOST_RISEN * entered_mg, TRACE * mass_mg);
}

/** Standard uncertainty of the residual, in mg. Lumps count in full, so that it is never less than what it was before lumping. */
function doubtOf(body: StepBody, of: (part: Part) => Amount | undefined): number {
  const moves = new Map<string, number>();
  let lumps = 0;
  const sides = [
    [1, body.inputs],
    [1, body.additions],
    [-1, body.outputs],
    [-1, body.losses],
  ] as const;
  for (const [sign, side] of sides) {
    for (const part of side) {
      // Put together by this step itself, what stands under one name in two outputs may be two things.
      for (const [cause, move] of Object.entries(of(part)?.moves ?? {}))
        if (cause.startsWith(`${LUMP}${body.step}`)) lumps += Math.abs(move);
        else moves.set(cause, (moves.get(cause) ?? 0) + sign * move);
    }
  }
  let squares = 0;
  for (const [cause, move] of moves) {
    if (cause.startsWith(LUMP)) lumps += Math.abs(move);
    else squares += move * move;
  }
  return Math.sqrt(squares) + lumps;
}
