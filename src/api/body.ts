import type { Context } from "hono";
import { done, type Result, refuse } from "../quantity/index.ts";

/** The largest body the API reads: a manifest of 50,000 rows is a quarter of it. */
export const BODY_BYTES_MAX = 16 * 1024 * 1024;

/** Reads a JSON body without taking in more than the limit; refuses what is not JSON in UTF-8. */
export async function readJson(c: Context): Promise<Result<unknown>> {
  const type = c.req.header("content-type")?.split(";")[0]?.trim();
  if (type !== "application/json") {
    return refuse(
      "content_type_unsupported",
      "content-type",
      `send application/json, not ${type ?? "nothing"}`,
    );
  }
  const declared = Number(c.req.header("content-length") ?? 0);
  if (declared > BODY_BYTES_MAX) return tooLarge();
  const bytes = await takeBytes(c.req.raw.body);
  if (!bytes) return tooLarge();
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse("not_utf8", "body", "the body is not UTF-8 text");
  }
  try {
    return done(JSON.parse(text));
  } catch (cause) {
    return refuse(
      "json_malformed",
      "body",
      `the body is not JSON: ${(cause as Error).message.slice(0, 200)}`,
    );
  }
}

const tooLarge = () => refuse("too_large", "body", `a body is at most ${BODY_BYTES_MAX / 1024 / 1024} MB`);

async function takeBytes(stream: ReadableStream<Uint8Array> | null): Promise<Uint8Array | undefined> {
  if (!stream) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
