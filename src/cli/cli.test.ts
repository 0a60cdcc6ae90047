import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { z } from "zod";
import { memoryPorts } from "../../test/support/memory-ports.ts";
import { inputSchema } from "../app/core/input-schema.ts";
import type { Ports } from "../app/core/ports.ts";
import { calculation, command, type UseCase } from "../app/core/use-case.ts";
import { ROOMS } from "../app/rooms.ts";
import { useCases } from "../app/use-cases.ts";
import { done, refuse } from "../quantity/index.ts";
import { OWN_FLAGS } from "./arguments.ts";
import { type CliOptions, runCli, type Upkeep } from "./index.ts";

const dir = mkdtempSync(join(tmpdir(), "didym-cli-"));
after(() => rmSync(dir, { recursive: true, force: true }));
const file = (name: string, content: string | Uint8Array) => {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
};

/** A room of the test's own, for what no real room shows plainly. */
const echo = calculation({
  room: "test",
  verb: "echo",
  summary: "answers what it was given",
  input: z.object({
    text: z.string().optional(),
    mass: z.union([z.string(), z.object({ value: z.string() })]).optional(),
    count: z.number().optional(),
    on: z.boolean().optional(),
    list: z.array(z.number()).optional(),
    seed: z.number().optional(),
  }),
  example: {},
  compute: async (_ports, input) => done({ input }),
});
const rows = calculation({
  room: "test",
  verb: "rows",
  summary: "a row for each line",
  rows: true,
  raw: "text",
  input: z.object({ text: z.string() }),
  example: { text: "a\nb\n" },
  compute: async (_ports, { text }) =>
    done(
      text
        .trimEnd()
        .split("\n")
        .map((line) => ({ line })),
    ),
});
const broken = command({
  room: "test",
  verb: "broken",
  summary: "breaks",
  input: z.object({}),
  example: {},
  concerns: { everyone: "it is a test" },
  decide: async () => {
    throw new Error("the disk is full");
  },
});
const upkeep: Upkeep[] = [
  {
    room: "ledger",
    verb: "audit",
    takes: [],
    example: [],
    summary: "Audit.",
    run: async () => done({ clean: false, first_bad: { at: "entry 7" }, faults: ["hash differs"] }),
  },
  {
    room: "ledger",
    verb: "backup",
    formerly: "backup",
    takes: ["FILE"],
    example: ["x.gz"],
    summary: "Back up.",
    run: async ({ words: [file] }) =>
      file === undefined ? refuse("file_missing", "FILE", "name the file to write") : done({ file }),
  },
];

interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  readonly opened: number;
}

async function run(argv: readonly string[], stdin = "", ports: Ports = memoryPorts()): Promise<Ran> {
  let out = "";
  let err = "";
  let opened = 0;
  const own: readonly UseCase[] = [echo, rows, broken];
  const options: CliOptions = {
    rooms: { ...ROOMS, test: async () => own },
    upkeep,
    terminal: {
      stdin: (async function* () {
        yield Buffer.from(stdin);
      })(),
      stdout: (text) => {
        out += text;
      },
      stderr: (text) => {
        err += text;
      },
    },
    bare: ports,
    withBooks: async (_dataDir, work) => {
      opened++;
      return work(ports);
    },
  };
  const exit = await runCli(argv, options);
  return { exit, out, err, opened };
}

async function refusalOf(argv: readonly string[], stdin = "") {
  const { exit, out, opened } = await run(argv, stdin);
  assert.equal(exit, 2, out);
  assert.equal(opened, 0, "the books stay shut");
  const { refused } = JSON.parse(out) as { refused: { code: string; at: string; message: string } };
  assert.ok(refused.code && refused.at && refused.message);
  return refused;
}

const echoed = async (argv: readonly string[], stdin = "") =>
  (JSON.parse((await run(["test", "echo", ...argv], stdin)).out) as { input: unknown }).input;

describe("command line: input", () => {
  it("T4 lays flags over the file and reads them as their field wants", async () => {
    const given = file("given.json", '{"text": "from file", "count": 1}');
    assert.deepEqual(await echoed([given, "--count", "2"]), { text: "from file", count: 2 });
    assert.deepEqual(await echoed(["--text", "12"]), { text: "12" });
    assert.deepEqual(await echoed(["--text=--12"]), { text: "--12" });
    assert.deepEqual(await echoed(["--count=-1.5", "--on", "true", "--list", "[1,2]"]), {
      count: -1.5,
      on: true,
      list: [1, 2],
    });
    assert.deepEqual(await echoed(["--mass", "12.5 kg"]), { mass: "12.5 kg" });
    assert.deepEqual(await echoed(["--text", "a", "--note", "b", "--_by", "c"]), { text: "a" }, "free text");
    assert.deepEqual(await echoed(["--mass", '{"value": "1"}']), { mass: { value: "1" } });
  });

  it("T4 refuses a flag that is unknown, given twice or without its value", async () => {
    assert.deepEqual(await refusalOf(["test", "echo", "--texd", "a"]), {
      code: "flag_unknown",
      at: "--texd",
      message: "there is no --texd here; did you mean --text?",
    });
    assert.equal((await refusalOf(["test", "echo", "--text", "a", "--text", "b"])).code, "flag_repeated");
    assert.equal((await refusalOf(["test", "echo", "--text"])).code, "flag_without_value");
    assert.equal((await refusalOf(["test", "echo", "--text", "--count", "1"])).code, "flag_without_value");
    assert.equal((await refusalOf(["test", "echo", "--count", "many"])).at, "count");
    assert.equal((await refusalOf(["test", "echo", "-", "--text", "a"], "[1]")).code, "input_malformed");
  });

  it("T4 keeps its own flags apart from every field of every use case", () => {
    for (const useCase of useCases) {
      const fields = Object.keys((inputSchema(useCase)["properties"] ?? {}) as object);
      const taken = [...fields, ...Object.keys(useCase.files?.flags ?? {})];
      for (const own of OWN_FLAGS) assert.ok(!taken.includes(own), `${useCase.room} ${useCase.verb} ${own}`);
    }
  });

  it("T5 reads JSON from a file or standard input, and text for a raw field", async () => {
    assert.deepEqual(await echoed(["-"], '\ufeff{"text": "a"}'), { text: "a" });
    assert.deepEqual(await echoed([file("b.json", '{"text": "b"}')]), { text: "b" });
    assert.deepEqual((await run(["test", "rows", "-"], "x\ny\n")).out, '{"line":"x"}\n{"line":"y"}\n');
    const whole = JSON.stringify({ text: "a\nb" });
    assert.deepEqual((await run(["test", "rows", "-"], whole)).out, '{"line":"a"}\n{"line":"b"}\n');
    assert.deepEqual((await run(["test", "rows", "-"], '{"x": 1}\n')).out, '{"line":"{\\"x\\": 1}"}\n');
    assert.equal((await refusalOf(["test", "echo", "a.json", "b.json"])).code, "word_unexpected");
  });

  it("T5 takes a word where a use case has one, and its JSON file all the same", async () => {
    const word = await run(["column", "select", "EDTA", "--feed", '{"Nd":1,"Pr":1}']);
    const path = file("select.json", '{"ligand":"EDTA","feed":{"Nd":1,"Pr":1}}');
    const whole = await run(["column", "select", path]);
    const seen = (out: string) => (JSON.parse(out) as { order: string[] }).order;
    assert.deepEqual(seen(word.out), ["Nd", "Pr"]);
    assert.deepEqual(seen(whole.out), ["Nd", "Pr"]);
    const unknown = await run(["column", "select", "NTA"]);
    assert.equal(unknown.exit, 2);
    assert.match(unknown.out, /ligand_unknown/);
  });
  it("T5 puts several files into the fields that a use case names", async () => {
    const passport = file("passport.json", '{"type": ["VerifiableCredential"]}');
    const trust = file("trust.json", "[]");
    const one = JSON.parse((await run(["certify", "verify", passport, "--trust", trust])).out);
    assert.equal(one.accepted, false);
    assert.equal(one.checks[0].name, "well_formed");
    const two = JSON.parse((await run(["certify", "verify", passport, passport, "--trust", trust])).out);
    assert.equal(two.accepted, false);
    assert.ok(two.checks.length > one.checks.length);
    const twice = await refusalOf(["certify", "verify", "-", "-"]);
    assert.equal(twice.code, "word_unexpected");
    assert.equal((await refusalOf(["certify", "verify", passport, "--trust", "gone"])).code, "file_missing");
    assert.equal((await refusalOf(["certify", "verify", passport, "--trusd", "x"])).code, "flag_unknown");
  });

  it("T6 refuses a file that is missing, a folder, too large, not UTF-8 or not JSON", async () => {
    assert.equal((await refusalOf(["test", "echo", join(dir, "gone.json")])).code, "file_missing");
    assert.equal((await refusalOf(["test", "echo", dir])).code, "file_unreadable");
    const huge = file("huge.json", "");
    truncateSync(huge, 100 * 1024 * 1024);
    assert.equal((await refusalOf(["test", "echo", huge])).code, "too_large");
    const latin = file("latin.csv", new Uint8Array([0x61, 0xe9, 0x0a]));
    assert.match((await refusalOf(["test", "rows", latin])).message, /byte 2 /);
    const broken = await refusalOf(["test", "echo", file("broken.json", '{\n"a" 1}')]);
    assert.deepEqual([broken.code, /line 2/.test(broken.message)], ["json_malformed", true]);
    assert.match((await refusalOf(["test", "echo", "-"])).message, /empty/);
  });

  it("T6 refuses a name that stands twice in one object, in a file, from standard input or in a flag, at its place", async () => {
    const given = '{"text": "a", "mass": {"value": "1 kg", "value": "2 kg"}}';
    const { code, at } = await refusalOf(["test", "echo", file("twice.json", given)]);
    assert.deepEqual([code, at], ["json_ambiguous", "mass.value"]);
    assert.equal((await refusalOf(["test", "echo", "-"], '{"count": 1, "count": 2}')).at, "count");
    const flag = await refusalOf(["test", "echo", "--mass", '{"value": "1", "value": "2"}']);
    assert.deepEqual([flag.code, flag.at], ["json_ambiguous", "mass.value"]);
  });

  it("T7 refuses what no field may hold", async () => {
    assert.equal((await refusalOf(["test", "rows", "-"], "a\0b")).at, "text");
    assert.equal((await refusalOf(["test", "echo", "-"], '{"count": 1e999}')).at, "count");
  });
});

describe("command line: answers", () => {
  it("T3 prints one object for people and rows one a line", async () => {
    assert.match((await run(["test", "echo"])).out, /^\{\n {2}"input": \{\},\n {2}"run"/);
    const many = "line\n".repeat(2500);
    assert.equal((await run(["test", "rows", "-"], many)).out.split("\n").length, 2501);
  });

  it("T8 opens no books for a calculation and adds its run", async () => {
    const { out, opened, exit } = await run(["test", "echo", "--seed", "7"]);
    const { run: stated } = JSON.parse(out) as { run: { seed: number; input_sha256: string } };
    assert.deepEqual([opened, exit, stated.seed, stated.input_sha256.length], [0, 0, 7, 64]);
  });

  it("T9 does a command once under its key and says who acted", async () => {
    const ports = memoryPorts();
    const words = ["programme", "register-party", "--party", "sample-lab", "--name", "Sample Laboratory"];
    const argv = [...words, "--kind", "laboratory", "--sample", "true", "--as", "planner@sample-recycler"];
    const first = await run([...argv, "--key", "k-1"], "", ports);
    assert.deepEqual([first.exit, first.opened, first.err], [0, 1, ""]);
    assert.deepEqual(JSON.parse(first.out), { answer: { party: "sample-lab" }, seq: 1, repeated: false });
    const again = JSON.parse((await run([...argv, "--key", "k-1"], "", ports)).out) as object;
    assert.deepEqual(again, { answer: { party: "sample-lab" }, seq: 1, repeated: true });
    const [entry] = await ports.store.entries({ after: 0, limit: 9 });
    const stated = { role: "planner", party: "sample-recycler", verified: false };
    assert.deepEqual(entry?.actor, { ...stated, owner: true });
    const other = await run(["programme", "change-party", "--party", "gone", "--name", "x", "--why", "y"]);
    assert.equal(other.exit, 2);
    assert.match(other.err, /request key [0-9a-f-]{36}/);
  });

  it("T2 throws a fault to the caller and prints nothing as an answer", async () => {
    await assert.rejects(run(["test", "broken"]), /the disk is full/);
  });

  it("T12 refuses a wrong input or actor before the books are opened", async () => {
    assert.equal(
      (await refusalOf(["programme", "register-party", "--party", "a b"])).code,
      "input_malformed",
    );
    assert.equal((await refusalOf(["test", "broken", "--as", "nobody"])).code, "actor_malformed");
  });

  it("T1 runs the upkeep verbs and refuses what they do not take", async () => {
    assert.deepEqual(JSON.parse((await run(["ledger", "backup", "x.gz"])).out), { file: "x.gz" });
    assert.equal((await refusalOf(["ledger", "backup"])).code, "file_missing");
    assert.equal((await refusalOf(["ledger", "backup", "a", "b"])).code, "word_unexpected");
    assert.equal((await refusalOf(["ledger", "audit", "--deep", "yes"])).code, "flag_unknown");
    const help = (await run(["ledger", "backup", "--help"])).out;
    assert.match(help, /^didym ledger backup FILE\n[\s\S]*\nExample:\n {2}didym ledger backup x\.gz\n$/);
  });

  it("T1 understands the one word of an earlier release, and names it nowhere", async () => {
    assert.deepEqual(JSON.parse((await run(["backup", "x.gz"])).out), { file: "x.gz" });
    assert.equal((await refusalOf(["backup", "a", "b"])).code, "word_unexpected");
    assert.match((await run(["backup", "--help"])).out, /^didym ledger backup FILE/);
    const all = (await run(["--help"])).out;
    assert.match(all, /ledger .*, audit, backup/);
    assert.doesNotMatch(all, /^ {2}backup/m);
  });

  it("T2 leaves with 2 where books are not clean or a passport is not accepted, and prints the whole answer", async () => {
    const audit = await run(["ledger", "audit"]);
    assert.deepEqual([audit.exit, audit.err], [2, ""]);
    const report = { clean: false, first_bad: { at: "entry 7" }, faults: ["hash differs"] };
    assert.deepEqual(JSON.parse(audit.out), report);
    const passport = file("forged.json", '{"type": ["VerifiableCredential"]}');
    const verified = await run(["certify", "verify", passport]);
    assert.deepEqual([verified.exit, verified.err], [2, ""]);
    const answer = JSON.parse(verified.out);
    assert.deepEqual([answer.accepted, answer.refused, answer.checks.length > 0], [false, undefined, true]);
  });
});

describe("command line: help", () => {
  it("T10 refuses an unknown room or verb with the nearest one", async () => {
    assert.match((await refusalOf(["colum", "simulate"])).message, /did you mean column\?/);
    assert.match((await refusalOf(["column", "simulat"])).message, /did you mean simulate\?/);
    assert.match((await refusalOf(["constructor", "x"])).message, /known are overview/);
    assert.equal((await refusalOf(["column"])).code, "verb_missing");
  });

  it("T11 names every room and verb, with fields, at its level", async () => {
    const all = (await run(["--help"])).out;
    for (const { room, verb } of [...useCases, ...upkeep]) {
      assert.ok(all.includes(room) && all.includes(verb), `${room} ${verb}`);
      assert.ok((await run([room, "--help"])).out.includes(verb), `${room} ${verb}`);
    }
    const verb = (await run(["help", "programme", "register-party"])).out;
    assert.equal(verb, (await run(["programme", "register-party", "--help"])).out);
    assert.match(verb, /kind +recycler \| .*required/);
    const schema = JSON.parse((await run(["programme", "register-party", "--schema"])).out);
    assert.deepEqual(Object.keys(schema.properties).slice(0, 2), ["party", "name"]);
    assert.equal((await run(["--version"])).out, "test\n");
    const asField = await refusalOf(["settle", "accept", "--agreement", "A-1", "--version", "x"]);
    assert.equal(asField.at, "version", "after a room it is a field like others");
  });
});
