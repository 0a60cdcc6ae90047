// Writes src/contract/published.json anew after the types of answers or refusals changed: `npm run publish-types`
import { writeFileSync } from "node:fs";
import { PUBLISHED, publish } from "./publish/publish.ts";

/** A line for each use case and each definition, so that a change shows where it is. */
const lines = (part: object) =>
  Object.entries(part)
    .map(([name, of]) => `${JSON.stringify(name)}: ${JSON.stringify(of)}`)
    .join(",\n");

const parts = Object.entries(publish()).map(([name, part]) => `"${name}": {\n${lines(part)}\n}`);
writeFileSync(PUBLISHED, `{\n${parts.join(",\n")}\n}\n`);
