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

/** Reads a dropped file; what is not JSON is named, not dropped. */
export async function readPart(
  file: Pick<File, "name" | "size" | "text">,
): Promise<{ part: Part; content: unknown } | { fault: string }> {
  if (file.size > BYTES_MAX) return { fault: `${file.name} is larger than ${BYTES_MAX / 1024 / 1024} MB` };
  try {
    const content: unknown = JSON.parse(await file.text());
    return { part: partOf(content), content };
  } catch {
    return { fault: `${file.name} is not JSON` };
  }
}
