const number = (minimum: number, description: string) => ({ type: "number", minimum, description });
const elementOrTotal = { type: "string", description: "An element symbol, or total_ree" };
const normal = (unit: string) => ({
  type: "object",
  required: ["best", "sd"],
  properties: { best: number(0, `Mean, ${unit}`), sd: number(0, `Standard deviation, ${unit}`) },
});

/** JSON Schema (2020-12) of what `inferLot` reads; the reader itself gives the reasons for refusing. */
export const LOT_INPUT_SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Lot inference input",
  type: "object",
  anyOf: [{ required: ["units"] }, { required: ["prior"] }],
  properties: {
    units: {
      type: "array",
      items: {
        type: "object",
        required: ["family", "prior_class", "count"],
        properties: {
          family: { type: "string" },
          prior_class: { type: "string", description: "A row of the prior table" },
          count: number(1, "Pieces"),
        },
      },
    },
    teardowns: {
      type: "array",
      description: "Devices taken apart: they replace the prior of their family",
      items: {
        type: "object",
        required: ["family", "prior_class", "parts"],
        properties: {
          family: { type: "string" },
          prior_class: { type: "string" },
          parts: {
            type: "array",
            items: {
              type: "object",
              required: ["part", "magnets_g"],
              properties: {
                part: { type: "string", description: "A part of the prior row; one not named was not there" },
                magnets_g: number(0, "Mass of its magnets, grams"),
                alloy: { type: "string", description: "An alloy of the prior part" },
                wt_pct: {
                  type: "object",
                  additionalProperties: {
                    type: "object",
                    required: ["value", "sd"],
                    properties: {
                      value: number(0, "wt% of the magnet"),
                      sd: number(0, "Standard deviation"),
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
    prior: {
      type: "object",
      description: "Replaces the device model; speaks of the quantity the limit names",
      required: ["grade_wt_pct", "mass_kg"],
      properties: { grade_wt_pct: normal("wt% of magnet mass"), mass_kg: normal("kg of magnets") },
    },
    evidence: {
      type: "array",
      items: {
        type: "object",
        description:
          "A reading (wt_pct, sd), a weight of the lot's magnets (magnet_mass_kg, sd_kg), or a pull test of its pieces (tested, pulling)",
        required: ["kind"],
        anyOf: [
          { required: ["wt_pct", "sd"] },
          { required: ["magnet_mass_kg", "sd_kg"] },
          { required: ["tested", "pulling"] },
        ],
        properties: {
          kind: { type: "string" },
          element: elementOrTotal,
          total_ree: { const: true },
          wt_pct: number(0, "Reading, wt% of magnet mass"),
          sd: {
            type: "number",
            exclusiveMinimum: 0,
            description: "Standard deviation of one reading, without bias, wt%",
          },
          bias_id: { type: "string", description: "Readings with the same id share one bias" },
          bias_sd: number(0, "Standard deviation of that bias, wt%"),
          magnet_mass_kg: number(0, "All magnets of the lot on a scale, kg"),
          sd_kg: {
            type: "number",
            exclusiveMinimum: 0,
            description: "Standard deviation of that weight, kg",
          },
          tested: number(1, "Pieces held to a magnet; ferrite pulls too"),
          pulling: number(0, "How many of them pulled"),
        },
      },
    },
    limit: {
      type: "object",
      required: ["wt_pct_min"],
      properties: {
        element: elementOrTotal,
        total_ree: { const: true },
        wt_pct_min: number(0, "Least grade accepted, wt%"),
      },
    },
    stakes: {
      type: "object",
      required: ["usd_per_kg_ree"],
      properties: { usd_per_kg_ree: number(0, "USD gained or lost per kg") },
    },
    measurements: {
      type: "array",
      items: {
        type: "object",
        required: ["kind", "sd_wt_pct", "cost_usd"],
        properties: {
          kind: { type: "string" },
          element: elementOrTotal,
          sd_wt_pct: number(0, "Standard deviation of one reading, wt%"),
          bias_sd_wt_pct: number(0, "Standard deviation of what all its readings share, wt%"),
          cost_usd: number(0, "Cost of the measurement"),
          bias_id: { type: "string", description: "Shares the bias of evidence with the same id" },
          readings_count: number(1, "Readings taken; they share the bias"),
          sampling: {
            type: "object",
            required: ["magnet_fraction", "sample_kg"],
            anyOf: [{ required: ["piece_g"] }, { required: ["top_size_mm"] }],
            properties: {
              magnet_fraction: number(0, "Mass fraction of magnets"),
              piece_g: number(0, "g a piece"),
              top_size_mm: number(0, "Where piece_g is not known: the sieve that 95 % pass"),
              sample_kg: number(0, "kg sampled"),
            },
          },
        },
      },
    },
    seed: { type: "integer" },
  },
} as const;
