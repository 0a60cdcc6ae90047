import { z } from "zod";
import {
  decideProductSampling,
  decideSampling,
  notAmong,
  type Portion,
  type ProductPortion,
  type ProductSide,
  type Side,
  unnamed,
} from "../../assay/index.ts";
import {
  type Mass as GivenMass,
  Id,
  Instant,
  Mass,
  notInFuture,
  positiveMass,
  Text,
} from "../../contract/fields.ts";
import { LotOnHandId, NewOrMadeId, OwnReference, PartyId, titled } from "../../contract/identifiers.ts";
import type { Lot } from "../../ledger/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { command, type Scope } from "../core/use-case.ts";
import { ofEveryLot } from "../core/whose.ts";
import { firmsOf } from "./firms.ts";
import { laboratoryTermsFor } from "./laboratory-terms.ts";
import { SamplingFields, samplingOf } from "./sampling-fields.ts";

/** What two firms share is sealed and weighed; of a product the laboratory's portion may be named alone. */
const Portions = z.union([
  titled(
    z
      .array(
        z.strictObject({
          side: z.enum(["supplier", "processor", "umpire"]),
          seal: OwnReference(Id, "seal"),
          mass: Mass,
          laboratory: PartyId()
            .optional()
            .describe("who measures it: no other reports for that side; open where left out"),
        }),
      )
      .length(3),
    "two firms' portions",
  ),
  titled(
    z
      .array(
        z.strictObject({
          side: z.enum(["product", "retained"]),
          seal: OwnReference(Id, "seal").optional(),
          mass: Mass.optional(),
        }),
      )
      .min(1)
      .max(2),
    "a product's portions",
  ),
]);

const Composite = z
  .array(
    z.strictObject({
      lot: LotOnHandId(),
      drums: z.array(OwnReference(Id, "drum")).min(1).max(1000),
      increments_count: z.number().int().min(1).max(10_000),
    }),
  )
  .max(100)
  .default([])
  .describe("of a product in several lots: what was taken of each");

export const takeSample = command({
  room: "assay",
  verb: "sample",
  summary:
    "Draw a sample: of a lot that two firms settle, in three sealed portions; or of a product, for its certificate of analysis.",
  input: z.strictObject({
    sample: NewOrMadeId("sample"),
    lot: LotOnHandId(),
    purpose: z.enum(["exchange", "product"]).default("exchange"),
    at: Instant.optional(),
    method: Text.default("increments from each drum, riffled"),
    increments_count: z.number().int().min(1).max(10_000).default(1),
    portions: Portions.describe(
      "what is taken stays in the mass of the lot: divide it off (prepare step, split) before the sample is drawn of the rest, or once the lot is settled, or before it is certified",
    ),
    composite: Composite,
    witnessed_by: z.array(PartyId()).max(10).default([]),
    ...SamplingFields,
  }),
  example: {
    sample: "Y-1",
    lot: "L-MAGNETS",
    purpose: "exchange" as const,
    method: "ten increments from each drum, riffled",
    increments_count: 50,
    portions: [
      { side: "supplier" as const, seal: "Y-1", mass: "150 g" },
      { side: "processor" as const, seal: "Y-2", mass: "150 g" },
      { side: "umpire" as const, seal: "Y-3", mass: "150 g" },
    ],
    composite: [],
    witnessed_by: ["sample-recycler", "sample-refiner"],
  },
  concerns: {
    says: "the owner of the lot, or the party at whose site it stands",
    of: async ({ lot, composite }, records) =>
      ofEveryLot(records, [lot, ...composite.map((part) => part.lot)]),
  },
  async decide(scope, { purpose, composite, portions, ...given }) {
    const { sampling_sd, increment_sd, grain, mass, moisture_sd_pct, ...input } = given;
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    const sample = input.sample ?? scope.newId("Y-");
    const before = await scope.get("sample", sample);
    const read = portionsOf(portions);
    if (!read.ok) return read;
    const lot = await scope.get("lot", input.lot);
    const stated = { sampling_sd, increment_sd, grain, mass, moisture_sd_pct };
    const known = samplingOf(stated, { lot, portions: read.value });
    if (!known.ok) return known;
    const sampling = known.value === undefined ? {} : { sampling: known.value };
    const taken = { ...input, sample, at: at.value, ...sampling };
    if (purpose === "product") {
      const lots = new Map<string, Lot>();
      for (const id of new Set([input.lot, ...composite.map((part) => part.lot)])) {
        const lot = await scope.get("lot", id);
        if (lot) lots.set(id, lot);
      }
      const increments_count =
        composite.length > 0
          ? composite.reduce((n, part) => n + part.increments_count, 0)
          : input.increments_count;
      const decided = decideProductSampling(before, lots, {
        ...taken,
        increments_count,
        portions: read.value as ProductPortion[],
        composite,
      });
      if (!decided.ok) return decided;
      return done({ entries: [{ kind: "product_sample_taken", body: decided.value }], answer: { sample } });
    }
    const sealed = sealedPortions(read.value, composite.length);
    if (!sealed.ok) return sealed;
    const firms = lot ? await firmsOf(scope, lot) : {};
    const named = await namedLaboratories(scope, { lot: input.lot, at: at.value, firms }, sealed.value);
    if (named) return named;
    const decided = decideSampling(before, lot, {
      ...{ ...taken, portions: sealed.value, firms, written_at: scope.now },
    });
    if (!decided.ok) return decided;
    return done({ entries: [{ kind: "sample_taken", body: decided.value }], answer: { sample } });
  },
});

/** Laboratories that portions are sealed for are ones there are, that the terms allow, and not one firm's word for the other. */
async function namedLaboratories(
  scope: Scope,
  drawn: Parameters<typeof laboratoryTermsFor>[1],
  portions: readonly Portion[],
) {
  const by_name = portions.flatMap(({ side, laboratory }, i) =>
    laboratory === undefined ? [] : [{ side, laboratory, at: `portions[${i}].laboratory` }],
  );
  if (by_name.length === 0) return undefined;
  const { named } = await laboratoryTermsFor(scope, drawn);
  const { party } = scope.actor;
  for (const { side, laboratory, at } of by_name) {
    if (!(await scope.get("party", laboratory)))
      return refuse("party_unknown", at, `no party ${laboratory} is registered`);
    const allowed = named?.[side];
    if (allowed && !allowed.includes(laboratory)) return unnamed(at, notAmong(side, laboratory, allowed));
    const other = side === "supplier" ? drawn.firms?.processor : drawn.firms?.supplier;
    if (!allowed && side !== "umpire" && other === party)
      return refuse("party_differs", at, `who measures for the ${side} is that firm's to name, or both's`);
  }
  return undefined;
}

interface ReadPortion {
  readonly side: Side | ProductSide;
  readonly laboratory?: string;
  readonly seal?: string;
  readonly mass_mg?: number;
}

function portionsOf(
  portions: readonly {
    side: ReadPortion["side"];
    seal?: string | undefined;
    mass?: GivenMass | undefined;
    laboratory?: string | undefined;
  }[],
) {
  const read: ReadPortion[] = [];
  for (const [i, { side, seal, mass, laboratory }] of portions.entries()) {
    const mass_mg = mass === undefined ? undefined : positiveMass(mass, `portions[${i}].mass`);
    if (mass_mg && !mass_mg.ok) return mass_mg;
    read.push({
      side,
      ...(seal === undefined ? {} : { seal }),
      ...(laboratory === undefined ? {} : { laboratory }),
      ...(mass_mg === undefined ? {} : { mass_mg: mass_mg.value }),
    });
  }
  return done(read);
}

/** What two firms share has a seal and a mass, portion by portion; and it is of one lot. */
function sealedPortions(portions: readonly ReadPortion[], composite_count: number) {
  if (composite_count > 0)
    return refuse("composite_of_exchange", "composite", "what two firms settle is sampled lot by lot");
  const sealed: Portion[] = [];
  for (const { side, seal, mass_mg, laboratory } of portions) {
    if (side === "product" || side === "retained" || seal === undefined || mass_mg === undefined) {
      const asked = "a sample has three portions: supplier, processor and umpire";
      return refuse(
        "portions_incomplete",
        "portions",
        `${asked}; one of a product is drawn for that purpose`,
      );
    }
    sealed.push({ side, seal, mass_mg, ...(laboratory === undefined ? {} : { laboratory }) });
  }
  return done(sealed);
}
