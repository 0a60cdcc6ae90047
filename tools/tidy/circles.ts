// Circles: files that load one another, and folders on one floor that use one another.
import { INSIDE } from "./floors.ts";
import { folderIn, importsOf, pathOf, withoutComments } from "./imports.ts";
import { isTest, type Source, type Untidy } from "./untidy.ts";

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Every circle once, at its first file. What loads late counts too: it is needed all the same. */
export function circlesIn(sources: readonly Source[]): Untidy[] {
  const values = new Map<string, Set<string>>();
  const folders = new Map<string, Set<string>>();
  for (const source of sources) {
    const { file, text } = source;
    for (const { target, types } of importsOf(withoutComments(text))) {
      if (!target.startsWith(".")) continue;
      const path = pathOf(file, target);
      if (!types) add(values, file, path);
      const [from, into] = [roomInside(file), roomInside(path)];
      if (from && into && from !== into && !isTest(source)) add(folders, from, into);
    }
  }
  return [
    ...circles(values).map(
      (circle): Untidy => ({ file: circle[0] ?? "", line: 1, rule: "circle", why: around(circle) }),
    ),
    ...circles(folders).map(
      (circle): Untidy => ({ file: circle[0] ?? "", line: 1, rule: "circle", why: around(circle) }),
    ),
  ];
}

/** `src/app/intake` for a file in it: folders whose floor lets them use each other one way. */
function roomInside(file: string): string | undefined {
  const [top, room = ""] = file.split("/");
  const folder = folderIn(file);
  return top === "src" && folder !== undefined && INSIDE[room] ? `src/${room}/${folder}` : undefined;
}

const around = (circle: readonly string[]): string => [...circle, circle[0]].join(" -> ");

function add(graph: Map<string, Set<string>>, from: string, to: string): void {
  const targets = graph.get(from) ?? new Set<string>();
  graph.set(from, targets.add(to));
}

/** The shortest circle through the first node of each knot. */
function circles(graph: Graph): string[][] {
  const found: string[][] = [];
  const seen = new Set<string>();
  for (const start of [...graph.keys()].sort()) {
    if (seen.has(start)) continue;
    const circle = wayBack(graph, start);
    if (!circle) continue;
    for (const node of circle) seen.add(node);
    found.push(circle);
  }
  return found;
}

function wayBack(graph: Graph, start: string): string[] | undefined {
  const cameFrom = new Map<string, string>();
  let edge = [start];
  while (edge.length > 0) {
    const next: string[] = [];
    for (const node of edge) {
      for (const target of graph.get(node) ?? []) {
        if (target === start) return pathTo(node, cameFrom);
        if (cameFrom.has(target)) continue;
        cameFrom.set(target, node);
        next.push(target);
      }
    }
    edge = next;
  }
  return undefined;
}

function pathTo(node: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const path: string[] = [];
  for (let at: string | undefined = node; at !== undefined; at = cameFrom.get(at)) path.unshift(at);
  return path;
}
