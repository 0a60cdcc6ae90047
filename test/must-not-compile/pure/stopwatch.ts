/** A pure room measures no time. */
export const since = () => performance.now(); // must not compile: TS2304
