import { randomUUID } from "node:crypto";
import { readActor } from "../app/core/actor.ts";
import { readNoted } from "../app/core/noted-read.ts";
import { parseInput, perform } from "../app/core/perform.ts";
import type { BarePorts, Ports } from "../app/core/ports.ts";
import { withRun } from "../app/core/run.ts";
import type { UseCase } from "../app/core/use-case.ts";
import type { Actor } from "../ledger/index.ts";
import { assert, done, nearest, type Refusal } from "../quantity/index.ts";
import { type Arguments, readArguments } from "./arguments.ts";
import { helpOfAll, helpOfOwn, helpOfRoom, helpOfVerb, usageOf } from "./help.ts";
import { readInput } from "./input.ts";
import { ownVerbs } from "./own-verbs.ts";
import type { Environment } from "./server/kept-token.ts";
import type { Terminal } from "./terminal.ts";
import type { Upkeep } from "./upkeep.ts";
import { whereOf } from "./where.ts";

export { readText } from "./input.ts";
export type { Terminal } from "./terminal.ts";
export type { Upkeep } from "./upkeep.ts";

export interface CliOptions {
  /** Rooms by name, each loaded when it is asked for. */
  readonly rooms: Readonly<Record<string, () => Promise<readonly UseCase[]>>>;
  readonly upkeep: readonly Upkeep[];
  readonly terminal: Terminal;
  /** All that calculations need: they start without the books. */
  readonly bare: BarePorts;
  /** Opens the books for the time of one piece of work and closes them after it, whatever happens. */
  readonly withBooks: <T>(dataDir: string | undefined, work: (ports: Ports) => Promise<T>) => Promise<T>;
  /** Which server is usual, and where tokens lie; nothing of the kind where it is left out. */
  readonly environment?: Environment;
}

export const EXIT = { done: 0, fault: 1, refused: 2 } as const;

/** Runs one command line and answers its exit code. Faults are thrown to the caller, who says them in one sentence. */
export async function runCli(argv: readonly string[], given: CliOptions): Promise<number> {
  return runWords(argv, { ...given, upkeep: [...given.upkeep, ...ownVerbs(given)] });
}

async function runWords(argv: readonly string[], options: CliOptions): Promise<number> {
  const { terminal } = options;
  const read = readArguments(argv);
  if (!read.ok) return refused(terminal, read.refusal);
  const helped = read.value.words[0] === "help";
  const given: Arguments = helped
    ? { ...read.value, words: read.value.words.slice(1), own: { ...read.value.own, help: "yes" } }
    : read.value;
  if (given.own.version) {
    terminal.stdout(`${options.bare.version}\n`);
    return EXIT.done;
  }
  const [first, second] = given.words;
  if (first === undefined) return helpAll(options);
  const upkeep = options.upkeep.find((u) => (u.room === first && u.verb === second) || u.formerly === first);
  return upkeep ? runUpkeep(upkeep, given, options) : runRoom(given, options);
}

async function helpAll({ rooms, upkeep, terminal }: CliOptions): Promise<number> {
  const verbs = new Map<string, (UseCase | Upkeep)[]>();
  for (const [room, load] of Object.entries(rooms))
    verbs.set(room, [...(await load()), ...upkeep.filter((u) => u.room === room)]);
  for (const own of upkeep)
    if (!Object.hasOwn(rooms, own.room)) verbs.set(own.room, [...(verbs.get(own.room) ?? []), own]);
  terminal.stdout(helpOfAll(verbs));
  return EXIT.done;
}

async function runUpkeep(upkeep: Upkeep, given: Arguments, options: CliOptions): Promise<number> {
  const { terminal, environment = {} } = options;
  if (given.own.help) {
    terminal.stdout(helpOfOwn(upkeep));
    return EXIT.done;
  }
  const known = new Set(Object.keys(upkeep.flags ?? {}).map((name) => name.replaceAll("-", "_")));
  const flag = Object.keys(given.fields).find((name) => !known.has(name));
  if (flag !== undefined || given.own.schema)
    return refused(terminal, {
      code: "flag_unknown",
      at: `--${flag ?? "schema"}`,
      message: `didym ${usageOf(upkeep)} takes no --${flag ?? "schema"}`,
    });
  const words = given.words.slice(given.words[0] === upkeep.formerly ? 1 : 2);
  const extra = words[upkeep.takes.length];
  if (extra !== undefined)
    return refused(terminal, {
      code: "word_unexpected",
      at: upkeep.hides === undefined ? extra : "arguments",
      message: upkeep.hides ?? `"${extra}" has no place in: didym ${usageOf(upkeep)}`,
    });
  const name = `${upkeep.room} ${upkeep.verb}`;
  const where = whereOf(given, { asks: upkeep.asks ?? "data folder", name, environment });
  if (!where.ok) return refused(terminal, where.refusal);
  const { value: at } = where;
  const answer = await upkeep.run({
    ...{ words, flags: given.fields, dataDir: given.own.data, stdin: terminal.stdin },
    ...(at.server === undefined ? {} : { server: at }),
  });
  if (!answer.ok) return refused(terminal, answer.refusal);
  return answer.value === undefined ? EXIT.done : print(terminal, answer.value);
}

async function runRoom(given: Arguments, options: CliOptions): Promise<number> {
  const { rooms, upkeep, terminal } = options;
  const [room = "", verb, ...files] = given.words;
  // A room may have verbs of upkeep alone.
  const upkeepRooms = upkeep.map((own) => own.room);
  const bare = upkeepRooms.includes(room) ? async () => [] : undefined;
  const load = Object.hasOwn(rooms, room) ? rooms[room] : bare;
  if (!load) {
    const known = [...new Set([...Object.keys(rooms), ...upkeepRooms]), "help"];
    return refused(terminal, unknownWord("room_unknown", room, known));
  }
  const useCases = await load();
  const here = [...useCases, ...upkeep.filter((u) => u.room === room)];
  if (verb === undefined) {
    if (given.own.help) terminal.stdout(helpOfRoom(room, here));
    else terminal.stderr(helpOfRoom(room, here));
    const missing = { code: "verb_missing", at: room, message: `name a verb of ${room}` };
    return given.own.help ? EXIT.done : refused(terminal, missing);
  }
  const useCase = useCases.find((u) => u.verb === verb);
  if (!useCase) {
    const known = here.map((u) => u.verb);
    return refused(terminal, unknownWord("verb_unknown", verb, known));
  }
  return given.own.help || given.own.schema
    ? describe(useCase, given, terminal)
    : runUseCase(useCase, { given, files, options });
}

async function describe(useCase: UseCase, given: Arguments, terminal: Terminal): Promise<number> {
  const { inputSchema } = await import("../app/core/input-schema.ts");
  const schema = inputSchema(useCase);
  if (given.own.schema) return print(terminal, schema);
  terminal.stdout(helpOfVerb(useCase, schema));
  return EXIT.done;
}

interface Called {
  readonly given: Arguments;
  readonly files: readonly string[];
  readonly options: CliOptions;
}

async function runUseCase(useCase: UseCase, called: Called): Promise<number> {
  const { given, files, options } = called;
  const { terminal } = options;
  const input = await readInput(useCase, files, { fields: given.fields, stdin: terminal.stdin });
  const answer = input.ok ? await answerOf(useCase, input.value, called) : input;
  if (!answer.ok) return refused(terminal, answer.refusal);
  if (useCase.type === "calculation" && useCase.rows)
    return printRows(terminal, answer.value as readonly object[]);
  return print(terminal, answer.value, useCase.line);
}

async function answerOf(useCase: UseCase, input: unknown, { given, options }: Called) {
  const { room, verb, type } = useCase;
  const where = whereOf(given, {
    ...{ asks: type === "calculation" ? "no books" : "books", name: `${room} ${verb}` },
    environment: options.environment ?? {},
  });
  if (!where.ok) return where;
  const { value: at } = where;
  if (useCase.type === "calculation" && at.server === undefined) return withRun(options.bare, useCase, input);
  // What cannot be right is refused before the books are opened, or a server is asked.
  const parsed = parseInput(useCase, input);
  if (!parsed.ok) return parsed;
  const asked = type === "query" || type === "calculation" ? undefined : requestOf(given);
  if (asked && !asked.ok) return asked;
  const told = () => {
    if (asked && given.own.key === undefined && type === "command")
      options.terminal.stderr(
        `didym: request key ${asked.value.key}: give it again with --key to repeat this safely\n`,
      );
  };
  if (at.server !== undefined) {
    const { answerOfServer } = await import("./server/use-case.ts");
    return answerOfServer(useCase, { at, input, told, key: asked?.value.key, as: given.own.as, options });
  }
  return options.withBooks(at.dataDir, async (ports) => {
    if (useCase.type === "query")
      return readNoted(ports, { asker: "owner", query: `${room}/${verb}` }, (seen) =>
        useCase.answer(seen, parsed.value),
      );
    assert(asked && useCase.type !== "calculation", "what is not a query carries a request");
    told();
    if (useCase.type === "action") return useCase.run(ports, { input: parsed.value, request: asked.value });
    return perform(ports, useCase, { request: asked.value, input });
  });
}

/** Who gives it on a data folder is the machine's owner, whoever they state to be: their entries say so (T24). */
function requestOf(given: Arguments) {
  const stated = readActor(given.own.as);
  if (!stated.ok) return stated;
  const actor: Actor = { ...stated.value, owner: true };
  return done({ key: given.own.key ?? randomUUID(), actor, owner: true as const });
}

function unknownWord(code: "room_unknown" | "verb_unknown", word: string, known: readonly string[]): Refusal {
  const near = nearest(word, known);
  const hint = near ? `did you mean ${near}?` : `known are ${known.join(", ")}`;
  const what = code === "room_unknown" ? "room" : "verb";
  return { code, at: word, message: `there is no ${what} "${word}"; ${hint}` };
}

function refused(terminal: Terminal, refusal: Refusal): number {
  terminal.stdout(`${JSON.stringify({ refused: refusal })}\n`);
  terminal.stderr(`didym: refused: ${refusal.message}\n`);
  return EXIT.refused;
}

function print(terminal: Terminal, value: object, line = false): number {
  terminal.stdout(`${JSON.stringify(value, null, line ? 0 : 2)}\n`);
  return passes(value) ? EXIT.done : EXIT.refused;
}

/** An answer that is a verdict says so at its top: a passport is accepted or not, books are clean or not (L2). */
function passes(answer: { readonly accepted?: unknown; readonly clean?: unknown }): boolean {
  return answer.accepted !== false && answer.clean !== false;
}

/** Rows in one write: few calls, and never the whole output as one text. */
const ROWS_AT_ONCE = 1000;

function printRows(terminal: Terminal, rows: readonly object[]): number {
  for (let i = 0; i < rows.length; i += ROWS_AT_ONCE) {
    const some = rows.slice(i, i + ROWS_AT_ONCE);
    terminal.stdout(some.map((row) => `${JSON.stringify(row)}\n`).join(""));
  }
  return EXIT.done;
}
