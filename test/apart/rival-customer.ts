/** Stands in all that is the rival customer's alone to read, beside its recycler. */
export const PLANTED = "planted-secret";
export const CONSIGNMENT = "C-RIVAL";
/** The same recycler takes in what another customer hands over, and something goes wrong with it. */
export const ofRivalCustomer = (now: string): readonly (readonly [name: string, input: object])[] => [
  [
    "intake receive",
    {
      ...{ consignment: CONSIGNMENT, owner: "sample-recycler", customer: "rival-customer" },
      ...{ from_zip: "60601", from_name: `${PLANTED} works`, site: "plainfield" },
      collected_in: { country: "US", region: "IL" },
      feedstock: { class: "post_consumer_device", evidence: `${PLANTED} declaration` },
      pallets: [{ pallet: `${PLANTED}-P1`, gross: "321.987 kg", tare: "21 kg", scale: "plainfield-floor" }],
    },
  ],
  [
    "intake read-manifest",
    {
      ...{ consignment: CONSIGNMENT, name: `${PLANTED}.csv` },
      text: `description,qty\nSeagate ST2000DM008 2TB 3.5 HDD ${PLANTED},7\n${PLANTED} what is this,none\n`,
    },
  ],
  [
    "intake sanitize",
    {
      consignment: CONSIGNMENT,
      records: [
        {
          ...{ row: 1, revision: "2", devices: 5, method: "destroy", technique: `shredded, ${PLANTED}` },
          media: { type: "hard disk", manufacturer: "Seagate", model: "ST2000DM008" },
          ...{ tool: "drive shredder", verification: { method: "count", result: "passed" } },
          ...{ sanitized_by: "operator", validated_by: "approver", place: "plainfield" },
          ...{ at: now, destination: "metal recycling" },
        },
      ],
    },
  ],
  ["intake issue-certificate", { consignment: CONSIGNMENT }],
  ["intake open-lots", { consignment: CONSIGNMENT }],
  [
    "trust open-incident",
    {
      ...{ incident: "N-RIVAL", kind: "incident", party: "sample-recycler", concerns: "rival-customer" },
      ...{ about: `two drives stood open, ${PLANTED}`, owner: "data technician", due: "2099-12-31" },
    },
  ],
];
