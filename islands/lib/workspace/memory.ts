import { readLayout } from "./layout_codec.ts";
import type { LayoutNode } from "./layout.ts";

/** A layout that the reader saved under a name. */
export interface SavedLayout {
  readonly name: string;
  readonly layout: LayoutNode;
}

/** What the page remembers between visits. */
export interface Memory {
  readonly layout: LayoutNode | null;
  readonly layoutName: string | null;
  readonly saved: readonly SavedLayout[];
}

const CURRENT = "lotus.workspace";
const SAVED = "lotus.layouts";
const MAX_SAVED = 24;

function readJson(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null; // refused in some private windows, or damaged
  }
}

function tryLayout(value: unknown, known: ReadonlySet<string>): LayoutNode | null {
  try {
    return readLayout(value, known);
  } catch {
    return null; // of an older version, or edited by hand: the default takes its place
  }
}

/** Reads what was remembered; what cannot be read is forgotten. */
export function readMemory(known: ReadonlySet<string>): Memory {
  const current = readJson(CURRENT);
  const record = typeof current === "object" && current !== null
    ? current as Readonly<Record<string, unknown>>
    : {};
  const list = readJson(SAVED);
  const saved: SavedLayout[] = [];
  for (const item of Array.isArray(list) ? list.slice(0, MAX_SAVED) : []) {
    const { name, layout } = (item ?? {}) as Readonly<Record<string, unknown>>;
    const node = tryLayout(layout, known);
    if (typeof name === "string" && name !== "" && node !== null) {
      saved.push({ name, layout: node });
    }
  }
  const name = record["name"];
  return {
    layout: tryLayout(record["layout"], known),
    layoutName: typeof name === "string" ? name : null,
    saved,
  };
}

function write(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false; // full or refused: the choice lasts as long as the page
  }
}

/** Remembers the layout in force. */
export function rememberLayout(layout: LayoutNode, name: string | null): void {
  write(CURRENT, { layout, name });
}

/** Remembers the named layouts. Returns whether that worked. */
export function rememberSaved(saved: readonly SavedLayout[]): boolean {
  return write(SAVED, saved.slice(0, MAX_SAVED));
}
