import { dutyRows } from "../../trust/index.ts";

/** The roles of a firm that may give a command, written ROOM/VERB, from the table of duties. */
export const whoMay = (command: string): readonly string[] =>
  dutyRows()
    .filter((row) => row.command === command.replace("/", " ") && row.own)
    .map(({ role }) => role);

/** The commands that a role may give at all, of a firm, of a buyer or of a customer, written ROOM/VERB. */
export const dutiesOf = (role: string): readonly string[] =>
  dutyRows()
    .filter((row) => row.role === role && !row.reads && !row.beside && row[columnOf(role)])
    .map(({ command }) => command.replace(" ", "/"));

const columnOf = (role: string): "own" | "buyer" | "customer" =>
  role === "buyer" || role === "customer" ? role : "own";
