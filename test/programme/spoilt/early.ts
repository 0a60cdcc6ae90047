import { besideOrder, type Input, type Spoilt, waysToSpoil, where } from "./ways.ts";

const STATEMENT = { agreement: "A-2026-01" };
const ofLot = (i: Input): string => i["sample"].replace(/^[A-Z]-/, "");

/** What needs what is only about to be done. */
export const EARLY: readonly Spoilt[] = [
  ...waysToSpoil("orders qualify", [
    [
      "an order before",
      "buyer_not_qualified",
      where(
        (i) => i["to"] === "trial",
        ({ buyer }, nth) => ({ ...besideOrder(nth, "4N").input, buyer }),
      ),
      { instead: "orders place" },
    ],
  ]),
  ...waysToSpoil("intake read-manifest", [
    [
      "its lots before",
      "manifest_missing",
      ({ consignment }) => ({ consignment }),
      { instead: "intake open-lots" },
    ],
    [
      "one of its rows before",
      "manifest_missing",
      ({ consignment }) => ({ consignment, row: 107, why: "too early" }),
      { instead: "intake resolve-row" },
    ],
  ]),
  ...waysToSpoil("intake open-lots", [
    [
      "a step before",
      "lot_unknown",
      ({ consignment }) => ({
        ...{ kind: "dismantle", site: "fresno", inputs: [{ lot: `${consignment}-D` }] },
        outputs: [{ kind: "magnets", mass: "1 kg", sd: "1 g" }],
      }),
      { instead: "prepare step" },
    ],
  ]),
  ...waysToSpoil("intake sanitize", [
    [
      "its certificate before",
      "records_missing",
      ({ consignment }) => ({ consignment }),
      { instead: "intake issue-certificate" },
    ],
    [
      "its way before",
      "data_not_destroyed",
      ({ consignment, records }) => ({
        ...{ from: records[0].place, to: "noblesville", carrier: "sample-carrier" },
        lots: [{ lot: `${consignment}-D`, mass: "1 kg", sd: "1 g" }],
      }),
      { instead: "ship send" },
    ],
  ]),
  ...waysToSpoil("ship receive", [
    [
      "a step on the road",
      "lot_not_on_hand",
      ({ lots }) => ({
        ...{ kind: "split", site: "noblesville", inputs: [{ lot: lots[0].lot }] },
        outputs: [{ kind: "magnets", mass: "1 kg", sd: "1 g" }],
      }),
      { instead: "prepare step" },
    ],
    [
      "a sample on the road",
      "lot_not_held",
      ({ lots }) => ({
        ...{ lot: lots[0].lot, increments_count: 1 },
        portions: ["supplier", "processor", "umpire"].map((side) => ({ side, seal: side, mass: "1 g" })),
      }),
      { instead: "assay sample" },
    ],
  ]),
  ...waysToSpoil("assay report", [
    [
      "its release before",
      "not_reported",
      ({ sample, side }) => ({ sample, side }),
      { instead: "assay release" },
    ],
    [
      "a settlement before",
      "assays_missing",
      where(
        (i) => i["mg_per_kg"],
        (i) => ({ ...STATEMENT, sample: i["sample"], shipment: `B-${ofLot(i)}` }),
      ),
      { instead: "settle lot" },
    ],
    [
      "a certificate before",
      "results_not_released",
      where(
        (i) => i["results"],
        (i) => ({ lot: ofLot(i), sample: i["sample"], convention: "half_limit", check: ["4N"] }),
      ),
      { instead: "certify release" },
    ],
  ]),
  ...waysToSpoil("assay release", [
    [
      "a certificate before",
      "results_not_released",
      where(
        (i) => i["side"] === "product",
        (i) => ({ lot: ofLot(i), sample: i["sample"], convention: "half_limit", check: ["4N"] }),
      ),
      { instead: "certify release" },
    ],
  ]),
  ...waysToSpoil("certify release", [
    [
      "a passport before",
      "certificate_missing",
      ({ lot }) => ({ lot, issuer: "sample-refiner" }),
      { instead: "certify issue" },
    ],
  ]),
  ...waysToSpoil("refine plan", [
    [
      "a run before",
      "campaign_unknown",
      ({ campaign, lot }) => ({
        ...{ campaign, products: {} },
        run: {
          ...{ site: "noblesville", inputs: [{ lot, mass: "1 kg" }] },
          outputs: [{ kind: "fraction", mass: "1 kg", sd: "1 g" }],
        },
      }),
      { instead: "refine record-run" },
    ],
  ]),
  ...waysToSpoil("orders allocate", [
    [
      "its delivery before",
      "allocation_unknown",
      ({ order, lot }) => ({ order, lot, passport: `P-${lot}`, carrier: "sample-carrier" }),
      { instead: "orders ship" },
    ],
  ]),
];
