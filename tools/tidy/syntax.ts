// Reading code by a real parser: the one that comes with the bundler.
import { parseSync } from "vite";
import type { Source } from "./untidy.ts";

/** A node of the syntax tree (ESTree, with TypeScript's own). */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

export function parse({ file, text }: Source): Node {
  const { program, errors } = parseSync(file, text);
  if (errors[0]) throw new Error(`${file} cannot be read: ${errors[0].message}`);
  return program as unknown as Node;
}

/** Visits a node and all below it; `above` are its ancestors, the nearest first. */
export function walk(node: Node, visit: (node: Node, above: readonly Node[]) => void): void {
  const down = (at: Node, above: readonly Node[]) => {
    visit(at, above);
    const inside = [at, ...above];
    for (const value of Object.values(at)) {
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) down(child, inside);
    }
  };
  down(node, []);
}

/** The text of a string literal, or of a template without a hole. */
export function textOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === "Literal") return typeof node["value"] === "string" ? node["value"] : undefined;
  if (node.type !== "TemplateLiteral") return undefined;
  const [only, ...more] = node["quasis"] as readonly Node[];
  const cooked = (only?.["value"] as { cooked?: string } | undefined)?.cooked;
  return more.length === 0 ? cooked : undefined;
}

/** The name of an identifier or the text of a quoted one. */
export const nameOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === "Identifier" ? (node["name"] as string) : textOf(node);
