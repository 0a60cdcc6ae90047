// Elements, oxides and the factors between them; ligands, their constants and what they hold.
export * from "./bearing.ts";
export * from "./elements.ts";
export * from "./ligands/choose.ts";
export * from "./ligands/companions.ts";
export * from "./ligands/front.ts";
export * from "./ligands/hydrolysis.ts";
export * from "./ligands/list.ts";
export * from "./ligands/protonation.ts";
export * from "./ligands/selectivity.ts";
export * from "./oxides.ts";
export * from "./products.ts";
export * from "./speciation.ts";
export * from "./stability.ts";
export * from "./traded-oxides.ts";
