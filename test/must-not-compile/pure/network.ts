/** A pure room does not use the network. */
export const page = () => fetch("https://example.org"); // must not compile: TS2304
