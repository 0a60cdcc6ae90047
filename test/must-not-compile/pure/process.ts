/** A pure room does not look at the process. */
export const home = process.env["HOME"]; // must not compile: TS2591
