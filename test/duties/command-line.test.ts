import assert from "node:assert/strict";
import { test } from "node:test";
import { theUseCase } from "../story/world.ts";
import { ownShell } from "../support/own-shell.ts";
import type { Cell, Row } from "./cell.ts";
import { cellsOf } from "./cells.ts";
import { inputOf } from "./inputs.ts";
import { cellsWorld } from "./world.ts";

/** Cells of each column and of each answer, of commands, queries and what is done beside the books. */
const SAMPLE = [
  "own settle lot accountant",
  "own settle lot driver",
  "own certify revoke approver",
  "other certify revoke approver",
  "buyer certify revoke approver",
  "buyer orders place buyer",
  "buyer orders allocate buyer",
  "other programme register-party auditor",
  "other trust open-incident resale clerk",
  "own trust name-directory administrator",
  "own trust refusals weigher",
  "own trust refusals administrator",
  "other ledger lots auditor",
  "own ledger rebuild operator",
];

const world = await cellsWorld();
const shell = ownShell();
const at = ["--server", world.origin];

test(`Z17: ${SAMPLE.length} of these cells by the command line, on a server that was signed in at`, async () => {
  const said = await shell.run(["trust", "duties", ...at]);
  const rows = said.out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
  const named = ({ column, command, role }: Cell) => `${column} ${command} ${role}`;
  const cells = new Map(cellsOf(rows).map((cell) => [named(cell), cell]));
  for (const name of SAMPLE) {
    const cell = cells.get(name);
    assert.ok(cell, name);
    const signed = await shell.run(["trust", "sign-in", ...at], {
      stdin: await world.as(cell.role, cell.party),
    });
    assert.equal(signed.exit, 0, signed.out);
    const ran = await shell.run([...wordsOf(cell), ...at], { stdin: JSON.stringify(inputOf(cell)) });
    const { refused } = JSON.parse(ran.out) as { refused?: { code: string; message: string } };
    const turnedAway = refused?.code === "not_allowed" || refused?.code === "not_signed_in";
    // Of what is another's a reader is told nothing, not even that there is something they may not.
    const unseen = cell.column === "other" && refused?.code.endsWith("_unknown");
    if (cell.may) assert.ok(!turnedAway, `${name}: ${refused?.message}`);
    else assert.ok(ran.exit === 2 && (turnedAway || unseen), `${name}: ${ran.out}`);
  }
});

/** The command as it is typed; what it takes comes on standard input, of a question in flags. */
function wordsOf(cell: Cell): readonly string[] {
  const words = cell.command.split(" ");
  if (theUseCase(cell.command).type !== "query") return [...words, "-"];
  return [...words, ...Object.entries(inputOf(cell)).flatMap(([k, v]) => [`--${k}`, String(v)])];
}
