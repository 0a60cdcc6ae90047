/** Whose assays settle a lot. */
export type AssayParty = "supplier" | "processor" | "umpire";
export const ASSAY_PARTIES: readonly AssayParty[] = ["supplier", "processor", "umpire"];
