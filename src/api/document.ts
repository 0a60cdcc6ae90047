import type { Context } from "hono";
import type { StoredDocument } from "../app/core/ports.ts";
import { noteTold } from "./ended.ts";
import { problem } from "./problem.ts";

/** What a browser may show in place. Anything else, such as a page with script in it, is handed over as a download. */
const SHOWN = /^(application\/(pdf|json|[\w.-]+\+json)|text\/(plain|csv)|image\/png)(;|$)/;

/** A document, or what erased it; neither where it is not there for who asks. */
export interface DocumentFound {
  readonly document?: StoredDocument | undefined;
  readonly erased?: { readonly record: { readonly at: string }; readonly seq: number } | undefined;
}

/** Serves an immutable document by the SHA-256 of its bytes. */
export async function serveDocument(
  c: Context,
  find: (digest: string) => Promise<DocumentFound>,
): Promise<Response> {
  const digest = c.req.param("digest") ?? "";
  const { document, erased } = /^[0-9a-f]{64}$/.test(digest) ? await find(digest) : {};
  if (erased) {
    const message = `erased by rule on ${erased.record.at.slice(0, 10)}, by entry ${erased.seq}; who holds a copy can hold it against this digest`;
    return problem(c, { code: "document_erased", at: "digest", message, numbers: { entry: erased.seq } });
  }
  if (!document) {
    const message = "no document has this digest; a digest is 64 hexadecimal letters";
    return problem(c, { code: "not_found", at: "digest", message });
  }
  noteTold(c, "documents");
  const { media_type, name, bytes } = document;
  // Kept by the browser, and asked for each time: who looks at it next may be another.
  const cached = { "cache-control": "private, no-cache", etag: `"${digest}"` };
  if (c.req.header("if-none-match") === cached.etag) return c.body(null, 304, cached);
  const shown = SHOWN.test(media_type);
  const plain = name.replace(/[^\w.-]/g, "_");
  return c.body(new Uint8Array(bytes), 200, {
    "content-type": shown ? media_type : "application/octet-stream",
    "content-disposition": `${shown ? "inline" : "attachment"}; filename="${plain}"; filename*=UTF-8''${percent(name)}`,
    ...cached,
  });
}

/** RFC 5987 leaves fewer signs bare than encodeURIComponent does. */
const percent = (name: string) =>
  encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
