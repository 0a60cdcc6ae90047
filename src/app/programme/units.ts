import { z } from "zod";
import { Mass, PageOf, positiveMass, Text } from "../../contract/fields.ts";
import { inUnit, NewId, SiteId, titled, UnitId, UnitKind } from "../../contract/identifiers.ts";
import { decideUnit, decideUnitChange, type Readings, type Sd, type Unit } from "../../programme/index.ts";
import { done, inHalves, refuse } from "../../quantity/index.ts";
import { pageOf } from "../core/pages.ts";
import { command, query } from "../core/use-case.ts";
import { ofSite } from "../core/whose.ts";
import { Change, changeOf } from "./change.ts";
import { CalibrationFields, calibrationOf, SdFormField, sdFormOf } from "./reading-fields.ts";

const Bed = {
  diameter_mm: inUnit(z.number().positive().max(100_000), "mm").optional(),
  bed_length_mm: inUnit(z.number().positive().max(100_000), "mm").optional(),
  scale_sd: titled(Mass, "doubt of the scale")
    .optional()
    .describe(
      "standard uncertainty of one weighing, where its parts are not known: half its square is each's",
    ),
  repeatability_sd: titled(SdFormField, "repeatability").optional(),
  bias_sd: titled(SdFormField, "bias").optional(),
  calibration: CalibrationFields.optional(),
};

type DoubtGiven = Pick<
  z.infer<z.ZodObject<typeof Bed>>,
  "scale_sd" | "repeatability_sd" | "bias_sd" | "calibration"
>;

/** What is stated of a scale's doubt, in milligrams: one figure for both parts, or each by itself (G9). */
function doubtOf({ scale_sd, repeatability_sd, bias_sd, calibration }: DoubtGiven) {
  const period = calibration === undefined ? done(undefined) : calibrationOf(calibration);
  if (!period.ok) return period;
  const within = period.value === undefined ? {} : { calibration: period.value };
  const parts = [repeatability_sd, bias_sd].filter((part) => part !== undefined).length;
  if (parts === 1)
    return refuse(
      "doubt_missing",
      repeatability_sd === undefined ? "repeatability_sd" : "bias_sd",
      "repeatability and bias are stated together; one that is not known is a figure all the same",
    );
  if (parts === 2 && scale_sd !== undefined)
    return refuse("doubt_stated_twice", "scale_sd", "state the whole doubt or its two parts, not both");
  if (repeatability_sd !== undefined && bias_sd !== undefined) {
    const repeatability = sdFormOf(repeatability_sd, "repeatability_sd");
    if (!repeatability.ok) return repeatability;
    const bias = sdFormOf(bias_sd, "bias_sd");
    if (!bias.ok) return bias;
    return done({ readings: { repeatability: repeatability.value, bias: bias.value, ...within } });
  }
  if (scale_sd === undefined)
    return period.value === undefined
      ? done({})
      : refuse("doubt_missing", "calibration", "a calibration comes with the doubt it found");
  const sd = positiveMass(scale_sd, "scale_sd");
  if (!sd.ok) return sd;
  const half: Sd = { sd: inHalves(sd.value).random };
  const readings: Readings = { repeatability: half, bias: half, ...within };
  return done({ scale_sd_mg: sd.value, ...(calibration === undefined ? {} : { readings }) });
}

export const registerUnit = command({
  room: "programme",
  verb: "register-unit",
  summary: "Register a unit at a site: a column with its bed, a scale with its doubt, a shredder, a furnace.",
  input: z.strictObject({
    unit: NewId("unit"),
    site: SiteId(),
    kind: UnitKind(),
    name: Text,
    ...Bed,
  }),
  example: {
    unit: "noblesville-c1",
    site: "noblesville",
    kind: "column",
    name: "Column 1",
    diameter_mm: 457.2,
    bed_length_mm: 1000,
  },
  concerns: { says: "the party of the site", of: async ({ site }, records) => ofSite(records, site) },
  async decide(scope, { unit, scale_sd, repeatability_sd, bias_sd, calibration, ...rest }) {
    const doubt = doubtOf({ scale_sd, repeatability_sd, bias_sd, calibration });
    if (!doubt.ok) return doubt;
    const given = { id: unit, ...rest, ...doubt.value, registered_at: scope.now } as Unit;
    const decided = decideUnit(await scope.get("unit", unit), await scope.get("site", rest.site), given);
    if (!decided.ok) return decided;
    return done({ entries: [{ kind: "unit_registered", body: decided.value }], answer: { unit } });
  },
});

export const changeUnit = command({
  room: "programme",
  verb: "change-unit",
  summary: "Correct a unit, such as the bed of a column or the doubt of a scale, with the reason.",
  input: z.strictObject({ unit: UnitId(), name: Text.optional(), ...Bed, ...Change }),
  example: { unit: "plainfield-floor", scale_sd: "120 g", why: "calibration of the third quarter" },
  concerns: {
    says: "the party of its site",
    of: async ({ unit }, records) => ofSite(records, (await records.get("unit", unit))?.site),
  },
  async decide(scope, { scale_sd, repeatability_sd, bias_sd, calibration, ...given }) {
    const doubt = doubtOf({ scale_sd, repeatability_sd, bias_sd, calibration });
    if (!doubt.ok) return doubt;
    const change = changeOf(scope, { ...given, ...doubt.value });
    if (!change.ok) return change;
    const decided = decideUnitChange(await scope.get("unit", given.unit), change.value);
    if (!decided.ok) return decided;
    return done({ entries: [{ kind: "unit_changed", body: decided.value }], answer: { unit: given.unit } });
  },
});

export const units = query({
  room: "programme",
  verb: "units",
  summary: "Units: columns, scales and the rest.",
  input: z.strictObject({ site: SiteId().optional(), kind: UnitKind().optional(), ...PageOf }),
  example: { limit: 50 },
  answer: (ports, { after, limit, ...filter }) => pageOf(ports, "unit", { after, limit, filter }),
});
