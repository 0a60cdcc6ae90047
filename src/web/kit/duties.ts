import { dutyRows } from "../../trust/index.ts";

/** The roles of a firm that may give a command, written ROOM/VERB, from the table of duties. */
export const whoMay = (command: string): readonly string[] =>
  dutyRows()
    .filter((row) => row.command === command.replace("/", " ") && row.own)
    .map(({ role }) => role);

/** What a role may give at all, of a firm or of a buyer, written ROOM/VERB. */
export const dutiesOf = (role: string): readonly string[] =>
  dutyRows()
    .filter((row) => row.role === role && row.reads !== true && (role === "buyer" ? row.buyer : row.own))
    .map(({ command }) => command.replace(" ", "/"));
