import { type Source, specifiers, target } from "./sources.ts";

/** What leads where: for every node the nodes that it needs. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Which file imports which, types included. */
export function fileGraph(files: readonly Source[]): Graph {
  const known = new Set(files.map((file) => file.path));
  return new Map(files.map((file) => {
    const paths = specifiers(file.text).map((specifier) => target(file.path, specifier) ?? "");
    return [file.path, new Set(paths.filter((path) => known.has(path)))];
  }));
}

/**
 * How the rooms of one folder need each other, each taken with all that is in it. A room and what lies
 * in it are one: only siblings can stand in a circle or on a floor.
 */
export function roomGraph(files: Graph, folder: string): Graph {
  const prefix = folder === "" ? "" : `${folder}/`;
  const roomOf = (path: string) => {
    if (!path.startsWith(prefix)) return null;
    const [room, rest] = path.slice(prefix.length).split("/");
    return room === undefined || rest === undefined ? null : room;
  };
  const rooms = new Map<string, Set<string>>();
  for (const [path, needs] of files) {
    const room = roomOf(path);
    if (room === null) continue;
    const own = rooms.get(room) ?? new Set<string>();
    rooms.set(room, own);
    for (const need of needs) {
      const other = roomOf(need);
      if (other !== null && other !== room) own.add(other);
    }
  }
  return rooms;
}

/** Every folder that holds folders, "" for the root. */
export function parentFolders(files: Graph): readonly string[] {
  const folders = new Set<string>([""]);
  for (const path of files.keys()) {
    const parts = path.split("/");
    for (let depth = 1; depth < parts.length - 1; depth++) {
      folders.add(parts.slice(0, depth).join("/"));
    }
  }
  return [...folders].sort();
}

/**
 * The circles of a graph: its strongly connected parts of two nodes or more, each sorted.
 *
 * @see Tarjan (1972), "Depth-first search and linear graph algorithms".
 */
export function circles(graph: Graph): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): number => {
    const own = index.size;
    index.set(node, own);
    low.set(node, own);
    open.push(node);
    for (const next of graph.get(node) ?? []) {
      const seen = index.get(next);
      if (seen === undefined) low.set(node, Math.min(low.get(node) ?? own, visit(next)));
      else if (open.includes(next)) low.set(node, Math.min(low.get(node) ?? own, seen));
    }
    const reach = low.get(node) ?? own;
    if (reach === own) {
      const part = open.splice(open.indexOf(node));
      if (part.length > 1) found.push(part.sort());
    }
    return reach;
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return found;
}
