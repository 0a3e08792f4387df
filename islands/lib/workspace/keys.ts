import { type Chord, CHORDS, PAGE_CHORDS, type PaneLabel } from "../pane/mod.ts";
import { isTyping, keyName, KeyPairs } from "../text/mod.ts";
import { neighbour } from "./drop_zone.ts";
import { type PaneSide, panesOf } from "./layout.ts";
import { paneBoxes } from "./pane_drag.ts";
import type { WorkspaceDesk } from "./workspace_desk.ts";

/** A key of the page and what it does. */
export interface WorkspaceKey extends Chord {
  readonly run: (desk: WorkspaceDesk) => void;
}

/** Gives a pane the keyboard. */
export function focusPane(desk: WorkspaceDesk, key: string): void {
  if (desk.maximised.value !== null) desk.maximised.value = key;
  desk.focused.value = key;
  requestAnimationFrame(() => {
    const box = document.querySelector(`[data-pane-key="${key}"]`);
    const target = box?.querySelector<HTMLElement>("[data-focus], .plot") ??
      box?.querySelector<HTMLElement>("button");
    target?.focus({ preventScroll: true });
  });
}

/** Focuses the first pane of a kind; says so when there is none. */
export function focusKind(desk: WorkspaceDesk, id: string): void {
  const found = panesOf(desk.layout.value).find(({ pane }) => pane === id);
  if (found !== undefined) focusPane(desk, found.key);
  else desk.add(id, desk.focusedPane()?.key ?? null, "col");
}

function step(desk: WorkspaceDesk, by: 1 | -1): void {
  const panes = panesOf(desk.layout.value);
  const at = panes.findIndex(({ key }) => key === desk.focusedPane()?.key);
  const next = panes[(at + by + panes.length) % panes.length];
  if (next !== undefined) focusPane(desk, next.key);
}

/** Lets the pane that has the keyboard change places with its neighbour. */
function moveTo(desk: WorkspaceDesk, side: PaneSide): void {
  const own = desk.focusedPane();
  if (own === undefined || desk.maximised.value !== null || desk.isNarrow.value) return;
  const other = neighbour(paneBoxes(), own.key, side);
  if (other === null) {
    desk.spoken.value = "There is no pane on that side";
    return;
  }
  desk.drop(own.key, other, "swap");
  focusPane(desk, own.key);
}

/** The keys that give the first pane of a kind the keyboard. */
export function kindChords(kinds: readonly PaneLabel[]): readonly WorkspaceKey[] {
  return kinds.map(({ key, title, id }) => ({
    keys: [key],
    label: title,
    places: ["workspace"],
    run: (desk) => focusKind(desk, id),
  }));
}

/** Every shortcut of the page, in the order of the palette. */
export function workspaceKeys({ kinds }: WorkspaceDesk): readonly WorkspaceKey[] {
  return [
    { ...CHORDS.palette, run: (w) => w.open("palette") },
    {
      ...CHORDS.filter,
      run: () => document.querySelector<HTMLInputElement>("#symbols")?.focus(),
    },
    { ...CHORDS.pause, run: (w) => w.toggleAllPaused() },
    { ...CHORDS.sheet, run: (w) => w.open("help") },
    ...PAGE_CHORDS,
    { ...CHORDS.close, run: (w) => void w.escape() },
    { ...CHORDS.whole, run: (w) => w.toggleMaximised(w.focusedPane()?.key ?? "") },
    { ...CHORDS.nextPane, run: (w) => step(w, 1) },
    { ...CHORDS.paneBefore, run: (w) => step(w, -1) },
    { ...CHORDS.swapLeft, run: (w) => moveTo(w, "left") },
    { ...CHORDS.swapRight, run: (w) => moveTo(w, "right") },
    { ...CHORDS.swapUp, run: (w) => moveTo(w, "top") },
    { ...CHORDS.swapDown, run: (w) => moveTo(w, "bottom") },
    ...kindChords(kinds),
  ];
}

/** First keys of pairs. */
const FIRST_KEYS = ["g", "w"];

/** Listens to the keys of the page. Returns the undo. */
export function attachWorkspaceKeys(desk: WorkspaceDesk): () => void {
  const pairs = new KeyPairs(FIRST_KEYS);
  const keys = workspaceKeys(desk);
  const press = (event: KeyboardEvent, name: string | null) => {
    const found = keys.find((item) => name !== null && item.keys.includes(name));
    if (found === undefined) return;
    event.preventDefault();
    found.run(desk);
  };
  // The second key of a pair is the page's, whatever the pane with the keyboard does with it alone.
  const onSecond = (event: KeyboardEvent) => {
    if (!pairs.isOpen(event.timeStamp) || hasModifier(event) || event.key === "Shift") return;
    press(event, pairs.take(keyName(event), event.timeStamp));
    event.stopImmediatePropagation();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey) return;
    if (hasModifier(event)) return press(event, `Ctrl+${event.key.toLowerCase()}`);
    const key = keyName(event);
    if (isTyping(event.target, key)) return;
    press(event, pairs.take(key, event.timeStamp));
  };
  document.addEventListener("keydown", onSecond, true);
  document.addEventListener("keydown", onKey);
  return () => {
    document.removeEventListener("keydown", onSecond, true);
    document.removeEventListener("keydown", onKey);
  };
}

function hasModifier({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey;
}
