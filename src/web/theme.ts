import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** Petrol, from a paper tint to ink. White on shade 7 and shade 3 on the dark page both pass WCAG AA. */
const petrol: MantineColorsTuple = [
  "#e8f4f5",
  "#d0e6e8",
  "#a3ced3",
  "#72b6bd",
  "#4aa1aa",
  "#2c8f99",
  "#12808b",
  "#0b6b75",
  "#08565e",
  "#064148",
];

/** The greys of the dark page have the hue of its panels, so that a field lies in its panel and not on it. */
const dark: MantineColorsTuple = [
  "#e6eaed",
  "#b6c0c9",
  "#98a2ac",
  "#77828c",
  "#4f5a63",
  "#353d44",
  "#22282d",
  "#1b2024",
  "#14181b",
  "#0e1113",
];

export const theme = createTheme({
  primaryColor: "petrol",
  primaryShade: { light: 7, dark: 7 },
  colors: { petrol, dark },
  defaultRadius: "sm",
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  components: {
    NativeSelect: { defaultProps: { size: "sm" } },
    TextInput: { defaultProps: { size: "sm" } },
    Button: { defaultProps: { size: "sm" } },
  },
});

/** Mantine's own dimmed text is too faint for WCAG AA on both pages. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#55606b",
    "--mantine-color-placeholder": "#66717c",
    "--mantine-color-body": "#f6f7f8",
    "--mantine-color-error": "#b3261e",
  },
  dark: {
    "--mantine-color-dimmed": "#a9b3bd",
    "--mantine-color-placeholder": "#98a2ac",
    "--mantine-color-body": "#14181b",
    "--mantine-color-error": "#ff9b90",
  },
});
