// Functions of seventy lines at most. What was over on the day the rule came may only shrink.
import { isNode, type Node, nameOf, parse, textOf, walk } from "./syntax.ts";
import { lineAt, type Source, type Untidy } from "./untidy.ts";

export const FUNCTION_LINES_MAX = 70;

/** "file name" to lines. A function that was shortened gets its new length here, or leaves the list. */
export const LONG_FUNCTIONS: Readonly<Record<string, number>> = {
  "src/chemistry/speciation.ts speciate": 75,
  "src/column/design/design-plant.ts designPlant": 80,
  "src/column/design/network.ts stageOf": 76,
  "src/intake/consignment.test.ts test N10: open devices are those of lines that bear data less those sanitized, whatever happens in between": 71,
  "src/ledger/ledger.test.ts test L10 to L19: the first condition that fails is the refusal": 77,
  "src/ledger/ledger.test.ts test L20 L21 L24: whatever is asked, nothing appears, nothing vanishes, no feed is over-claimed": 75,
  "src/store/memory/job-queue.ts memoryQueue": 119,
  "test/contract/job-queue.ts jobQueueContract": 124,
  "test/contract/ledger-store.ts chainContract": 74,
  "test/contract/ledger-store.ts readingContract": 133,
};

const FUNCTIONS = ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"];

interface Long {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
}

export function longFunctionsOf(
  source: Source,
  listed: Readonly<Record<string, number>> = LONG_FUNCTIONS,
): Untidy[] {
  const { file } = source;
  const long = longIn(source);
  const untidy = long.flatMap(({ name, line, lines }): Untidy[] => {
    const known = listed[`${file} ${name}`];
    if (lines === known) return [];
    const why =
      known === undefined
        ? `${name} has ${lines} lines; ${FUNCTION_LINES_MAX} at most`
        : `${name} has ${lines} lines and ${known} in the list of tools/tidy/functions.ts, where it may only shrink`;
    return [{ file, line, rule: "function", why }];
  });
  const gone = Object.keys(listed)
    .filter((key) => key.startsWith(`${file} `) && !long.some(({ name }) => key === `${file} ${name}`))
    .map(
      (key): Untidy => ({
        ...{ file, line: 1, rule: "function" },
        why: `${key.slice(file.length + 1)} is no longer over: take it off the list of tools/tidy/functions.ts`,
      }),
    );
  return [...untidy, ...gone];
}

function longIn(source: Source): Long[] {
  const { text } = source;
  if (text.split("\n").length <= FUNCTION_LINES_MAX) return [];
  const found: Long[] = [];
  walk(parse(source), (node, above) => {
    if (!FUNCTIONS.includes(node.type) || isChapter(node, above[0])) return;
    const lines = text.slice(node.start, node.end).split("\n").length;
    if (lines <= FUNCTION_LINES_MAX) return;
    found.push({ name: calledName(node, above), line: lineAt(text, node.start), lines });
  });
  return found;
}

/** What is handed to `describe` is a chapter of tests, not a function that anyone reads as one. */
const isChapter = (node: Node, parent: Node | undefined): boolean =>
  parent?.type === "CallExpression" && parent["callee"] !== node && nameOf(parent["callee"]) === "describe";

/** Its own name, that of what holds it, or the call it is handed to. */
function calledName(node: Node, above: readonly Node[]): string {
  const own = nameOf(node["id"]);
  if (own !== undefined) return own;
  const parent = above[0];
  const held = parent && (nameOf(parent["key"]) ?? nameOf(parent["id"]));
  if (held !== undefined) return held;
  if (parent?.type === "CallExpression") {
    const title = (parent["arguments"] as readonly unknown[]).map(textOf).find((text) => text !== undefined);
    return [nameOf(parent["callee"]), title].filter((part) => part !== undefined).join(" ") || "callback";
  }
  const outer = above.find((at) => FUNCTIONS.includes(at.type) && isNode(at["id"]));
  return outer ? `inside ${nameOf(outer["id"])}` : "unnamed";
}
