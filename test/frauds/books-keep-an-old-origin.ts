import { drumOf, inTheBooks } from "./museum.ts";
export default inTheBooks(
  {
    forged: "where a consignment was collected is stated anew, and the feeds that passports stand on are not",
    named: "provenance_differs",
  },
  () => {
    const said = (country: string, stated: string): [string, Record<string, unknown>] => [
      "consignment_provenance_stated",
      { consignment: "C-1", collected_in: { country }, stated, at: "2026-03-01T00:00:00Z" },
    ];
    const trace = { collected_in: [{ country: "US" }], feedstock: { Nd: { post_consumer_device: 1 } } };
    const bodies = drumOf({ feeds_mg: { "F-1": { Nd: 600_000 } } });
    return [
      [
        "consignment_provenance_stated",
        {
          ...said("US", "at_receipt")[1],
          feedstock: { class: "post_consumer_device", evidence: "SD-1" },
        },
      ],
      ...bodies,
      ["feed_traced", { feed: "F-1", trace }],
      said("DE", "later"),
    ];
  },
);
