// Writes src/contract/published.json anew after the types of answers or refusals changed: `npm run publish-types`
import { writeFileSync } from "node:fs";
import { publish } from "./publish/publish.ts";

writeFileSync("src/contract/published.json", `${JSON.stringify(publish(), null, 1)}\n`);
