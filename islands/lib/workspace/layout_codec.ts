import { GROUP_COLOURS, type PaneNode } from "../pane/mod.ts";
import { type LayoutNode, MAX_PANES, panesOf, split } from "./layout.ts";

/** A saved layout or a link does not hold a layout. */
export class LayoutLinkError extends SyntaxError {
  override readonly name = "LayoutLinkError";
  readonly code = "LAYOUT";
}

const MAX_DEPTH = 8;
const KEY = /^[a-z0-9-]{1,40}$/;
const MAX_SETTINGS = 1_000;

function fail(why: string): never {
  throw new LayoutLinkError(`Cannot read the layout: ${why}`);
}

function readPane(value: Readonly<Record<string, unknown>>, known: ReadonlySet<string>): PaneNode {
  const { key, pane, group, settings } = value;
  if (typeof pane !== "string" || !known.has(pane)) fail(`pane is unknown: ${String(pane)}`);
  if (typeof key !== "string" || !KEY.test(key)) fail(`key is unreadable: ${String(key)}`);
  if (typeof settings !== "string" || settings.length > MAX_SETTINGS) fail("settings are too long");
  const colour = GROUP_COLOURS.find((name) => name === group) ?? null;
  return { kind: "pane", key, pane, group: colour, settings };
}

function readNode(value: unknown, known: ReadonlySet<string>, depth: number): LayoutNode {
  if (typeof value !== "object" || value === null) fail("a node is no object");
  if (depth > MAX_DEPTH) fail(`it is more than ${MAX_DEPTH} levels deep`);
  const node = value as Readonly<Record<string, unknown>>;
  if (node["kind"] === "pane") return readPane(node, known);
  const { dir, sizes, children } = node;
  if (node["kind"] !== "split" || (dir !== "row" && dir !== "col")) fail("a node is of no kind");
  if (!Array.isArray(children) || children.length < 2) fail("a split has fewer than two children");
  if (!Array.isArray(sizes) || sizes.length !== children.length) fail("sizes do not fit");
  const shares = sizes.map((size: unknown) => {
    if (typeof size !== "number" || !(size > 0 && size <= 100)) fail("a size is out of range");
    return size;
  });
  return split(dir, shares, children.map((child) => readNode(child, known, depth + 1)));
}

/**
 * Takes a value for a layout.
 *
 * @param known Ids of panes that exist.
 * @throws {LayoutLinkError} When it is none, names unknown panes, or is too large.
 */
export function readLayout(value: unknown, known: ReadonlySet<string>): LayoutNode {
  const node = readNode(value, known, 0);
  const panes = panesOf(node);
  if (panes.length > MAX_PANES) fail(`it has more than ${MAX_PANES} panes`);
  if (new Set(panes.map(({ key }) => key)).size !== panes.length) fail("a key is there twice");
  return node;
}

/** Writes a layout as text that may stand in a URL. */
export function layoutToUrl(node: LayoutNode): string {
  const bytes = new TextEncoder().encode(JSON.stringify(node));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_")
    .replaceAll("=", "");
}

/** Reads what {@link layoutToUrl} wrote. @throws {LayoutLinkError} When it is something else. */
export function layoutFromUrl(text: string, known: ReadonlySet<string>): LayoutNode {
  let value: unknown;
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    value = JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (c) => c.charCodeAt(0))));
  } catch (cause) {
    throw new LayoutLinkError("Cannot read the layout: the link is damaged", { cause });
  }
  return readLayout(value, known);
}
