// Consignments: the centre offered, pallets, manifests, data-bearing devices and their destruction.
export * from "./apply.ts";
export * from "./cells.ts";
export * from "./consignment.ts";
export * from "./data-bearing.ts";
export * from "./decide.ts";
export * from "./erasure.ts";
export * from "./header.ts";
export * from "./manifest.ts";
export * from "./offer.ts";
export * from "./papers.ts";
export * from "./particulars.ts";
export * from "./provenance.ts";
export * from "./sanitization.ts";
