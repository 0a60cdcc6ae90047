// Elements, oxides and the factors between them.
export * from "./elements.ts";
export * from "./oxides.ts";
export * from "./stability.ts";
