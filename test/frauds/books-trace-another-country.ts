import { drumOf, inTheBooks } from "./museum.ts";
export default inTheBooks(
  {
    forged: "a passport stands on a feed traced to a country that nobody stated",
    named: "provenance_differs",
  },
  () => [
    [
      "consignment_provenance_stated",
      {
        ...{ consignment: "C-1", collected_in: { country: "CN" }, stated: "at_receipt" },
        ...{ at: "2026-03-01T00:00:00Z", feedstock: { class: "post_consumer_device", evidence: "SD-1" } },
      },
    ],
    [
      "feed_traced",
      {
        feed: "F-1",
        trace: { collected_in: [{ country: "US" }], feedstock: { Nd: { post_consumer_device: 1 } } },
      },
    ],
    ...drumOf({ feeds_mg: { "F-1": { Nd: 600_000 } } }),
  ],
);
