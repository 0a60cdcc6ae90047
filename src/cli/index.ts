import { randomUUID } from "node:crypto";
import { readActor } from "../app/actor.ts";
import { parseInput, perform } from "../app/perform.ts";
import type { Ports } from "../app/ports.ts";
import { withRun } from "../app/run.ts";
import type { Calculation, Command, Query, UseCase } from "../app/use-case.ts";
import type { Refusal, Result } from "../quantity/index.ts";
import { type Arguments, readArguments } from "./arguments.ts";
import { helpOfAll, helpOfRoom, helpOfVerb, nearest, type OwnVerb } from "./help.ts";
import { readInput } from "./input.ts";

/** The books, opened for the time of one command. */
export interface OpenBooks {
  readonly ports: Ports;
  close(): Promise<void>;
}

/** A verb that is the command line's own: upkeep of the books. */
export interface Upkeep extends OwnVerb {
  run(given: {
    readonly words: readonly string[];
    readonly fields: Arguments["fields"];
    readonly dataDir: string | undefined;
  }): Promise<Result<object>>;
}

export interface Terminal {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

export interface CliOptions {
  readonly useCases: readonly UseCase[];
  readonly upkeep: readonly Upkeep[];
  readonly terminal: Terminal;
  /** All that calculations need: they start without the books. */
  readonly bare: Pick<Ports, "version" | "clock">;
  readonly openBooks: (dataDir: string | undefined, log: (line: string) => void) => Promise<OpenBooks>;
}

export const EXIT = { done: 0, fault: 1, refused: 2 } as const;

/** Runs one command line and answers its exit code. Faults are thrown to the caller, who says them in one sentence. */
export async function runCli(argv: readonly string[], options: CliOptions): Promise<number> {
  const { terminal } = options;
  const given = readArguments(argv);
  if (!given.ok) return refused(terminal, given.refusal);
  const { words, own } = given.value;
  if (own["version"]) {
    terminal.stdout(`${options.bare.version}\n`);
    return EXIT.done;
  }
  const [first] = words;
  if (first === undefined || first === "help") {
    terminal.stdout(helpOfAll(options.useCases, options.upkeep));
    return EXIT.done;
  }
  const upkeep = options.upkeep.find((u) =>
    u.room ? u.room === first && u.verb === words[1] : u.verb === first,
  );
  if (upkeep) return runUpkeep(upkeep, given.value, terminal);
  return runRoom(given.value, options);
}

async function runUpkeep(upkeep: Upkeep, given: Arguments, terminal: Terminal): Promise<number> {
  if (given.own["help"]) {
    terminal.stdout(`didym ${upkeep.usage}\n\n${upkeep.summary}\n`);
    return EXIT.done;
  }
  const words = given.words.slice(upkeep.room ? 2 : 1);
  const answer = await upkeep.run({ words, fields: given.fields, dataDir: given.own["data"] });
  return answer.ok ? print(terminal, answer.value) : refused(terminal, answer.refusal);
}

async function runRoom(given: Arguments, options: CliOptions): Promise<number> {
  const { useCases, upkeep, terminal } = options;
  const [room = "", verb, ...files] = given.words;
  const rooms = [...new Set([...useCases, ...upkeep].map((u) => u.room || u.verb))];
  const here = useCases.filter((u) => u.room === room);
  if (here.length === 0) return refused(terminal, unknownWord("room_unknown", room, rooms));
  if (verb === undefined) {
    terminal.stdout(helpOfRoom(room, useCases, upkeep));
    return given.own["help"] ? EXIT.done : EXIT.refused;
  }
  const useCase = here.find((u) => u.verb === verb);
  if (!useCase)
    return refused(
      terminal,
      unknownWord(
        "verb_unknown",
        verb,
        here.map((u) => u.verb),
      ),
    );
  if (given.own["help"]) {
    terminal.stdout(helpOfVerb(useCase));
    return EXIT.done;
  }
  if (given.own["schema"]) {
    const { inputSchema } = await import("../app/input-schema.ts");
    return print(terminal, inputSchema(useCase));
  }
  const input = await readInput(useCase, files, { fields: given.fields, stdin: terminal.stdin });
  if (!input.ok) return refused(terminal, input.refusal);
  const answer = await answerOf(useCase, input.value, { given, options });
  if (!answer.ok) return refused(terminal, answer.refusal);
  if (useCase.type === "calculation" && useCase.rows)
    return printRows(terminal, answer.value as readonly object[]);
  return print(terminal, answer.value);
}

async function answerOf(
  useCase: UseCase,
  input: unknown,
  { given, options }: { given: Arguments; options: CliOptions },
): Promise<Result<object>> {
  if (useCase.type === "calculation")
    return withRun(options.bare, useCase as Calculation<unknown, object>, input);
  // What cannot be right is refused before the books are opened.
  const parsed = parseInput(useCase, input);
  if (!parsed.ok) return parsed;
  const actor = readActor(given.own["as"]);
  if (!actor.ok) return actor;
  const log = (line: string) => options.terminal.stderr(`didym: ${line}\n`);
  const books = await options.openBooks(given.own["data"], log);
  try {
    if (useCase.type === "query")
      return await (useCase as Query<unknown, object>).answer(books.ports, parsed.value);
    const key = given.own["key"] ?? randomUUID();
    if (given.own["key"] === undefined)
      log(`request key ${key}: give it again with --key to repeat this safely`);
    return await perform(books.ports, useCase as Command<unknown, object>, {
      request: { key, actor: actor.value },
      input,
    });
  } finally {
    await books.close();
  }
}

function unknownWord(code: "room_unknown" | "verb_unknown", word: string, known: readonly string[]): Refusal {
  const near = nearest(word, known);
  const hint = near ? `; did you mean ${near}?` : `; known are ${known.join(", ")}`;
  return {
    code,
    at: word,
    message: `there is no ${code === "room_unknown" ? "room" : "verb"} "${word}"${hint}`,
  };
}

function refused(terminal: Terminal, refusal: Refusal): number {
  terminal.stdout(`${JSON.stringify({ refused: refusal })}\n`);
  terminal.stderr(`didym: refused: ${refusal.message}\n`);
  return EXIT.refused;
}

function print(terminal: Terminal, value: object): number {
  terminal.stdout(`${JSON.stringify(value, null, 2)}\n`);
  return EXIT.done;
}

function printRows(terminal: Terminal, rows: readonly object[]): number {
  for (let i = 0; i < rows.length; i += 1000) {
    terminal.stdout(
      rows
        .slice(i, i + 1000)
        .map((row) => `${JSON.stringify(row)}\n`)
        .join(""),
    );
  }
  return EXIT.done;
}
