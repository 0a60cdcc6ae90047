import { z } from "zod";
import { PartyName } from "../../contract/identifiers.ts";
import { done } from "../../quantity/index.ts";
import { waitingFor } from "../assay/release.ts";
import type { LedgerStore } from "../core/ports.ts";
import { type Kept, recordCacheOf } from "../core/record-cache.ts";
import type { Collection, Records } from "../core/records.ts";
import { query } from "../core/use-case.ts";
import { CONSIGNMENTS } from "../intake/desk.ts";
import { heldLots, presentBalance } from "../ledger/balance.ts";
import { shipperReceiver } from "../ledger/shipper-receiver.ts";
import { find } from "./find.ts";
import { plan } from "./plan.ts";
import { pairsBeyondChance, runsBeyondChance, scalesOff } from "./readings.ts";

/** Days after which what waits is called late. Planning values of this product, until a programme states its own. */
const LATE_DAYS = { transit: 7, assay: 45, sanitization: 30 };

interface Notice {
  readonly what: string;
  readonly id: string;
  readonly why: string;
  readonly since: string;
  readonly link: string;
}

const count = (of: number): string => of.toLocaleString("en-US");

const daysSince = (at: string, now: string): number => (Date.parse(now) - Date.parse(at)) / 86_400_000;

const now = query({
  room: "overview",
  verb: "now",
  summary:
    "Where every kilogram of each element is now, what is late, what does not close, what waits for whom.",
  input: z.strictObject({ owner: PartyName(z.string().max(64)).optional() }),
  example: {},
  async answer(ports, { owner }) {
    const { store } = ports;
    const lots = await heldLots(store);
    const at = ports.clock.now().toISOString();
    const facts = await factsOf(store);
    return done({
      at,
      sample: facts.parties.some((p) => p.sample),
      balance: await presentBalance(store, owner),
      late: lateOf(facts, at),
      open: [
        ...openOf(facts),
        ...runsBeyondChance(facts.runs),
        ...(await scalesOff(facts.scales, facts.instruments)),
        ...pairsBeyondChance(shipperReceiver(facts.shipments, facts.samples)),
      ],
      waiting: waitingOf(facts),
      counts: {
        consignments: facts.consignments.length,
        lots_on_hand: lots.filter((l) => l.state === "on_hand" && (owner ?? l.owner) === l.owner).length,
        shipments_in_transit: facts.shipments.filter((s) => s.state === "in_transit").length,
        campaigns: facts.campaigns.length,
        orders_open: facts.orders.filter((o) => o.state === "open" || o.state === "allocated").length,
      },
    });
  },
});

const all = <K extends Collection>(collection: K): Kept<K> => ({ collection, keep: (record) => record });

/** Steps booked although they do not close. */
const OPEN_STEPS: Kept<"step"> = {
  collection: "step",
  first: [{ flag: { path: ["closure", "closes"], is: false } }],
  keep: (step) => (step.closure.closes ? undefined : step),
};

const SCALES: Kept<"unit"> = {
  collection: "unit",
  keep: (unit) => (unit.kind === "scale" ? unit : undefined),
};

/** What the first page tells of, remembered between its askings. */
const KEPT = {
  consignments: CONSIGNMENTS,
  shipments: all("shipment"),
  samples: all("sample"),
  statements: all("statement"),
  openSteps: OPEN_STEPS,
  campaigns: all("campaign"),
  orders: all("order"),
  parties: all("party"),
  runs: all("run"),
  instruments: all("instrument"),
  scales: SCALES,
} satisfies Readonly<Record<string, { readonly collection: Collection }>>;

type Facts = { readonly [F in keyof typeof KEPT]: readonly Records[(typeof KEPT)[F]["collection"]][] };

async function factsOf(store: LedgerStore): Promise<Facts> {
  const kept = Object.entries(KEPT) as unknown as readonly (readonly [keyof Facts, Kept<Collection>])[];
  const read = kept.map(async ([name, what]) => [name, await recordCacheOf(store, what).read()] as const);
  return Object.fromEntries(await Promise.all(read)) as unknown as Facts;
}

function lateOf({ consignments, shipments, samples, orders }: Facts, at: string): Notice[] {
  return [
    ...shipments
      .filter((s) => s.state === "in_transit" && daysSince(s.at, at) > LATE_DAYS.transit)
      .map((s) => ({
        what: "shipment",
        id: s.shipment,
        why: `on the way for more than ${LATE_DAYS.transit} days`,
        since: s.at,
        link: "/ship",
      })),
    ...samples
      .filter((s) => isUnreported(s) && daysSince(s.at, at) > LATE_DAYS.assay)
      .map((s) => ({
        what: "sample",
        id: s.sample,
        why: `not ${s.purpose === "product" ? "analysed" : "assayed by both sides"} after ${LATE_DAYS.assay} days`,
        since: s.at,
        link: "/ship",
      })),
    ...consignments
      .filter((c) => c.open_devices > 0 && daysSince(c.at, at) > LATE_DAYS.sanitization)
      .map((c) => ({
        what: "consignment",
        id: c.consignment,
        why: `${count(c.open_devices)} data-bearing devices without a destruction record`,
        since: c.at,
        link: `/consignments/${c.consignment}`,
      })),
    ...orders
      .filter((o) => (o.state === "open" || o.state === "allocated") && o.due < at.slice(0, 10))
      .map((o) => ({
        what: "order",
        id: o.order,
        why: `was due on ${o.due}`,
        since: o.due,
        link: `/orders/${o.order}`,
      })),
  ];
}

/** What does not close: steps booked open, and weights that differ by more than chance. */
function openOf({ openSteps, shipments }: Facts) {
  const open = openSteps
    .filter((s) => !s.reversed)
    .map((s) => {
      const worst = Object.entries({ mass: s.closure.mass, ...s.closure.elements })
        .filter(([, b]) => !b.closes)
        .map(([what, b]) => ({
          what,
          residual_mg: b.residual_mg,
          sigmas: Math.abs(b.residual_mg) / Math.max(1, b.sd_mg),
        }))
        .sort((a, b) => b.sigmas - a.sigmas)[0];
      return { id: s.step, link: "/lots", ...worst, why: s.accept_open ?? "" };
    });
  const weights = shipments.flatMap((s) =>
    (s.received?.differences ?? [])
      .filter((d) => !d.within)
      .map((d) => ({
        id: s.shipment,
        link: "/ship",
        what: `weight of ${d.lot}`,
        residual_mg: d.difference_mg,
        sigmas: d.sigmas,
        why: "sender's and receiver's scales",
      })),
  );
  return [...open, ...weights];
}

/** A sample of two firms waits for both, one of a product for its laboratory. */
const isUnreported = (s: Facts["samples"][number]): boolean =>
  s.purpose === "product" ? s.state === "waiting" : s.state !== "exchanged" && !s.booked;

/** Results that whoever may has seen and no second person has released. */
const releasesAwaited = (samples: Facts["samples"]): (Notice & { who: string })[] =>
  samples
    .filter((s) => !isUnreported(s))
    .flatMap((s) => waitingFor(s).map((waits) => ({ sample: s.sample, ...waits })))
    .map(({ sample, side, since }) => ({
      who: "laboratory",
      what: "release",
      id: sample,
      why: `results of the ${side}`,
      since,
      link: "/laboratory",
    }));

function waitingOf(facts: Facts): (Notice & { who: string })[] {
  const { consignments, samples, statements, campaigns, orders } = facts;
  return [
    ...consignments
      .filter((c) => c.open_devices > 0)
      .map((c) => ({
        who: "operator",
        what: "destroy data",
        id: c.consignment,
        why: `${count(c.open_devices)} devices`,
        since: c.at,
        link: `/consignments/${c.consignment}`,
      })),
    ...consignments
      .filter((c) => c.state === "received")
      .map((c) => ({
        who: "intake lead",
        what: "read the manifest",
        id: c.consignment,
        why: "no lines yet",
        since: c.at,
        link: `/consignments/${c.consignment}`,
      })),
    ...samples.filter(isUnreported).map((s) => ({
      who: "laboratory",
      what: "report",
      id: s.sample,
      why:
        s.purpose === "product"
          ? "a product is not analysed yet"
          : `${Object.keys(s.reports).length} of 2 sides reported`,
      since: s.at,
      link: "/ship",
    })),
    ...releasesAwaited(samples),
    ...statements
      .filter((s) => s.status === "provisional")
      .map((s) => ({
        who: "commercial manager",
        what: "call the umpire",
        id: s.lot,
        why: "the assays differ by more than the limit",
        since: s.issued.at(-1)?.at ?? "",
        link: "/settle",
      })),
    ...campaigns
      .filter((c) => c.state === "planned")
      .map((c) => ({
        who: "process engineer",
        what: "run",
        id: c.campaign,
        why: `planned for ${c.lot}`,
        since: c.at,
        link: `/campaigns/${c.campaign}`,
      })),
    ...orders
      .filter((o) => o.state === "open")
      .map((o) => ({
        who: "planner",
        what: "allocate",
        id: o.order,
        why: `due ${o.due}`,
        since: o.at,
        link: `/orders/${o.order}`,
      })),
  ];
}

export const overviewUseCases = [now, find, plan] as const;
