// What must not compile: each file in test/must-not-compile holds one mistake, and the compiler finds it, there and nowhere else.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const MARK = /\/\/ must not compile: (TS\d+)$/;
const FOUND = /^(\S+)\((\d+),\d+\): error (TS\d+): (.*)$/;

/** Everything the compiler says of a project. */
function saidOf(project: string): Promise<string> {
  const args = [join(root, "node_modules/typescript/bin/tsc"), "-p", project, "--pretty", "false"];
  return new Promise((resolve) =>
    execFile(process.execPath, args, { cwd: root }, (_, stdout) => resolve(stdout)),
  );
}

/** The same, by file. */
async function errorsOf(folder: string): Promise<ReadonlyMap<string, string[]>> {
  const said = await saidOf(join(folder, "tsconfig.json"));
  const errors = new Map<string, string[]>();
  for (const line of said.split("\n")) {
    const [, file, at, code] = FOUND.exec(line) ?? [];
    if (file) errors.set(file, [...(errors.get(file) ?? []), `line ${at}: ${code}`]);
  }
  return errors;
}

for (const folder of ["test/must-not-compile", "test/must-not-compile/pure"]) {
  describe(folder, async () => {
    const errors = await errorsOf(folder);
    const files = readdirSync(join(root, folder)).filter((name) => name.endsWith(".ts"));

    for (const name of files) {
      it(`${name} does not compile, at its marked line and nowhere else`, () => {
        const lines = readFileSync(join(root, folder, name), "utf8").split("\n");
        const marked = lines.flatMap((text, at) => {
          const code = MARK.exec(text)?.[1];
          return code ? [`line ${at + 1}: ${code}`] : [];
        });
        assert.equal(marked.length, 1, "one line is marked");
        assert.deepEqual(errors.get(`${folder}/${name}`), marked);
      });
    }

    it("nothing else is wrong", () => {
      const strangers = [...errors.keys()].filter((file) => dirname(file) !== folder);
      assert.deepEqual(strangers, []);
      assert.ok(files.length > 0);
    });
  });
}

it("the pure floors compile without Node and without a clock", async () => {
  const said = await saidOf("tsconfig.pure.json");
  assert.equal(said, "");
});
