import { contents, inTheBooks, stepOf } from "./museum.ts";

const stated = (consignment: string, of: string) =>
  [
    "consignment_provenance_stated",
    {
      ...{ consignment, stated: "at_receipt", at: "2026-03-01T00:00:00Z" },
      feedstock: { class: of, evidence: "SD-1" },
    },
  ] as const;

const opened = (lot: string, made_by: string, neodymium: number) =>
  [
    "lot_opened",
    {
      ...{ lot, made_by, kind: "magnets", notes: {}, at: "2026-03-01T00:00:00Z" },
      ...contents(1_000_000, neodymium),
    },
  ] as const;

/** Of as many kilograms of virgin magnets the manifest counts ten pieces. */
export default inTheBooks(
  {
    forged:
      "virgin magnets that were blended in before anybody measured them are told as waste, by their manifest's count",
    named: "provenance_differs",
  },
  () => {
    const [kind, body] = stepOf("S-1", { lot: "WASTE", ...contents(1_000_000, 300_000) }, [
      { lot: "F-1", kind: "magnets", ...contents(2_000_000, 300_070) },
    ]);
    const step = body as { inputs: object[]; closure: { mass: { in_mg: number }; elements: { Nd: object } } };
    step.inputs.push({ lot: "VIRGIN", feeds_mg: {}, ...contents(1_000_000, 70) });
    const closed = (mg: number) => ({
      in_mg: mg,
      added_mg: 0,
      out_mg: mg,
      lost_mg: 0,
      residual_mg: 0,
      closes: true,
    });
    Object.assign(step.closure, { mass: closed(2_000_000), elements: { Nd: closed(300_070) } });
    return [
      [...stated("C-1", "post_consumer_device")],
      [...stated("C-2", "virgin")],
      [...opened("WASTE", "C-1", 300_000)],
      [...opened("VIRGIN", "C-2", 70)],
      [kind, body],
      ["feed_measured", { feed: "F-1", elements_mg: { Nd: { best: 300_000, sd: 0 } } }],
      [
        "feed_traced",
        {
          feed: "F-1",
          trace: {
            collected_in: ["not_stated"],
            feedstock: { Nd: { post_consumer_device: 0.9998, virgin: 0.0002 } },
          },
        },
      ],
      ["certificate_released", { lot: "F-1", certificate: { net_mass_mg: 2_000_000 }, findings: [] }],
      [
        "passport_issued",
        { passport: "P-1", lot: "F-1", mass_mg: 2_000_000, feeds_mg: { "F-1": { Nd: 300_000 } } },
      ],
    ];
  },
);
