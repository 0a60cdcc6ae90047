/** A pure room does not wait. */
setTimeout(() => {}, 1); // must not compile: TS2304
