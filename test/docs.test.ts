// The documents say what is true: paths and tests they name exist, rules are in order and each is named by a test.
import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, posix } from "node:path";
import { describe, it } from "node:test";
import { documents, linksOf, proseOf, root, spansOf, textOf } from "./support/markdown.ts";

const files = globSync("{src,test,tools,bench,docs,examples,bin}/**", { cwd: root }).concat(
  globSync("*", { cwd: root }),
);
const folders = new Set(files.map(dirname).flatMap((folder) => [folder, dirname(folder)]));
const rooms = globSync("src/*", { cwd: root }).map((room) => basename(room));

/** Made while Didym runs. */
const MADE = ["owner.json", "postgres/", "last-backup.json"];

/** A word in backticks that names a file or folder of the repository; where it may stand. */
function placesOf(document: string, word: string): string[] | undefined {
  if (
    MADE.includes(word) ||
    /[^\w./*-]|\b(?:ROOM|VERB|NAME)\b/.test(word) ||
    /^[./]*(?:json|csv|ts)?$/.test(word) ||
    word.startsWith("/")
  )
    return undefined;
  const isFile = /\.(?:ts|tsx|mjs|md|json|sh|csv|svg|css)$/.test(word);
  const [first = ""] = word.split("/");
  const isPath =
    word.endsWith("/") ||
    (word.includes("/") &&
      ["src", "test", "tools", "bench", "docs", "examples", "bin", ...rooms].includes(first));
  if (!isFile && !isPath) return undefined;
  const path = word.replace(/\/$/, "");
  const from = path.includes("/") || isFile ? [dirname(document), ".", "src"] : [dirname(document), "."];
  return from.map((place) => posix.normalize(posix.join(place, path)));
}

/** A file named alone may stand anywhere below the document that names it; in a document for all, anywhere. */
function standsBelow(document: string, word: string): boolean {
  if (word.includes("/")) return false;
  const below = document.startsWith("src/") ? `${dirname(document)}/` : "";
  return files.some((file) => file.startsWith(below) && basename(file) === word);
}

const exists = (path: string): boolean =>
  path.includes("*") ? globSync(path, { cwd: root }).length > 0 : existsSync(join(root, path));

/** Documents that tell what was: their paths were true when they were written. */
const HISTORY = ["CHANGELOG.md"];

describe("paths in the documents", () => {
  for (const document of documents().filter((file) => !HISTORY.includes(file))) {
    it(`${document} names files and folders that are there`, () => {
      const missing = spansOf(document).filter(({ text }) => {
        const places = placesOf(document, text);
        return places && !places.some(exists) && !standsBelow(document, text);
      });
      const broken = linksOf(document).filter(({ text }) => !exists(posix.join(dirname(document), text)));
      assert.deepEqual(
        [...missing, ...broken].map(({ line, text }) => `line ${line}: ${text}`),
        [],
      );
    });
  }

  it("a path that is not there is found out", () => {
    assert.deepEqual(placesOf("src/ledger/README.md", "app/mirror.ts")?.some(exists), false);
    assert.equal(placesOf("README.md", "application/json"), undefined);
    assert.ok(folders.has("src/app/core"));
  });
});

const tests = globSync("{src,test,tools}/**/*.test.{ts,tsx}", { cwd: root }).concat(
  globSync("test/contract/*.ts", { cwd: root }),
);

/** The names of the tests in a file; what is put into a name while running is a gap. */
function titlesIn(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/\b(?:test|it|describe)(?:\.\w+)*\(\s*(["'`])((?:\\.|(?!\1)[^\\])*)\1/g)].map(
    ([, , title = ""]) => title.replace(/\\(.)/g, "$1").replace(/\$\{(?:[^{}]|\{[^}]*\})*\}/g, "…"),
  );
}
const titles = new Map(tests.map((file) => [file, titlesIn(file)]));

/** Rules that no test names yet, each with the reason. The list may only shrink. */
const UNTESTED: Readonly<Record<string, string>> = {
  F5: "kept by L17 and L18, which are tested",
  H6: "the fields are those of every shipment",
  I22: "says what a grade is not",
  I29: "measured over the whole set by `npm run bench -- identify`",
  IX10: "says what the figures are worth",
  L14: "no case with two owners yet",
  O9: "kept by the decision of a promise itself; what a form offers is W30",
  R1: "any site with the capability: shown by the sample programme, not by a case",
  R7: "no case yet",
  W11: "the policy is tested by A15, not that zod was told",
  W20: "W10 measures the width of every page, not each table",
  Y5: "no case of its own",
  Y6: "no case of its own",
};

const RULE = /^- ([A-Z]+)(\d+) \S/;
const VOCABULARY = /^# .+\n\nWords\n\n((?:- \*\*[^*]+\*\*: .+\n)+)\n/;

interface Rule {
  readonly id: string;
  readonly series: string;
  readonly number: number;
}

const rulesOf = (spec: string): Rule[] =>
  textOf(spec)
    .split("\n")
    .flatMap((line) => {
      const [, series, number] = RULE.exec(line) ?? [];
      return series && number ? [{ id: series + number, series, number: Number(number) }] : [];
    });

const isNamed = (id: string): boolean => {
  const whole = new RegExp(`(?<![\\w-])${id}(?![\\w-])`);
  return [...titles.values()].flat().some((title) => whole.test(title)) || isRow(id);
};
/** A row of a table of cases, `["L13", …]`, in a test whose titles name the rules the table goes over. */
const rows = new Set(
  tests
    .filter((file) => file.startsWith("src/"))
    .flatMap((file) =>
      [...readFileSync(join(root, file), "utf8").matchAll(/^\s*(?:\[\s*)?"([A-Z]+\d+)",/gm)].map(
        ([, id]) => id,
      ),
    ),
);
const isRow = (id: string): boolean => rows.has(id);

describe("rules", () => {
  const specs = globSync("src/**/SPEC.md", { cwd: root }).sort();

  for (const spec of specs) {
    it(`${spec} opens with its words and has its rules in order`, () => {
      const words = VOCABULARY.exec(textOf(spec))?.[1]?.trim().split("\n") ?? [];
      assert.ok(words.length >= 3 && words.length <= 10, `${words.length} words; three to ten`);
      const rules = rulesOf(spec);
      assert.ok(rules.length > 0, "it has rules");
      const backwards = rules.filter(({ series, number }, at) =>
        rules.slice(0, at).some((before) => before.series === series && before.number >= number),
      );
      assert.deepEqual(
        backwards.map(({ id }) => id),
        [],
      );
    });
  }

  it("no rule has the number of another, in whatever room", () => {
    const seen = new Map<string, string>();
    for (const spec of specs)
      for (const { id } of rulesOf(spec)) {
        assert.equal(seen.get(id), undefined, `${id} stands in ${spec} and in ${seen.get(id)}`);
        seen.set(id, spec);
      }
  });

  it("every rule is named by a test, or is on the list of those that are not", () => {
    const unnamed = specs.flatMap((spec) => rulesOf(spec).map(({ id }) => id)).filter((id) => !isNamed(id));
    assert.deepEqual(unnamed.sort(), Object.keys(UNTESTED).sort());
  });
});

/** A case of a table of cases, by the words it begins with. */
const rowNamed = (name: string) => new RegExp(`\\[\\s*"${name.replace(/[^\w ]/g, "\\$&")}",`);

describe("invariants", () => {
  const text = textOf("ARCHITECTURE.md");
  const section = /^## Invariants\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(text)?.[1] ?? "";
  const stated = section.split("\n").filter((line) => line.startsWith("- "));

  it("there are at least thirty", () => {
    assert.ok(stated.length >= 30, `${stated.length} are stated`);
  });

  for (const line of stated) {
    it(`${line.slice(2, 60)}… is held by a test that exists`, () => {
      const [, file = "", , name] = /\(`([^`]+)`(: (.+))?\)$/.exec(line) ?? [];
      assert.ok(file, "it ends in (`file`: name of the test)");
      assert.ok(statSync(join(root, file), { throwIfNoEntry: false })?.isFile(), `${file} is there`);
      if (file.startsWith("test/must-not-compile/")) return;
      assert.ok(name, "it names the test");
      const isTitle = titlesIn(file).some((title) => title === name);
      const isRowOf = rowNamed(name).test(readFileSync(join(root, file), "utf8"));
      assert.ok(isTitle || isRowOf, `${file} has a test "${name}"`);
    });
  }
});

describe("glossary", () => {
  const fields = textOf("GLOSSARY.md").split(/^## /m).slice(1);
  const wordsOf = (field: string): string[] =>
    field
      .split("\n")
      .filter((line) => line.startsWith("| ") && !/^\| (?:word|say) \|/.test(line))
      .map((line) => line.split(" | ")[0]?.slice(2) ?? "");

  for (const field of fields)
    it(`${field.split("\n")[0]}: sorted, one line a word`, () => {
      const words = wordsOf(field);
      const sorted = words.toSorted((a, b) => a.localeCompare(b, "en"));
      assert.deepEqual(words, sorted);
      for (const line of field.split("\n").filter((text) => text.startsWith("|")))
        assert.equal(line.split("|").length, 5, line);
    });

  it("a word stands in one place", () => {
    const all = fields.slice(1).flatMap(wordsOf);
    assert.deepEqual(
      all.filter((word, at) => all.indexOf(word) !== at),
      [],
    );
    assert.ok(all.length > 80);
  });
});

describe("words of the trade that clash", () => {
  const CLASHING: readonly (readonly [word: string, whole: RegExp])[] = [
    [
      "certificate",
      /(?:certificates? of (?:analysis|destruction|origin|recycling|sanitization)|TLS certificate)/gi,
    ],
    ["settlement", /(?:settlements? of (?:metal|resale value)|settlement statement|final settlement)/gi],
    [
      "purity",
      /(?:purity of (?:a|the|their) fractions?|purity of (?:its|their) fractions?|purity of an oxide)/gi,
    ],
  ];

  const bareIn = (text: string): string[] =>
    CLASHING.filter(([word, whole]) =>
      new RegExp(`\\b${word}s?\\b`, "i").test(text.replace(whole, "").replace(/`[^`]*`/g, "")),
    ).map(([word]) => word);

  for (const document of documents().filter((file) => !["CHANGELOG.md", "GLOSSARY.md"].includes(file)))
    it(`${document} says which it means`, () => {
      const bare = proseOf(document)
        .split("\n")
        .flatMap((line, at) => bareIn(line).map((word) => `line ${at + 1}: ${word}`));
      assert.deepEqual(bare, []);
    });

  it("one that stands bare is found out", () => {
    assert.deepEqual(bareIn("The settlement waits for its certificate."), ["certificate", "settlement"]);
    assert.deepEqual(bareIn("A certificate of analysis, `certificate.ts`, the purity of an oxide."), []);
  });
});
