import { createReadStream, existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { Readable } from "node:stream";
import type { Hono } from "hono";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

/** Serves the built web app; any path that is not a file is a page of the app. */
export function webApp(app: Hono, webDir: string): void {
  app.get("*", async (c) => {
    const path = normalize(decodeURIComponent(c.req.path)).replace(/^(\.\.(\/|$))+/, "");
    const file = join(webDir, path);
    const type = TYPES[extname(file)];
    if (file.startsWith(webDir) && type && existsSync(file) && statSync(file).isFile()) {
      const hashed = path.startsWith("/assets/");
      return c.body(Readable.toWeb(createReadStream(file)) as ReadableStream, 200, {
        "content-type": type,
        "cache-control": hashed ? "public, max-age=31536000, immutable" : "no-cache",
      });
    }
    if (type) return c.text("not found", 404);
    return c.html(await readFile(join(webDir, "index.html"), "utf8"));
  });
}
