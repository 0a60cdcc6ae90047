import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createApi } from "../../src/api/index.ts";
import { readerOf } from "../../src/app/core/seen.ts";
import { useCases } from "../../src/app/use-cases.ts";
import type { MemoryStore } from "../../src/store/memory/ledger.ts";
import { secretsFor } from "../apart/secrets.ts";
import { tellingValues } from "../apart/told.ts";
import { theUseCase } from "../story/world.ts";
import { memoryPorts } from "../support/memory-ports.ts";
import type { Cell, Row } from "./cell.ts";
import { cellsOf, rolesIn } from "./cells.ts";
import { inputOf } from "./inputs.ts";
import { STRANGERS } from "./strangers.ts";
import { cellsWorld, type Said } from "./world.ts";

const world = await cellsWorld();
const { ask } = world;
const told = await ask("trust/duties", { body: {} });
assert.equal(told.status, 200, told.text);
const rows = JSON.parse(told.text) as Row[];
const cells = cellsOf(rows);
const [queries, commands] = [
  cells.filter(({ is }) => is === "query"),
  cells.filter(({ is }) => is !== "query"),
];
const named = (of: readonly Cell[]) =>
  `${of.length} cells, ${of.filter(({ may }) => may).length} of which allow`;

const nameOf = ({ command, role, party, column, may }: Cell) =>
  `${command} ${role}@${party} (${column}: ${may})`;

const asQuery = (input: object): string =>
  new URLSearchParams(Object.entries(input).map(([k, v]): [string, string] => [k, String(v)])).toString();

async function tried(cell: Cell): Promise<Said> {
  const { command, role, party, is } = cell;
  const input = inputOf(cell);
  const bearer = await world.as(role, party);
  const path = command.replace(" ", "/");
  if (is !== "query") return ask(path, { body: input, bearer });
  return ask(`${path}?${asQuery(input)}`, { bearer });
}

/** What is refused with 403 and not for who asks: it asks for a second person, or for a screening, or more than that. */
const OF_THE_TRADE =
  /^(second_person_(same|needed|unverified)|clearance_(missing|lapsed)|own_invitation|sign_in_again)$/;
const maySaid = ({ status, code = "" }: Said): boolean =>
  status !== 401 && (status !== 403 || OF_THE_TRADE.test(code));

/** Why a role may not: the roles that may, as the table tells them. */
function lacksRole({ command, role, column }: Cell, { status, code, detail = "" }: Said): boolean {
  const whose = column === "buyer" || column === "customer" ? column : "firm";
  const said = new RegExp(`^${command} is for (.+) of a ${whose}, not for ${role}$`).exec(detail)?.[1];
  if (status !== 403 || code !== "not_allowed" || said === undefined) return false;
  const may = rolesIn(rows, command, whose === "firm" ? "own" : whose);
  const listed = said === "nobody" ? [] : said.split(", ");
  assert.deepEqual(listed.sort(), [...may].sort(), `${command}: who may, as it is refused`);
  return true;
}

const lacksParty = ({ party }: Cell, { status, code, detail = "" }: Said): boolean =>
  status === 403 &&
  code === "not_allowed" &&
  / is for .+, not for \S+$/.test(detail) &&
  detail.endsWith(` ${party}`);

/** What a reader may not see is refused as what is not there, or without a reason (Z13). */
const isNotThere = ({ status, code = "", detail = "" }: Said): boolean =>
  (status === 404 && code.endsWith("_unknown")) ||
  // Of a lot that is not there no statement is there either.
  code === "statement_missing" ||
  (status === 403 && /for a reason that is another firm's to know$/.test(detail));

const isInTable = (role: string, column: "own" | "buyer", command: string) =>
  rolesIn(rows, command, column).includes(role);

/** Words of the product itself, which it says on books where nothing happened yet, and of who states nobody. */
async function vocabulary(): Promise<ReadonlySet<string>> {
  const api = createApi({ signIn: "offered", ports: memoryPorts(), useCases });
  const words = new Set(["unstated", "product"]);
  for (const command of new Set(queries.map((cell) => cell.command))) {
    const path = `/api/${command.replace(" ", "/")}?${asQuery(theUseCase(command).example as object)}`;
    tellingValues(await (await api.request(path)).json(), words);
  }
  return words;
}

/** What somebody of a party that the story does not concern may not be told. */
const words = await vocabulary();
const kept = new Map<string, Promise<ReadonlySet<string>>>();
function keptFrom({ role, party }: Cell): Promise<ReadonlySet<string>> {
  const kind = Object.entries(STRANGERS).find(([, named]) => named === party)?.[0] ?? "";
  const reader = readerOf({ role, party, kind });
  const id = String(reader);
  const known =
    kept.get(id) ?? secretsFor(reader, { store: world.store as unknown as MemoryStore, open: words });
  kept.set(id, known);
  return known;
}

/** A name or a word by itself, as opposed to a sentence or a number that may be worked out anew: of these see `test/apart`. */
const isName = (value: string) => /^[A-Za-z][^\s]*$/.test(value);

/** What an answer names that is not theirs, beside what they asked for by name. */
async function tellsOfOthers(cell: Cell, { text }: Said): Promise<readonly string[]> {
  const [secrets, asked] = [await keptFrom(cell), JSON.stringify(inputOf(cell))];
  return [...tellingValues(JSON.parse(text))].filter(
    (value) => isName(value) && secrets.has(value) && !asked.includes(value),
  );
}

/** What is gathered for whoever asks holds their own alone. */
const isOfTheirOwn = async (cell: Cell, said: Said): Promise<boolean> =>
  cell.command === "trust evidence" && said.status === 200 && (await tellsOfOthers(cell, said)).length === 0;

const head = async () => (await world.store.head())?.seq;

describe("the table of duties, cell by cell over HTTP", () => {
  it(`Z17: commands and what is done beside the books: ${named(commands)}`, async () => {
    const wrong: string[] = [];
    for (const command of new Set(commands.map((cell) => cell.command))) {
      const of = commands.filter((cell) => cell.command === command);
      for (const cell of of) await world.as(cell.role, cell.party);
      const before = await head();
      for (const cell of of.filter(({ may }) => !may)) {
        const said = await tried(cell);
        const mayByRole = cell.column === "other" && isInTable(cell.role, "own", command);
        const right = mayByRole
          ? lacksParty(cell, said) || isNotThere(said) || (await isOfTheirOwn(cell, said))
          : lacksRole(cell, said);
        if (!right) wrong.push(`${nameOf(cell)}: ${said.status} ${said.code} ${said.detail}`);
      }
      assert.equal(await head(), before, `${command}: who may not changes nothing`);
      for (const cell of of.filter(({ may }) => may)) {
        const said = await tried(cell);
        if (!maySaid(said)) wrong.push(`${nameOf(cell)}: ${said.status} ${said.code} ${said.detail}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it(`Z17 Z18: queries: ${named(queries)}`, async () => {
    const [wrong, toldMuch]: [string[], string[]] = [[], []];
    const before = await head();
    for (const cell of queries) {
      const said = await tried(cell);
      const say = (what: string) => wrong.push(`${nameOf(cell)}: ${said.status} ${said.code} ${what}`);
      const mayByRole = isInTable(cell.role, "own", cell.command);
      if (cell.may && (said.status === 401 || said.status === 403)) say(said.detail ?? "");
      if (!cell.may && !mayByRole && (said.status !== 403 || said.code !== "not_allowed")) say("is told");
      if (!cell.may && mayByRole) {
        if (![200, 403, 404].includes(said.status)) say(said.detail ?? "");
        const others = await tellsOfOthers(cell, said);
        if (others.length > 0) say(`tells ${others}`);
      }
      if (cell.may && cell.column === "other") {
        const own = { ...cell, party: STRANGERS.recycler };
        if ((await tellsOfOthers(own, said)).length > 0) toldMuch.push(cell.command);
      }
    }
    assert.deepEqual(wrong, []);
    assert.equal(await head(), before, "a question changes nothing");
    assert.ok(toldMuch.length > 30, `an auditor is told of others by ${toldMuch.length} queries`);
  });
});
