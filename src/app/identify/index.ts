import { z } from "zod";
import { identifyLine, inferLot, LOT_INPUT_SCHEMA, taughtFrom } from "../../identify/index.ts";
import { done } from "../../quantity/index.ts";
import { calculation } from "../core/use-case.ts";
import { correct, wordings } from "./correct.ts";
import { learn } from "./learn.ts";
import { textRows } from "./lines.ts";
import { xrf } from "./xrf.ts";

const lines = calculation({
  room: "identify",
  verb: "lines",
  summary:
    "Identify manifest lines: class, drive, bill of magnets, grams of each element with 90 % intervals.",
  raw: "text",
  rows: true,
  input: z.strictObject({
    text: z.string(),
    taught: z
      .array(z.strictObject({ line: z.string().max(2000), class: z.string() }))
      .max(20_000)
      .optional()
      .describe("lines whose class somebody stated: the same wording is read so"),
  }),
  example: { text: "line,qty\nSeagate ST2000DM008 2TB 3.5 HDD,12\nDell Latitude 7490 no HDD,4\n" },
  async compute(_ports, { text, taught = [] }) {
    const rows = textRows(text);
    const known = taughtFrom(taught);
    return rows.ok
      ? done(rows.value.map(({ line, row }) => identifyLine(line, row, { taught: known })))
      : rows;
  },
});

const lot = calculation({
  room: "identify",
  verb: "lot",
  summary:
    "What a lot holds from all its evidence, whether it meets a limit, and the next measurement worth its cost.",
  // The room reads its own contract, so that a refusal names the field in its words.
  input: z.unknown().meta(LOT_INPUT_SCHEMA as Record<string, unknown>),
  example: {
    prior: { grade_wt_pct: { best: 29, sd: 1.5 }, mass_kg: { best: 200, sd: 0 } },
    evidence: [],
    limit: { total_ree: true, wt_pct_min: 28 },
    stakes: { usd_per_kg_ree: 60 },
    measurements: [{ kind: "xrf", sd_wt_pct: 1, bias_sd_wt_pct: 0.5, cost_usd: 5 }],
    seed: 1,
  } as unknown,
  async compute(_ports, input) {
    return inferLot(input);
  },
});

export const identifyUseCases = [lines, correct, wordings, lot, xrf, learn] as const;
