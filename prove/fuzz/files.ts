import type { Chance } from "../../test/histories/chance.ts";
import { MASSES, NAMES, NUMBERS, TEXTS } from "./hostile.ts";

const SIGNS = [
  '"',
  "'",
  ",",
  ";",
  "\t",
  "|",
  "\n",
  "\r",
  "\r\n",
  "\0",
  "\ufeff",
  "\u0085",
  "\u2028",
  "=",
  "#",
  "\ud800",
  '""',
  '"\n"',
];
const ROWS_MAX = 3000;

/** The text of a file (CSV, a spectrum, a manifest) with something wrong in it. */
export function changedFile(text: string, dice: Chance): string {
  const lines = text.split("\n");
  const nth = dice.whole(0, lines.length - 1);
  const at = dice.whole(0, text.length);
  const mark = /[,;\t|]/.exec(text)?.[0] ?? ",";
  const cells = (lines[nth] ?? "").split(mark);
  const cell = dice.whole(0, cells.length - 1);
  const odd = dice.pick(dice.pick([MASSES, NAMES, NUMBERS, TEXTS]));
  const withLine = (...line: string[]) => lines.toSpliced(nth, 1, ...line).join("\n");
  const copies = dice.odds(0.03) ? Math.floor(ROWS_MAX / lines.length) : 2;
  return dice.pick<() => string>([
    () => text.slice(0, at) + dice.pick(SIGNS) + text.slice(at),
    () => text.slice(0, at) + dice.pick(SIGNS) + text.slice(at),
    () => withLine(cells.toSpliced(cell, 1, odd).join(mark)),
    () => withLine(cells.toSpliced(cell, 1, odd).join(mark)),
    () => withLine(cells.toSpliced(cell, 1).join(mark)),
    () => withLine([...cells, odd].join(mark)),
    () => withLine(),
    () => withLine(lines[nth] ?? "", lines[nth] ?? ""),
    () => text.replaceAll(mark, dice.pick(SIGNS)),
    () => text.replaceAll("\n", dice.pick(["\r\n", "\r", "\n\n", ""])),
    () => `\ufeff${text}`,
    () => text.slice(0, at),
    () => lines.slice(1).join("\n"),
    () => [lines[0], ...Array.from({ length: copies }, () => lines.slice(1)).flat()].join("\n"),
    () => `"${text}`,
    () => text.toUpperCase(),
  ])();
}
