import { readSignedJson } from "../../contract/signed-json.ts";

export type Part = "credential" | "bundle" | "issuers";

/** A bundle of a large log; more than the API reads anyway. */
const BYTES_MAX = 16 * 1024 * 1024;

/** Which of the three files this is, by what is in it. */
export function partOf(content: unknown): Part {
  if (Array.isArray(content)) return "issuers";
  if (typeof content !== "object" || content === null) return "credential";
  if ("headers" in content || "format" in content) return "bundle";
  if ("issuers" in content) return "issuers";
  return "credential";
}

/** Reads a dropped file; what is not JSON, or could be read in two ways, is named and not dropped. */
export async function readPart(
  file: Pick<File, "name" | "size" | "text">,
): Promise<{ part: Part; content: unknown } | { fault: string }> {
  if (file.size > BYTES_MAX) return { fault: `${file.name} is larger than ${BYTES_MAX / 1024 / 1024} MB` };
  const read = readSignedJson(await file.text(), file.name);
  if (read.ok) return { part: partOf(read.value), content: read.value };
  const { code, message } = read.refusal;
  return { fault: code === "json_malformed" ? `${file.name} is not JSON` : message };
}
