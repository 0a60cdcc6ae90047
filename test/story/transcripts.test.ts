import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { FOLDING } from "../../src/app/apply.ts";
import { perform } from "../../src/app/core/perform.ts";
import type { Ports } from "../../src/app/core/ports.ts";
import { ROOMS } from "../../src/app/rooms.ts";
import { useCases } from "../../src/app/use-cases.ts";
import { type CliOptions, runCli } from "../../src/cli/index.ts";
import { upkeepOn } from "../../src/main/upkeep.ts";
import { keySeal } from "../../src/outside/key-seal.ts";
import { StoryClock } from "../../src/sample/driver.ts";
import { erasedOn } from "../../src/store/erased-documents.ts";
import { memoryQueue } from "../../src/store/memory/job-queue.ts";
import { memoryKeys } from "../../src/store/memory/keys.ts";
import { postgresNotices } from "../../src/store/notices.ts";
import { postgresLedger } from "../../src/store/postgres-ledger.ts";
import { rebuildViews } from "../../src/store/rebuild.ts";
import { freshDatabase, poolOn } from "../support/database.ts";
import { keepKeys } from "../support/kept-keys.ts";
import { memoryPorts } from "../support/memory-ports.ts";
import { ownKeyFile } from "../support/sealing.ts";
import { abbreviated } from "./abbreviate.ts";
import { STORY, type Step } from "./story.ts";
import { actorOfStory, hoursOf, type KnownCommand, START, theUseCase } from "./world.ts";

const ANEW = "DIDYM_TRANSCRIPTS=write node tools/test.ts test/story/transcripts.test.ts";

/** Examples that answer "no": a passport that nobody signed, and what the machine's owner may not say. */
const NOT_ACCEPTED = new Set(["certify verify", "trust forbid-owner", "trust allow-owner"]);

interface Block {
  /** "ROOM VERB" */
  readonly verb: string;
  readonly text: string;
  readonly exit: number;
  /** Whether it is the example of a help. */
  readonly example: boolean;
}

/** Rooms, and one that has verbs of upkeep alone. */
const told = new Map<string, Block[]>([...Object.keys(ROOMS), "trust"].map((room) => [room, []]));

describe("command line, verb by verb", () => {
  const home = process.cwd();
  const dir = mkdtempSync(join(tmpdir(), "didym-transcripts-"));
  before(async () => {
    process.chdir(dir);
    const shell = await shellOnBooks();
    for (const step of STORY) await shell.tell(step);
  });
  after(() => {
    process.chdir(home);
    rmSync(dir, { recursive: true, force: true });
  });

  it("T11 every verb is shown", () => {
    const shown = new Set([...told.values()].flat().map((block) => block.verb));
    const verbs = [...useCases, ...upkeepOn(() => Promise.reject(new Error("not opened")))];
    for (const { room, verb } of verbs)
      assert.ok(
        shown.has(`${room} ${verb}`),
        `"${room} ${verb}" has no transcript: put shown("${room} ${verb}") into test/story/story.ts, then ${ANEW}`,
      );
  });

  it("T11 the example of each help does what it says", () => {
    for (const { verb, text, exit } of [...told.values()].flat().filter((block) => block.example))
      assert.equal(exit, NOT_ACCEPTED.has(verb) ? 2 : 0, text);
  });

  for (const [room, blocks] of told)
    it(`T11 didym ${room}: each verb answers as its transcript shows`, () => {
      const file = fileURLToPath(new URL(`transcripts/${room}.txt`, import.meta.url));
      const texts = [headOf(room), ...blocks.map((block) => block.text)];
      if (process.env["DIDYM_TRANSCRIPTS"] === "write") writeFileSync(file, texts.join("\n"));
      const kept = existsSync(file) ? readFileSync(file, "utf8") : "";
      const written = kept.split(/\n(?=\$ )/);
      for (const [i, text] of texts.entries())
        assert.equal(
          written[i]?.trimEnd(),
          text.trimEnd(),
          `${room}.txt: is the new answer right? Then ${ANEW}`,
        );
      assert.equal(written.length, texts.length, `${room}.txt shows more than the story tells; ${ANEW}`);
    });
});

const headOf = (room: string): string =>
  `# What each verb of "didym ${room}" answers, on the books of test/story/story.ts. "…" stands for more of the same,\n` +
  `# and for what is never twice the same. The commands are the examples of --help. Written by\n# ${ANEW}\n`;

/** A shell with the command line in this process, on real books, a folder of its own, and the clock of the story. */
async function shellOnBooks() {
  const clock = new StoryClock(START);
  const configs = new Map([
    ["books", await freshDatabase()],
    ["other", await freshDatabase()],
  ]);
  const databases = new Map([...configs].map(([name, config]) => [name, poolOn(config, 4)]));
  after(() => Promise.all([...databases.values()].map((pool) => pool.end())));
  const poolOf = (dataDir: string | undefined) => {
    const pool = databases.get(dataDir ?? "books");
    assert.ok(pool);
    return pool;
  };
  const memory = memoryPorts(() => clock.now());
  const pool = poolOf(undefined);
  const sealing = ownKeyFile();
  const store = postgresLedger({ pool, ...FOLDING, ids: memory.ids });
  const ports: Ports = {
    ...{ ...memory, store, keys: memoryKeys(store), documents: erasedOn(pool) },
    jobs: memoryQueue(() => clock.now().getTime()),
    notices: postgresNotices(pool, keySeal(sealing)),
    asker: "owner",
    rebuild: () => rebuildViews({ pool, ...FOLDING }),
  };
  const upkeep = upkeepOn(async (dataDir, work) => {
    await keepKeys(poolOf(dataDir));
    return work({
      ...{ pool: poolOf(dataDir), readers: poolOf(dataDir), reading: {} },
      config: configs.get(dataDir ?? "books") ?? {},
      owner: configs.get(dataDir ?? "books") ?? {},
      sealing,
      close: async () => {},
    });
  });
  const run = async (argv: readonly string[], stdin: string) => {
    let out = "";
    const terminal = {
      stdin: (async function* () {
        yield Buffer.from(stdin);
      })(),
      stdout: (text: string) => {
        out += text;
      },
      stderr: () => {},
    };
    const withBooks: CliOptions["withBooks"] = (_, work) => work({ ...ports, asker: "owner" });
    const exit = await runCli(argv, { rooms: ROOMS, upkeep, terminal, bare: ports, withBooks });
    return { out, exit };
  };
  let quiet = 0;
  return {
    async tell(step: Step): Promise<void> {
      clock.advance(hoursOf(step));
      if (step.is === "given") return step.put(ports);
      if (step.is === "also") return also(step, ports, quiet++);
      if (step.is === "wait") return;
      const script = step.is === "line" ? step.text : await exampleIn(step.verb, run);
      const [first = "", ...rest] = script.split("\n");
      const { words, file } = wordsOf(first);
      const stdin = rest.slice(0, rest.lastIndexOf("END")).join("\n");
      const { out, exit } = await run(words.slice(1), stdin);
      if (file !== undefined) writeFileSync(file, out);
      const given = rest.length > 0 ? `${abbreviated(stdin, "typed")}END\n` : "";
      const answer = file === undefined ? abbreviated(out) : "";
      const [room = "", verb = ""] = words.slice(1);
      const text = `$ ${first}\n${given}${answer}${exit === 0 ? "" : `exit ${exit}\n`}`;
      told.get(room)?.push({ verb: `${room} ${verb}`, text, exit, example: step.is === "shown" });
    },
  };
}

async function also({ verb, role, input }: Step & { is: "also" }, ports: Ports, nth: number): Promise<void> {
  const request = { key: `also-${nth}`, actor: actorOfStory(role, input), owner: true as const };
  const done = await perform(ports, theUseCase(verb) as KnownCommand, { request, input });
  assert.ok(done.ok, done.ok ? "" : `${verb}: ${JSON.stringify(done.refusal)}`);
}

/** What the help of a verb ends with: the words of its example, and what goes in on standard input. */
async function exampleIn(verb: string, run: (argv: string[], stdin: string) => Promise<{ out: string }>) {
  const { out } = await run([...verb.split(" "), "--help"], "");
  const [, example] = out.split("\nExample:\n  ");
  assert.ok(example, `the help of ${verb} ends with an example`);
  return example.trimEnd();
}

/** The words of a line of the shell, without its here-document; and the file that its output goes to. */
function wordsOf(line: string): { words: string[]; file: string | undefined } {
  const all = [...line.matchAll(/'((?:[^']|'\\'')*)'|(\S+)/g)].map(
    (m) => m[2] ?? (m[1] ?? "").replaceAll("'\\''", "'"),
  );
  const here = all.findIndex((word) => word.startsWith("<<"));
  const out = all.indexOf(">");
  const ends = [here, out].filter((i) => i >= 0);
  return { words: all.slice(0, Math.min(...ends, all.length)), file: out < 0 ? undefined : all[out + 1] };
}
