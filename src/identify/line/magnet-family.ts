import { readDriveModel } from "../reading/drive-models.ts";
import { readLine } from "../reading/reading.ts";
import type { LineIdentity } from "./identify-line.ts";

/** A candidate surer than this names the family. */
const NAMED_BY_CANDIDATE = 0.4;

const outline = (word: string): string => word.replace(/[0-9]+/g, "#");
/** The letters before and after the first number: ST4000DM004 is of the series ST#DM. */
const series = (word: string): string => outline(/^[A-Z]+\d+[A-Z]*|^\d[A-Z]/.exec(word)?.[0] ?? word);

/**
 * The family whose magnets a line shares with other lines: maker and series, never the single model.
 * Lines that name no model share a family by class and maker: what is not told apart must not average out.
 */
export function magnetFamily(line: LineIdentity): string {
  const own = readLine(line.line).words;
  const candidate = line.candidates[0];
  const named = candidate && candidate.p >= NAMED_BY_CANDIDATE ? readLine(candidate.model).words : own;
  if (line.class === "hdd" || line.class === "ssd") {
    // The line's own model number first: the likeliest listed model may be of a sister series.
    for (const word of [...own, ...named]) {
      const drive = readDriveModel([word]);
      if (drive) return `${line.prior_class} ${drive.maker} ${series(word)}`;
    }
  }
  const letters = named.filter((word) => /[\p{L}]/u.test(word) && !/^\d+[GT]B?$/.test(word)).slice(0, 2);
  return `${line.prior_class} ${letters.map(outline).join(" ") || "unspecified"}`;
}
