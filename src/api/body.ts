import type { Context } from "hono";
import { checkPlain, readJsonText } from "../contract/plain-input.ts";
import { readSignedBytes } from "../contract/signed-json.ts";
import { refuse } from "../quantity/index.ts";

/** The largest body the API reads: a manifest of 50,000 rows is a quarter of it. */
export const BODY_BYTES_MAX = 16 * 1024 * 1024;

/**
 * Reads a JSON body without taking in more than the limit; refuses what is not JSON in UTF-8 (A6 to A9). Signed documents are
 * read strictly: what two readers could read differently is refused.
 */
export async function readJson(c: Context, { signed = false }: { readonly signed?: boolean } = {}) {
  const unsupported = unsupportedContent(c);
  if (unsupported) return unsupported;
  if (Number(c.req.header("content-length") ?? 0) > BODY_BYTES_MAX) return tooLarge();
  const bytes = await takeBytes(c.req.raw.body);
  if (!bytes) return tooLarge();
  const json = signed ? readSignedBytes(bytes, "body") : readJsonText(bytes, "body");
  return json.ok ? checkPlain(json.value) : json;
}

function unsupportedContent(c: Context) {
  const [type, ...parameters] = (c.req.header("content-type") ?? "").toLowerCase().split(";");
  const charset = parameters.map((p) => p.trim().replaceAll('"', "")).find((p) => p.startsWith("charset="));
  const encoding = c.req.header("content-encoding") ?? "identity";
  const wrong =
    type?.trim() !== "application/json"
      ? `not ${type?.trim() || "nothing"}`
      : charset !== undefined && charset !== "charset=utf-8"
        ? `in UTF-8, not ${charset}`
        : encoding === "identity"
          ? undefined
          : `without content-encoding ${encoding}`;
  return wrong === undefined
    ? undefined
    : refuse("content_type_unsupported", "content-type", `send application/json, ${wrong}`);
}

const tooLarge = () => refuse("too_large", "body", `a body is at most ${BODY_BYTES_MAX / 1024 / 1024} MB`);

async function takeBytes(stream: ReadableStream<Uint8Array> | null): Promise<Uint8Array | undefined> {
  if (!stream) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream: the rest is not taken in.
    if (size > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
