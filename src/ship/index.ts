// Bills of lading, two firms' weights and what lies between them.
export * from "./shipment.ts";
