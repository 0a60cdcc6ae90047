/** The day of an instant, as pages show days. */
export const dayOf = (instant: string): string =>
  new Date(instant).toLocaleDateString("en-US", { year: "numeric", month: "short", day: "numeric" });

export const timeOf = (instant: string): string =>
  new Date(instant).toLocaleString("en-US", {
    ...{ month: "short", day: "numeric", hour: "numeric", minute: "2-digit" },
  });
