import { readDriveModel } from "./drive-models.ts";
import type { LineIdentity } from "./identify-line.ts";
import { readLine } from "./reading.ts";

/** A candidate surer than this names the family. */
const NAMED_BY_CANDIDATE = 0.4;

const outline = (word: string): string => word.replace(/[0-9]+/g, "#");

/**
 * The family whose magnets a line shares with other lines: maker and series, never the single model.
 * Lines that name no model share a family by class and maker: what is not told apart must not average out.
 */
export function magnetFamily(line: LineIdentity): string {
  const candidate = line.candidates[0];
  const named = candidate && candidate.p >= NAMED_BY_CANDIDATE ? candidate.model.toUpperCase() : null;
  const words = readLine(named ?? line.line).words;
  if (line.class === "hdd" || line.class === "ssd") {
    for (const word of words) {
      const drive = readDriveModel([word]);
      if (drive)
        return `${line.prior_class} ${drive.maker} ${/^[A-Z]+\d+[A-Z]*|^\d[A-Z]/.exec(word)?.[0].replace(/\d+/g, "#") ?? outline(word)}`;
    }
  }
  const letters = words.filter((word) => /[\p{L}]/u.test(word) && !/^\d+[GT]B?$/.test(word)).slice(0, 2);
  return `${line.prior_class} ${letters.map(outline).join(" ") || "unspecified"}`;
}
