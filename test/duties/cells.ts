import type { Cell, Column, Row } from "./cell.ts";
import { OF_ANY_FIRM, partyOf } from "./inputs.ts";
import { STRANGERS } from "./strangers.ts";

/** It is asked for oneself alone, so that there is nothing of another's to ask for. */
const OF_NOBODY_ELSE: ReadonlySet<string> = new Set(["jobs start", "notices wish"]);

const COLUMNS: readonly Column[] = ["own", "other", "buyer", "customer"];

/** Every cell of a row. */
export function cellsOf(rows: readonly Row[]): readonly Cell[] {
  return rows.flatMap((row) =>
    COLUMNS.flatMap((column): Cell[] => {
      const { command, role } = row;
      if (column === "other" && OF_NOBODY_ELSE.has(command)) return [];
      const is = row.reads ? "query" : row.beside ? "action" : "command";
      const party = column === "other" ? strangerTo(row) : partyOf({ command, role, column });
      return [{ command, role, column, may: row[column], party, is }];
    }),
  );
}

const strangerTo = ({ command, role }: Row): string => {
  if (role === "auditor") return STRANGERS.auditor;
  return OF_ANY_FIRM.has(command) ? STRANGERS.carrier : STRANGERS.recycler;
};

/** The roles that the table lets give a command, of firms or of buyers. */
export const rolesIn = (
  rows: readonly Row[],
  command: string,
  column: Exclude<Column, "other">,
): readonly string[] => rows.flatMap((row) => (row.command === command && row[column] ? [row.role] : []));
