import { z } from "zod";
import { learnedParts, lotTotals, PRIORS, type TearDown } from "../../identify/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { calculation } from "../core/use-case.ts";

const Torn = z.strictObject({
  part: z.string(),
  magnets_g: z.number().min(0),
  alloy: z.string().optional(),
  wt_pct: z
    .record(
      z.string(),
      z.strictObject({ value: z.number().min(0).max(100), sd: z.number().positive().max(100) }),
    )
    .optional(),
});

/** What a family holds, one device's worth, as the prior has it and as the recycler's own tear-downs have it. */
export const learn = calculation({
  room: "identify",
  verb: "learn",
  summary:
    "What tear-downs of a family teach: its parts as they replace the prior, and one device's grams before and after.",
  input: z.strictObject({
    family: z.string().min(1).max(200),
    prior_class: z.string(),
    teardowns: z
      .array(z.strictObject({ parts: z.array(Torn).max(20) }))
      .min(1)
      .max(10_000),
    seed: z.number().int().default(1),
  }),
  example: {
    family: "desktop drives of one maker (sample)",
    prior_class: "hdd_3.5in",
    teardowns: [
      { parts: [{ part: "voice_coil", magnets_g: 14.2, wt_pct: { Nd: { value: 25.1, sd: 0.3 } } }] },
      { parts: [{ part: "voice_coil", magnets_g: 13.8 }] },
    ],
    seed: 1,
  },
  async compute(_ports, { family, prior_class, teardowns, seed }) {
    const row = PRIORS.get(prior_class);
    if (!row)
      return refuse("prior_class_unknown", "prior_class", `the prior table has no row ${prior_class}`);
    const known = row.parts.map(({ part }) => part);
    for (const [i, { parts }] of teardowns.entries())
      for (const [k, { part }] of parts.entries())
        if (!known.includes(part))
          return refuse(
            "part_unknown",
            `teardowns[${i}].parts[${k}].part`,
            `${prior_class} has the parts ${known.join(", ")}`,
          );
    const all = teardowns.map((t) => ({ family, prior_class, ...t })) as readonly TearDown[];
    const parts = learnedParts(prior_class, all);
    const perDevice = (of: typeof parts) => {
      const { magnets, elements, total_ree } = lotTotals({
        units: [{ family, prior_class, count: 1, parts: of }],
        seed,
      });
      return { magnets, total_ree, elements };
    };
    return done({
      family,
      prior_class,
      teardowns: teardowns.length,
      parts,
      one_device: { by_the_prior: perDevice(row.parts), as_learned: perDevice(parts) },
    });
  },
});
