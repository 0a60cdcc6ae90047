import { flood } from "./flood-tmp.ts";
console.log(await flood.run({ count: 16, seed: 1, progress: () => {} }));
