import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { extname, join, resolve, sep } from "node:path";
import { Readable } from "node:stream";
import type { Context, Hono } from "hono";
import { table } from "../quantity/index.ts";
import { problem } from "./problem.ts";

const TYPES: Readonly<Record<string, string>> = table({
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
});

/** Serves the built web app; any path that is not a file is a page of the app. */
export function webApp(app: Hono, webDir: string): void {
  const root = resolve(webDir);
  app.get("*", async (c) => {
    const path = decodePath(c.req.path);
    if (path === undefined)
      return problem(c, {
        code: "path_malformed",
        at: "path",
        message: "the path is not percent-encoded UTF-8",
      });
    const file = join(root, path);
    const inside = file === root || file.startsWith(root + sep);
    const type = TYPES[extname(file)];
    if (inside && type !== undefined) {
      const found = await stat(file).catch(() => undefined);
      if (found?.isFile())
        return sendFile(c, { file, size: found.size, type, hashed: path.startsWith("/assets/") });
    }
    if (type !== undefined || path.startsWith("/assets/"))
      return problem(c, { code: "not_found", at: "path", message: "there is no such file" });
    c.header("cache-control", "no-cache");
    return c.html(await readFile(join(root, "index.html"), "utf8"));
  });
}

function sendFile(
  c: Context,
  given: { readonly file: string; readonly size: number; readonly type: string; readonly hashed: boolean },
): Response {
  const headers = {
    "content-type": given.type,
    "content-length": String(given.size),
    // The names of assets hold the hash of their bytes.
    "cache-control": given.hashed ? "public, max-age=31536000, immutable" : "no-cache",
  };
  if (c.req.method === "HEAD") return c.body(null, 200, headers);
  const stream = Readable.toWeb(createReadStream(given.file)) as ReadableStream<Uint8Array>;
  return c.newResponse(stream, 200, headers);
}

/** The path as a file name has it; undefined where it is not UTF-8 or holds a NUL. */
function decodePath(path: string): string | undefined {
  try {
    const decoded = decodeURIComponent(path);
    return decoded.includes("\0") ? undefined : decoded;
  } catch {
    return undefined;
  }
}
