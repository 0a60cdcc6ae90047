// Code in the documents is code: TypeScript is compiled as strictly as the product and run where it asserts, commands that need no books are run.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import { ROOMS } from "../src/app/rooms.ts";
import { type CliOptions, runCli } from "../src/cli/index.ts";
import { upkeepOn } from "../src/main/upkeep.ts";
import { type Block, blocksOf, documents, root } from "./support/markdown.ts";
import { memoryPorts } from "./support/memory-ports.ts";

const compiled = documents().filter((file) =>
  /^(?:docs\/(?:guides|concepts)\/.*|ARCHITECTURE|CONTRIBUTING)(?:\.md)?$/.test(file),
);
const codeOf = (language: string, files: readonly string[]): Block[] =>
  files.flatMap(blocksOf).filter((block) => block.language === language);

const node = (args: readonly string[]) =>
  new Promise<{ code: number; said: string }>((resolve) =>
    execFile(process.execPath, args, { cwd: root, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) =>
      resolve({ code: error ? 1 : 0, said: `${stdout}${stderr}` }),
    ),
  );

/**
 * The file a block would be, from its first line `// src/room/file.ts`; its imports are resolved from there. Blocks of one
 * document may import each other. Without such a line a block stands at the top of the repository.
 */
const placeOf = (block: Block): string =>
  /^ *\/\/ (\S+\.tsx?)/.exec(block.code)?.[1] ?? `block.${block.language}`;

interface Written {
  readonly block: Block;
  readonly file: string;
}

/** Blocks put beside each other into one folder, their imports turned to the repository or to blocks of the same document. */
function writeBlocks(folder: string, blocks: readonly Block[], base: string): Written[] {
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const tsconfig = {
    extends: join(root, base),
    include: ["blocks/**/*"],
    exclude: [],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  const written = blocks.map((block) => ({
    block,
    file: `blocks/${block.file.replace(/\W/g, "-")}/${block.line}/${placeOf(block)}`,
  }));
  for (const { block, file } of written) {
    const here = dirname(placeOf(block));
    const code = block.code.replace(/(\bfrom |\bimport\(|^ *import )"(\.[^"]+)"/gm, (_, word, target) => {
      const wanted = join(here, target);
      const beside = written.find((one) => one.block.file === block.file && placeOf(one.block) === wanted);
      return `${word}"${beside ? join(folder, beside.file) : join(root, wanted)}"`;
    });
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${code}\nexport {};\n`);
  }
  return written;
}

for (const [language, base] of [
  ["ts", "tsconfig.json"],
  ["tsx", "src/web/tsconfig.json"],
] as const)
  describe(`${language} in the guides and concepts`, async () => {
    // Real, so that the compiler names files as they are written here, and packages are found beside them.
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "didym-docs-")));
    after(() => rmSync(folder, { recursive: true, force: true }));
    const written = writeBlocks(folder, codeOf(language, compiled), base);
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const { said } = await node([tsc, "-p", join(folder, "tsconfig.json"), "--pretty", "false"]);
    const errors = [...said.matchAll(/^(\S+)\((\d+),\d+\): (error TS\d+: .*)$/gm)].map(
      ([, file = "", line, text]) => ({ file, line: Number(line), text }),
    );

    for (const { block, file } of written)
      it(`${block.file}:${block.line} compiles`, () => {
        const own = errors.filter((error) => error.file.endsWith(file));
        assert.deepEqual(
          own.map(({ line, text }) => `line ${block.line + line - 1}: ${text}`),
          [],
        );
      });

    for (const { block, file } of written.filter(({ block }) => block.code.includes('"node:assert/strict"')))
      it(`${block.file}:${block.line} says what is so`, async () => {
        const { code, said } = await node([join(folder, file)]);
        assert.equal(code, 0, said);
      });

    it("nothing else is wrong, and there are blocks", () => {
      const strange = errors.filter(({ file }) => !written.some((one) => file.endsWith(one.file)));
      assert.deepEqual(strange, []);
      assert.ok(written.length > 0);
      if (errors.length === 0) assert.equal(said, "");
    });
  });

interface Shell {
  readonly block: Block;
  readonly line: string;
  readonly words: readonly string[];
}

/** The lines of the documents that call Didym, without what the shell does with the answer. */
const calls: Shell[] = codeOf("sh", documents()).flatMap((block) =>
  block.code
    .replace(/\\\n\s*/g, "")
    .split("\n")
    .flatMap((line): Shell[] => {
      const [, call = ""] = /^(?:npx didym|\.\/bin\/didym|didym) ([^#|>&]*)/.exec(line) ?? [];
      const words = [...call.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? "");
      return words.length > 0 ? [{ block, line, words }] : [];
    }),
);

class BooksWanted extends Error {}

/** Runs one command line in this process, up to where it opens the books: by then its input was found right. */
async function didym(words: readonly string[]): Promise<{ exit: number | "books wanted"; said: string }> {
  let said = "";
  const hear = (text: string) => {
    said += text;
  };
  const options: CliOptions = {
    rooms: ROOMS,
    upkeep,
    terminal: { stdin: (async function* () {})(), stdout: hear, stderr: hear },
    bare: memoryPorts(),
    withBooks: () => Promise.reject(new BooksWanted()),
  };
  try {
    return { exit: await runCli(words, options), said };
  } catch (cause) {
    if (cause instanceof BooksWanted) return { exit: "books wanted", said };
    throw cause;
  }
}

/** What the command line alone has works on books of its own; files that a reader makes on the way are not here. */
const upkeep = upkeepOn(async () => assert.fail("its verbs are only looked up"));

const isOnlyLookedUp = (words: readonly string[]): boolean =>
  upkeep.some(({ room, verb }) => (room ? [room, verb] : [verb]).every((word, at) => words[at] === word)) ||
  words.some((word) => /\.\w+$/.test(word) && !existsSync(join(root, word)));

describe("commands in the documents", () => {
  for (const { block, line, words } of calls)
    it(`${block.file}: ${line}`, async () => {
      const { exit, said } = await didym(isOnlyLookedUp(words) ? ["help", ...words.slice(0, 2)] : words);
      assert.ok(exit === 0 || exit === "books wanted", said);
    });

  it("a flag that is not there, and a verb that is not there, are found out", async () => {
    assert.equal((await didym(["programme", "sites", "--colour", "red"])).exit, 2);
    assert.equal((await didym(["programme", "sights"])).exit, 2);
    assert.ok(calls.length > 0);
  });
});
