import type { GroupColour, PaneNode } from "../pane/mod.ts";

/** A row (side by side) or a column (one above the other) of nodes. Sizes are shares that add up to 100. */
export interface SplitNode {
  readonly kind: "split";
  readonly dir: "row" | "col";
  readonly sizes: readonly number[];
  readonly children: readonly LayoutNode[];
}
export type LayoutNode = PaneNode | SplitNode;

/** Way from the root of a layout to a node: the index at every split. */
export type LayoutPath = readonly number[];

/** Least share of a node in its split, percent. */
export const MIN_SHARE = 8;
/** Most panes of one layout. */
export const MAX_PANES = 12;

/** Makes a pane. */
export function pane(
  id: string,
  key = id,
  settings = "",
  group: GroupColour | null = null,
): PaneNode {
  return { kind: "pane", key, pane: id, group, settings };
}

/** Makes a split of two or more nodes. */
export function split(
  dir: "row" | "col",
  sizes: readonly number[],
  children: readonly LayoutNode[],
): SplitNode {
  return { kind: "split", dir, sizes: normal(sizes), children };
}

function normal(sizes: readonly number[]): number[] {
  const sum = sizes.reduce((total, size) => total + size, 0);
  return sizes.map((size) => Math.round((size * 1_000) / sum) / 10);
}

/** All panes of a layout, in reading order. */
export function panesOf(node: LayoutNode): readonly PaneNode[] {
  return node.kind === "pane" ? [node] : node.children.flatMap(panesOf);
}

/** Changes one pane. Unknown keys change nothing. */
export function updatePane(
  node: LayoutNode,
  key: string,
  change: Partial<Omit<PaneNode, "kind" | "key">>,
): LayoutNode {
  if (node.kind === "pane") return node.key === key ? { ...node, ...change } : node;
  return { ...node, children: node.children.map((child) => updatePane(child, key, change)) };
}

/** A key that no pane of the layout has yet. */
export function freeKey(node: LayoutNode, id: string): string {
  const used = new Set(panesOf(node).map(({ key }) => key));
  for (let i = 2; used.has(id); i++) {
    const key = `${id}-${i}`;
    if (!used.has(key)) return key;
  }
  return id;
}

/** Puts a pane beside or below the one with the key; at the end when there is no such pane. */
export function addPane(
  node: LayoutNode,
  besideKey: string | null,
  dir: "row" | "col",
  added: PaneNode,
): LayoutNode {
  if (node.kind === "pane") {
    if (besideKey !== null && node.key !== besideKey) return node;
    return split(dir, [50, 50], [node, added]);
  }
  const at = node.children.findIndex((child) => child.kind === "pane" && child.key === besideKey);
  if (at >= 0 && node.dir === dir) {
    const half = (node.sizes[at] ?? 0) / 2;
    const sizes = [...node.sizes];
    sizes.splice(at, 1, half, half);
    const children = [...node.children];
    children.splice(at + 1, 0, added);
    return split(dir, sizes, children);
  }
  if (besideKey === null) return split(dir, [70, 30], [node, added]);
  return { ...node, children: node.children.map((child) => addPane(child, besideKey, dir, added)) };
}

/** Takes a pane away; null when it was the last one. */
export function closePane(node: LayoutNode, key: string): LayoutNode | null {
  if (node.kind === "pane") return node.key === key ? null : node;
  const kept: LayoutNode[] = [];
  const sizes: number[] = [];
  for (const [i, child] of node.children.entries()) {
    const left = closePane(child, key);
    if (left === null) continue;
    kept.push(left);
    sizes.push(node.sizes[i] ?? 0);
  }
  if (kept.length === 0) return null;
  if (kept.length === 1) return kept[0] ?? null;
  return split(node.dir, sizes, kept);
}

/** Swaps the places of two panes. */
export function swapPanes(node: LayoutNode, a: string, b: string): LayoutNode {
  const panes = panesOf(node);
  const first = panes.find(({ key }) => key === a);
  const second = panes.find(({ key }) => key === b);
  if (first === undefined || second === undefined) return node;
  const put = (at: LayoutNode): LayoutNode => {
    if (at.kind === "split") return { ...at, children: at.children.map(put) };
    return at.key === a ? second : at.key === b ? first : at;
  };
  return put(node);
}

/**
 * Moves the border behind a child of a split.
 *
 * @param path The split. @param index The child before the border. @param delta Percent of the split.
 */
export function resize(
  node: LayoutNode,
  path: LayoutPath,
  index: number,
  delta: number,
): LayoutNode {
  if (node.kind === "pane") return node;
  const [head, ...rest] = path;
  if (head !== undefined) {
    const children = node.children.map((child, i) =>
      i === head ? resize(child, rest, index, delta) : child
    );
    return { ...node, children };
  }
  const before = node.sizes[index];
  const after = node.sizes[index + 1];
  if (before === undefined || after === undefined) return node;
  const both = before + after;
  const least = Math.min(MIN_SHARE, both / 2);
  const moved = Math.min(both - least, Math.max(least, before + delta));
  const sizes = [...node.sizes];
  sizes[index] = moved;
  sizes[index + 1] = both - moved;
  return { ...node, sizes };
}

/** Side of a pane on which another one is put. */
export type PaneSide = "left" | "right" | "top" | "bottom";

/** Takes a pane from its place and puts it beside another one, which gives it half of its room. */
export function movePane(
  node: LayoutNode,
  key: string,
  besideKey: string,
  side: PaneSide,
): LayoutNode {
  const panes = panesOf(node);
  const moved = panes.find((pane) => pane.key === key);
  const isKnown = panes.some((pane) => pane.key === besideKey);
  const left = closePane(node, key);
  if (moved === undefined || !isKnown || key === besideKey || left === null) return node;
  const dir = side === "left" || side === "right" ? "row" : "col";
  const added = addPane(left, besideKey, dir, moved);
  const isAfter = side === "right" || side === "bottom";
  return isAfter ? added : swapPanes(added, key, besideKey);
}
