// Takes the kept pictures of every page again, after looking at what changed: `node tools/snapshots.ts`
import { existsSync } from "node:fs";
import { openBrowser } from "../test/support/browser.ts";
import { sampleServer } from "../test/support/sample-server.ts";
import { eachPage, keep, keepLetters, LOOKS, lettersWidth, openDarkroom } from "../test/support/snapshots.ts";

if (!existsSync("build/web/index.html")) throw new Error("the web app is not built: npm run build");
const server = await sampleServer();
const browser = await openBrowser();
try {
  const darkroom = await openDarkroom(browser);
  keepLetters(await lettersWidth(darkroom));
  for (const look of LOOKS) {
    await eachPage({ browser, darkroom, base: server.base, look }, async (file, picture) => {
      keep(file, picture);
      console.log(file);
    });
  }
} finally {
  await browser.close();
  server.close();
}
