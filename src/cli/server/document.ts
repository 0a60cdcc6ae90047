import { createHash } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import type { StoredDocument } from "../../app/core/ports.ts";
import { done, type Refusal, type Result, refuse } from "../../quantity/index.ts";
import type { CliOptions } from "../index.ts";
import type { Upkeep } from "../upkeep.ts";
import { readAnswer } from "./answer.ts";
import { withServer } from "./open.ts";
import { ServerFault } from "./server-fault.ts";

const TEXT = /^(?:text\/|application\/(?:json|[\w.-]+\+json))/;

type Given = Pick<CliOptions, "terminal" | "withBooks" | "bare" | "environment">;
type Found = Result<Omit<StoredDocument, "digest">, Refusal>;

/** Hands out a document by its digest, which is worked out anew from what came (T21). */
export async function handOut(
  options: Given,
  { words: [digest = ""], flags: { out }, dataDir, server }: Parameters<Upkeep["run"]>[0],
) {
  if (!/^[0-9a-f]{64}$/.test(digest))
    return refuse("digest_malformed", "DIGEST", "a digest is 64 hexadecimal letters");
  if (out !== undefined && existsSync(out)) return exists(out);
  const found = server
    ? await ofServer(options, { ...server, digest })
    : await options.withBooks(dataDir, async ({ store }) => ofBooks(await store.document(digest)));
  if (!found.ok) return found;
  const { bytes, media_type, name } = found.value;
  if (createHash("sha256").update(bytes).digest("hex") !== digest)
    throw new ServerFault(`what came is not what ${digest} names`);
  if (out !== undefined) return written(out, { digest, media_type, name, bytes });
  if (!TEXT.test(media_type))
    return refuse("file_missing", "--out", `it is ${media_type}: name the file to write with --out`);
  options.terminal.stdout(Buffer.from(bytes).toString("utf8"));
  return done(undefined);
}

const exists = (file: string) =>
  refuse("file_exists", file, `${file} exists; a document is never written over one`);

const UNKNOWN = refuse(
  "not_found",
  "digest",
  "no document has this digest; a digest is 64 hexadecimal letters",
);

const ofBooks = (document: StoredDocument | undefined): Found => (document ? done(document) : UNKNOWN);

function written(out: string, { digest, media_type, name, bytes }: StoredDocument) {
  try {
    writeFileSync(out, bytes, { flag: "wx" });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    return code === "EEXIST"
      ? exists(out)
      : refuse("file_unwritable", out, `${out} cannot be written (${code})`);
  }
  return done({ digest, media_type, name, size_bytes: bytes.length, file: out });
}

const ofServer = (
  { terminal, environment = {}, bare }: Given,
  { server, at, digest }: { readonly server: string; readonly at: string; readonly digest: string },
): Promise<Found> =>
  withServer(
    {
      ...{ stated: server, at, environment, version: bare.version },
      say: (line) => terminal.stderr(`didym: ${line}\n`),
    },
    async ({ origin, send }): Promise<Found> => {
      const came = await send({
        method: "GET",
        path: `/api/documents/${digest}`,
        headers: { accept: "*/*" },
      });
      if (came.status !== 200) {
        const answer = readAnswer(came, origin);
        return answer.ok ? UNKNOWN : answer;
      }
      const [media_type = ""] = (came.headers["content-type"] ?? "").split(";");
      return done({ media_type, name: nameIn(came.headers["content-disposition"] ?? ""), bytes: came.bytes });
    },
  );

/** As RFC 6266 says it, in UTF-8. */
function nameIn(disposition: string): string {
  const coded = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  try {
    return decodeURIComponent(coded ?? "");
  } catch {
    return "";
  }
}
