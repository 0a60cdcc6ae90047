// Part of what people choose from is data. No list, key or comparison in the web is made of what the books or the rooms know.
import { isElement, readOxide } from "../../src/chemistry/index.ts";
import { ENTRY_KINDS } from "../../src/contract/entry-kinds.ts";
import { STEP_KINDS } from "../../src/prepare/index.ts";
import { WET_KINDS } from "../../src/refine/index.ts";
import { type Node, nameOf, parse, textOf, walk } from "./syntax.ts";
import { isTest, lineAt, type Source, type Untidy } from "./untidy.ts";

const ENTRIES = new Set(ENTRY_KINDS.map(({ kind }) => kind));
const STEPS = new Set([...STEP_KINDS, ...WET_KINDS].map(({ kind }) => kind));

function wordOf(text: string): string | undefined {
  if (isElement(text)) return "an element";
  if (readOxide(text).ok) return "an oxide";
  if (ENTRIES.has(text)) return "a kind of entry";
  return STEPS.has(text) ? "a kind of step" : undefined;
}

/** Words of something else that are spelt as a word of the books. */
const HOMONYMS: Readonly<Record<string, string>> = {
  "src/web/settle/statement.tsx split": "the middle of two assays within the splitting limit",
};

/** Words of the books that stand in code of the web. Text that people read is free, and so are tests. */
export function wordsOf(source: Source): Untidy[] {
  const { file, text } = source;
  if (!file.startsWith("src/web/") || !/\.tsx?$/.test(file) || isTest(source)) return [];
  const found: Untidy[] = [];
  walk(parse(source), (node, above) => {
    const word = textOf(node) ?? (node.type === "Identifier" ? nameOf(node) : undefined);
    const kind = word === undefined ? undefined : wordOf(word);
    const where = kind === undefined ? undefined : placeOf(node, above[0]);
    if (where === undefined || HOMONYMS[`${file} ${word}`] !== undefined) return;
    const why = `"${word}" is ${kind}, written by hand in ${where}: take it from the server or from the room that owns it`;
    found.push({ file, line: lineAt(text, node.start), rule: "word", why });
  });
  return found;
}

const EQUALITY = ["===", "!==", "==", "!="];
const LOOKS_UP = ["includes", "indexOf", "has", "get", "add", "set", "delete"];

/** The place in code where a word decides something; undefined where it is only said. */
function placeOf(node: Node, parent: Node | undefined): string | undefined {
  if (!parent) return undefined;
  if ((parent.type === "Property" || parent.type === "TSPropertySignature") && parent["key"] === node)
    return parent["computed"] && node.type === "Identifier" ? undefined : "a key";
  if (node.type === "Identifier") return undefined;
  if (parent.type === "ArrayExpression") return "a list";
  if (parent.type === "BinaryExpression" && EQUALITY.includes(parent["operator"] as string))
    return "a comparison";
  if (parent.type === "SwitchCase" && parent["test"] === node) return "a case";
  if (parent.type === "MemberExpression" && parent["property"] === node) return "a key";
  if (parent.type === "TSLiteralType") return "a type";
  if (parent.type === "VariableDeclarator") return "a constant";
  if (parent.type !== "CallExpression") return undefined;
  const callee = parent["callee"] as Node;
  return callee.type === "MemberExpression" && LOOKS_UP.includes(nameOf(callee["property"]) ?? "")
    ? "a look-up"
    : undefined;
}
