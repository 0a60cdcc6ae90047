import { z } from "zod";
import { PageOf } from "../../contract/fields.ts";
import { ElementSymbol, PartyId, titled } from "../../contract/identifiers.ts";
import { decideMethod, decideMethodChange, methodKey, type Readings } from "../../programme/index.ts";
import { done } from "../../quantity/index.ts";
import { pageOf } from "../core/pages.ts";
import { command, query } from "../core/use-case.ts";
import { Change, changeOf } from "./change.ts";
import { CalibrationFields, ContentSdField, calibrationOf, contentSdOf, MgPerKg } from "./reading-fields.ts";

const METHOD_MAX = 200;

const Named = {
  party: PartyId(),
  method: z.string().trim().min(1).max(METHOD_MAX).describe("as its reports name it"),
  element: ElementSymbol(z.string().max(3)),
  from_mg_per_kg: titled(MgPerKg, "from a content of").optional().describe("the level from which this holds"),
};

const Stated = {
  repeatability_sd: titled(ContentSdField, "repeatability"),
  bias_sd: titled(ContentSdField, "bias"),
  calibration: CalibrationFields.optional(),
};

interface Given {
  readonly repeatability_sd?: z.infer<typeof ContentSdField> | undefined;
  readonly bias_sd?: z.infer<typeof ContentSdField> | undefined;
  readonly calibration?: z.infer<typeof CalibrationFields> | undefined;
}

/** What is stated of a method's readings, in mg/kg; what is left out is left out. */
function readingsOf({ repeatability_sd, bias_sd, calibration }: Given) {
  const stated: { -readonly [K in keyof Readings]?: Readings[K] } = {};
  if (repeatability_sd !== undefined) {
    const read = contentSdOf(repeatability_sd, "repeatability_sd");
    if (!read.ok) return read;
    stated.repeatability = read.value;
  }
  if (bias_sd !== undefined) {
    const read = contentSdOf(bias_sd, "bias_sd");
    if (!read.ok) return read;
    stated.bias = read.value;
  }
  if (calibration !== undefined) {
    const read = calibrationOf(calibration);
    if (!read.ok) return read;
    stated.calibration = read.value;
  }
  return done(stated);
}

const levelOf = (from_mg_per_kg: string | undefined): number => Number(from_mg_per_kg ?? 0);

export const registerMethod = command({
  room: "programme",
  verb: "register-method",
  summary:
    "Register how well a laboratory reads an element by a method: what single readings err by, and what all of a calibration share.",
  input: z.strictObject({ ...Named, ...Stated }),
  example: {
    party: "sample-lab-a",
    method: "ICP-OES after acid digestion",
    element: "Nd",
    from_mg_per_kg: "1000",
    repeatability_sd: { relative: "0.002" },
    bias_sd: { relative: "0.003" },
    calibration: { certificate: "CRM-NDFEB-26-1", from: "2026-01-12", to: "2027-01-11" },
  },
  concerns: { says: "the laboratory", of: async ({ party }) => [party] },
  async decide(scope, { repeatability_sd, bias_sd, calibration, from_mg_per_kg, ...of }) {
    const read = readingsOf({ repeatability_sd, bias_sd, calibration });
    if (!read.ok) return read;
    const level = {
      ...{ from_mg_per_kg: levelOf(from_mg_per_kg), ...(read.value as Readings) },
      registered_at: scope.now,
    };
    const decided = decideMethod(
      await scope.get("method", methodKey(of)),
      await scope.get("party", of.party),
      { ...of, ...level },
    );
    if (!decided.ok) return decided;
    return done({
      entries: [{ kind: "method_registered", body: decided.value }],
      answer: { ...of, from_mg_per_kg: level.from_mg_per_kg },
    });
  },
});

export const changeMethod = command({
  room: "programme",
  verb: "change-method",
  summary:
    "Correct what is known of a laboratory's method, or state its new calibration, with the reason; earlier readings keep theirs.",
  input: z.strictObject({
    ...Named,
    repeatability_sd: Stated.repeatability_sd.optional(),
    bias_sd: Stated.bias_sd.optional(),
    calibration: Stated.calibration,
    ...Change,
  }),
  example: {
    party: "sample-lab-a",
    method: "ICP-OES after acid digestion",
    element: "Nd",
    from_mg_per_kg: "1000",
    bias_sd: { relative: "0.0025" },
    why: "calibrated anew against the reference material",
  },
  concerns: { says: "the laboratory", of: async ({ party }) => [party] },
  async decide(scope, { repeatability_sd, bias_sd, calibration, from_mg_per_kg, ...of }) {
    const read = readingsOf({ repeatability_sd, bias_sd, calibration });
    if (!read.ok) return read;
    const change = changeOf(scope, { ...of, from_mg_per_kg: levelOf(from_mg_per_kg), ...read.value });
    if (!change.ok) return change;
    const decided = decideMethodChange(await scope.get("method", methodKey(of)), change.value);
    if (!decided.ok) return decided;
    const { party, method, element } = of;
    return done({
      entries: [{ kind: "method_changed", body: decided.value }],
      answer: { party, method, element, from_mg_per_kg: decided.value.from_mg_per_kg },
    });
  },
});

export const methods = query({
  room: "programme",
  verb: "methods",
  summary: "How well laboratories read each element by each method: repeatability and bias, level by level.",
  input: z.strictObject({
    party: PartyId().optional(),
    element: ElementSymbol(z.string().max(3)).optional(),
    ...PageOf,
  }),
  example: { party: "sample-lab-a", limit: 50 },
  answer: (ports, { after, limit, ...filter }) => pageOf(ports, "method", { after, limit, filter }),
});
