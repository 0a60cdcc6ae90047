/** A pure room writes nothing to the console. */
console.log("hello"); // must not compile: TS2584
