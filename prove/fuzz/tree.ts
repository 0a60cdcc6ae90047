/** A JSON text as a tree that also holds what no program writes by itself: a name twice, `1e400`, `-0`, `NaN`. */
export type Tree = Scalar | List | Fields;

export interface Scalar {
  readonly is: "scalar";
  /** The text as it is sent, which need not be JSON. */
  readonly text: string;
}
export interface List {
  readonly is: "list";
  readonly items: readonly Tree[];
}
export interface Fields {
  readonly is: "fields";
  readonly fields: readonly (readonly [name: string, tree: Tree])[];
}

export const raw = (text: string): Scalar => ({ is: "scalar", text });
/** Half a letter is written as an escape, so that it arrives. */
export const said = (text: string): Scalar => raw(JSON.stringify(text));
export const list = (items: readonly Tree[]): List => ({ is: "list", items });
export const fields = (of: Fields["fields"]): Fields => ({ is: "fields", fields: of });

export function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return list(value.map(treeOf));
  if (typeof value !== "object" || value === null) return raw(JSON.stringify(value ?? null));
  const named = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return fields(named.map(([name, inner]) => [name, treeOf(inner)] as const));
}

export function textOf(tree: Tree): string {
  if (tree.is === "scalar") return tree.text;
  if (tree.is === "list") return `[${tree.items.map(textOf).join(",")}]`;
  return `{${tree.fields.map(([name, inner]) => `${JSON.stringify(name)}:${textOf(inner)}`).join(",")}}`;
}

/** The text that a scalar says; undefined where it is a number, a word of JSON, or no JSON at all. */
export function textIn(tree: Tree): string | undefined {
  if (tree.is !== "scalar" || !tree.text.startsWith('"')) return undefined;
  try {
    return JSON.parse(tree.text) as string;
  } catch {
    return undefined;
  }
}

/** The way to a part: the number of the item or field at each level. */
export type Way = readonly number[];

export interface Place {
  readonly way: Way;
  /** The name of the nearest field on the way. */
  readonly name: string;
  /** The names of all fields on the way. */
  readonly names: readonly string[];
  readonly tree: Tree;
}

export function placesIn(tree: Tree, way: Way = [], names: readonly string[] = []): Place[] {
  const here: Place = { way, name: names.at(-1) ?? "", names, tree };
  if (tree.is === "scalar") return [here];
  const inner =
    tree.is === "list"
      ? tree.items.map((item, i) => placesIn(item, [...way, i], names))
      : tree.fields.map(([name, field], i) => placesIn(field, [...way, i], [...names, name]));
  return [here, ...inner.flat()];
}

/** The tree with the part at the end of the way made another; without it where `make` gives nothing. */
export function changedAt(tree: Tree, [next, ...rest]: Way, make: (was: Tree) => Tree | undefined): Tree {
  if (next === undefined) return make(tree) ?? tree;
  const inner =
    tree.is === "list" ? tree.items[next] : tree.is === "fields" ? tree.fields[next]?.[1] : undefined;
  if (inner === undefined) return tree;
  const made = rest.length === 0 ? make(inner) : changedAt(inner, rest, make);
  if (tree.is === "list") return list(tree.items.toSpliced(next, 1, ...(made ? [made] : [])));
  if (tree.is !== "fields") return tree;
  const name = tree.fields[next]?.[0] ?? "";
  return fields(tree.fields.toSpliced(next, 1, ...(made ? [[name, made] as const] : [])));
}
