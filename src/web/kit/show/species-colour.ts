/** Colours of what a column carries, told apart also by those who see few colours (Okabe and Ito, 2008). */
const COLOURS = {
  light: ["#0072b2", "#b04a00", "#007a5a", "#a0307a", "#8a6d00"],
  dark: ["#56b4e9", "#f09a4a", "#3fd0a4", "#e79ac8", "#f0e442"],
  other: { light: "#3d4c59", dark: "#b6c0c9" },
} as const;

/** The same species has the same colour in every picture: products in their order, whatever carries them in grey. */
export function colourOf(species: string, products: readonly string[], scheme: "light" | "dark"): string {
  const at = products.indexOf(species);
  const colours = COLOURS[scheme];
  return at < 0 ? COLOURS.other[scheme] : (colours[at % colours.length] ?? COLOURS.other[scheme]);
}
