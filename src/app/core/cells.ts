import { done, refuse } from "../../quantity/index.ts";

/** Cells of one table: more would be hundreds of megabytes once they are read. */
const CELLS_MAX = 1_000_000;

/** Refuses `too_many_cells` of a table that is yet to be read: counted by its delimiters and line ends, quoted or not. */
export function fewEnoughCells(text: string, delimiter: string, at: string) {
  let cells = 1;
  for (const sign of [delimiter, "\n"]) {
    if (sign === "") continue;
    for (
      let place = text.indexOf(sign);
      place !== -1 && cells <= CELLS_MAX;
      place = text.indexOf(sign, place + 1)
    )
      cells++;
  }
  return cells <= CELLS_MAX
    ? done(text)
    : refuse("too_many_cells", at, `a table has at most ${CELLS_MAX} cells: split it`, {
        cells_max: CELLS_MAX,
      });
}
