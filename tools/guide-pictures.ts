// Takes the pictures of the guides again: `node tools/guide-pictures.ts`, after `npm run build`.
import { existsSync } from "node:fs";
import { GUIDES } from "../src/web/guide/guides.ts";
import { openBrowser } from "../test/support/browser.ts";
import { guidePicture, guidePictureOf, keepGuidePicture } from "../test/support/guide-pictures.ts";
import { sampleServer } from "../test/support/sample-server.ts";
import { openDarkroom } from "../test/support/snapshots.ts";

if (!existsSync("build/web/index.html")) throw new Error("the web app is not built: npm run build");
const server = await sampleServer({ signIn: true });
const browser = await openBrowser();
try {
  const darkroom = await openDarkroom(browser);
  for (const role of Object.keys(GUIDES)) {
    keepGuidePicture(role, await guidePicture({ browser, darkroom, base: server.base, role }));
    console.log(guidePictureOf(role));
  }
} finally {
  await browser.close();
  server.close();
}
