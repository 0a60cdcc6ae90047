import { inTheLog, put } from "./museum.ts";

const traced = (country: string): [string, Record<string, unknown>] => [
  "feed_traced",
  {
    feed: "F-1",
    trace: {
      collected_in: [{ country }],
      ...{ sites: [], custody: "identity_preserved", feedstock: { Nd: { post_consumer_device: 1 } } },
      stated_later: false,
    },
  },
];

export default inTheLog(
  {
    forged: "where the metal was collected is stated anew after the passport, which is shown on",
    named: "provenance_differs",
  },
  {
    bodies: (b) => {
      put(b, "before", traced("US"));
      put(b, "end", traced("DE"));
    },
    facts: (f) => {
      Object.assign(f["provenance"], {
        collected_in: [{ country: "US" }],
        ...{ chain_of_custody: "identity_preserved", origin: "recovered" },
        feedstock: { Nd: { post_consumer_device: "1.0000" } },
      });
    },
  },
);
