// Consignments: the centre offered, pallets, manifests, data-bearing devices and their destruction.
export * from "./consignment.ts";
export * from "./data-bearing.ts";
export * from "./manifest.ts";
export * from "./offer.ts";
export * from "./sanitization.ts";
