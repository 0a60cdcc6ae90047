import { z } from "zod";
import {
  type AssayBooked,
  apartIn,
  type BookedLine,
  beforeBooking,
  bookedOf,
  decideBooking,
  dryMass,
  type Fraction,
  fractionReported,
  leftOf,
  moistureReported,
  readTogether,
  type Sample,
  type Side,
} from "../../assay/index.ts";
import { Instant, notInFuture, Text } from "../../contract/fields.ts";
import { inUnit, SampleId, Sd, titled } from "../../contract/identifiers.ts";
import {
  assayAnew,
  CLOSURE_K,
  type ContentRead,
  type ElementContents,
  type Lot,
  restatement,
  takenOf,
} from "../../ledger/index.ts";
import { done, type Measured, measured, multiply, refuse, spread } from "../../quantity/index.ts";
import { command, type Scope } from "../core/use-case.ts";
import { ofLot } from "../core/whose.ts";
import { withdrawals } from "../ledger/withdraw.ts";

export const bookResults = command({
  room: "assay",
  verb: "book-results",
  summary:
    "Put a sample's released results on the books of its lot: combined with what was known, and what differs by more than chance named.",
  input: z.strictObject({
    sample: SampleId(),
    moisture_pct: inUnit(
      z.strictObject({ best: titled(z.number().min(0).lt(100), "value"), sd: Sd(z.number().min(0)) }),
      "%",
    )
      .optional()
      .describe("of the lot, where no laboratory reported it"),
    why: Text.optional(),
    at: Instant.optional(),
  }),
  example: { sample: "Y-2", why: "assayed anew before it is dissolved" },
  concerns: {
    says: "the owner of the lot, or the party at whose site it stands",
    of: async ({ sample }, records) => ofLot(records, (await records.get("sample", sample))?.lot),
  },
  async decide(scope, { sample: id, moisture_pct, why, at: when }) {
    const at = notInFuture(when, scope.now);
    if (!at.ok) return at;
    const found = await scope.get("sample", id);
    const lot = found && (await scope.get("lot", found.lot));
    const before = beforeBooking(found, lot);
    const decided = decideBooking(
      found,
      { sample: id, at: at.value },
      { settled: await isSettled(scope, found), replaceable: before !== undefined },
    );
    if (!decided.ok) return decided;
    const { sample, sides } = decided.value;
    const alone = await ofSettledLot(scope, sample);
    if (alone) return alone;
    if (!lot || (lot.state !== "on_hand" && lot.state !== "in_transit"))
      return refuse(
        "lot_not_held",
        "sample",
        `${sample.lot} is ${lot?.state ?? "unknown"}: what is gone cannot be measured again`,
      );
    const moisture = moistureReported(sample) ?? statedMoisture(id, moisture_pct);
    if (!moisture)
      return refuse(
        "moisture_missing",
        "moisture_pct",
        "no laboratory reported moisture; state what was agreed",
      );
    const read = readingsOf(sample, sides, dryMass(lot.mass_mg, moisture));
    const before_mg = before ?? lot.elements_mg;
    const contents = assayAnew(before_mg, read.elements_mg, (element) => apartIn(id, element));
    const { restated, lines } = await bookedOn(scope, {
      lot,
      before_mg,
      contents,
      sides: read.sigmas,
      at: at.value,
      id,
    });
    const { entries, withdrawn } = await withdrawals(scope, restated, new Map([[lot.id, lot]]));
    const body: AssayBooked = {
      ...{ sample: id, lot: lot.id, at: at.value, sides, lines, before_mg },
      ...{ left: leftOf({ ...lot, ...restated.at(-1)?.after }), results: bookedOf(sample, sides) },
      ...(why === undefined ? {} : { why }),
    };
    return done({
      entries: [
        { kind: "assay_booked", body },
        ...restated.map((one) => ({ kind: "lot_restated", body: one })),
        ...entries,
      ],
      answer: {
        ...{ sample: id, lot: lot.id, restated: restated.length > 0, lines },
        findings: findingsOf(lot.id, id, lines),
        withdrawn,
      },
    });
  },
});

/** A statement that restated the lot has put the sample on the books already. */
async function isSettled(scope: Scope, sample: { sample: string; lot: string } | undefined) {
  const statements = sample && (await scope.get("statement", sample.lot));
  return statements?.issued.some((one) => one.sample === sample?.sample && one.booked !== undefined) ?? false;
}

/** What two firms settled a lot on is not put beside another sample by one of them (Y25). */
async function ofSettledLot(scope: Scope, { sample, lot }: Sample) {
  const statements = await scope.get("statement", lot);
  if (!statements || statements.issued.length === 0 || statements.sample === sample) return undefined;
  return refuse(
    "one_party_alone",
    "sample",
    `${lot} is settled on ${statements.sample}: both firms settle it on ${sample} together (settle move-lot)`,
  );
}

const statedMoisture = (
  sample: string,
  given: { readonly best: number; readonly sd: number } | undefined,
): Measured | undefined => given && measured(given.best, given.sd, `reading:${sample}/moisture`);

/** What the released sides say together, element by element, in milligrams of the lot. */
function readingsOf(sample: Sample, sides: readonly Side[], dry_mg: Measured) {
  const elements_mg: Record<string, Measured & { below?: boolean }> = {};
  const sigmas: Record<string, number> = {};
  const names = new Set(sides.flatMap((side) => Object.keys(sample.reports[side]?.mg_per_kg ?? {})));
  for (const element of names) {
    const fractions = sides
      .map((side): Fraction | undefined => fractionReported(sample, side, element))
      .filter((one) => one !== undefined);
    const together = readTogether(sample.sample, element, fractions);
    const below = together.fraction.below ? { below: true } : {};
    elements_mg[element] = { ...multiply(dry_mg, together.fraction), ...below };
    sigmas[element] = together.sigmas;
  }
  return { elements_mg: elements_mg as ElementContents, sigmas };
}

/**
 * What is restated, and each line as it is kept. A lot whose content a certificate of analysis, a passport or a promise states keeps
 * it while both agree: what was read stands beside.
 */
async function bookedOn(
  scope: Scope,
  given: {
    readonly lot: Lot;
    readonly before_mg: ElementContents;
    readonly contents: readonly ContentRead[];
    readonly sides: Readonly<Record<string, number>>;
    readonly at: string;
    readonly id: string;
  },
) {
  const { lot, before_mg, contents, sides, at, id } = given;
  const takings = await scope.get("taking", lot.id);
  const stated =
    takenOf(takings, "claimed") + takenOf(takings, "promised") > 0 ||
    (await scope.get("certificate", lot.id)) !== undefined;
  const keep = stated && contents.every(({ agrees }) => agrees);
  const lines = contents.map(
    ({ element, known, reading, sigmas, agrees, held }): BookedLine => ({
      element,
      ...(known ? { known: figure(known) } : {}),
      read: figure(reading),
      sigmas: Number(sigmas.toFixed(2)),
      sides_sigmas: Number((sides[element] ?? 0).toFixed(2)),
      agrees,
      now: figure(keep && known ? known : held),
    }),
  );
  // Kept is what the books hold: a booking whose place is taken did not change it either.
  if (keep && before_mg === lot.elements_mg) return { restated: [], lines };
  const elements_mg = {
    ...before_mg,
    ...Object.fromEntries(
      contents.map(({ element, known, held }) => [element, keep && known ? known : held]),
    ),
  };
  return { restated: [restatement(lot, { at, why: "assayed_again", evidence: id, elements_mg })], lines };
}

const figure = (of: Measured) => ({ mg: Math.round(of.best), sd_mg: Math.round(spread(of)) });

/** What differs by more than chance: the two readings, never one of them alone. */
function findingsOf(lot: string, sample: string, lines: readonly BookedLine[]) {
  const said = ({ mg, sd_mg }: { mg: number; sd_mg: number }) => `${mg} ± ${sd_mg} mg`;
  return lines.flatMap(({ element, known, read, sigmas, sides_sigmas, agrees }) => [
    ...(agrees || !known
      ? []
      : [
          {
            code: "assays_differ" as const,
            ...{ element, known, read, sigmas },
            message: `${lot} was known to hold ${said(known)} of ${element}, ${sample} says ${said(read)}: ${sigmas} standard uncertainties apart`,
          },
        ]),
    ...(sides_sigmas <= CLOSURE_K
      ? []
      : [
          {
            code: "laboratories_differ" as const,
            ...{ element, read, sigmas: sides_sigmas },
            message: `the laboratories of ${sample} lie ${sides_sigmas} standard uncertainties apart in ${element}`,
          },
        ]),
  ]);
}
