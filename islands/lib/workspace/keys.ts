import { PAGE_KEYS } from "../pane/mod.ts";
import { isReserved, isTyping, keyName, KeyPairs } from "../text/mod.ts";
import { neighbour } from "./drop_zone.ts";
import { type PaneSide, panesOf } from "./layout.ts";
import { paneBoxes } from "./pane_drag.ts";
import type { WorkspaceDesk } from "./workspace_desk.ts";

/** One line of the help sheet; the same table drives the keys. */
export interface WorkspaceKey {
  readonly keys: readonly string[];
  readonly label: string;
  readonly group: "Page" | "Panes" | "Tape";
  /** Key caps for the sheet in place of the keys. */
  readonly caps?: readonly string[];
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

/** A key that another line of the sheet tells of. */
const HIDDEN = { label: "Swap with the pane on that side", group: "Panes", caps: [] } as const;

const OWN_KEYS: readonly WorkspaceKey[] = [
  { keys: ["Ctrl+k"], label: "Command palette", group: "Page", run: (w) => w.open("palette") },
  {
    keys: ["/"],
    label: "Filter symbols",
    group: "Page",
    run: () => document.querySelector<HTMLInputElement>("#symbols")?.focus(),
  },
  { keys: [" "], label: "Pause, resume all", group: "Page", run: (w) => w.toggleAllPaused() },
  { keys: ["?"], label: "This sheet", group: "Page", run: (w) => w.open("help") },
  ...PAGE_KEYS,
  {
    keys: ["Escape"],
    label: "Close the topmost, let go",
    group: "Page",
    run: (w) => void w.escape(),
  },
  {
    keys: ["f"],
    label: "Whole page, back",
    group: "Panes",
    run: (w) => w.toggleMaximised(w.focusedPane()?.key ?? ""),
  },
  { keys: ["."], label: "Next pane", group: "Panes", run: (w) => step(w, 1) },
  { keys: [","], label: "Pane before", group: "Panes", run: (w) => step(w, -1) },
  {
    keys: ["w ArrowLeft"],
    label: "Swap with the pane on that side",
    group: "Panes",
    caps: ["W ← → ↑ ↓"],
    run: (w) => moveTo(w, "left"),
  },
  { keys: ["w ArrowRight"], ...HIDDEN, run: (w) => moveTo(w, "right") },
  { keys: ["w ArrowUp"], ...HIDDEN, run: (w) => moveTo(w, "top") },
  { keys: ["w ArrowDown"], ...HIDDEN, run: (w) => moveTo(w, "bottom") },
];

/** First keys of pairs. */
const FIRST_KEYS = ["g", "w"];

/** Every shortcut of the workspace, in the order of the help sheet. */
export function workspaceKeys({ kinds }: WorkspaceDesk): readonly WorkspaceKey[] {
  return [
    ...OWN_KEYS,
    ...kinds.map((kind): WorkspaceKey => ({
      keys: [kind.key],
      label: kind.title,
      group: "Panes",
      run: (w) => focusKind(w, kind.id),
    })),
  ];
}

/** What the tape itself listens to; named on the sheet. */
export const TAPE_KEYS: readonly (readonly [string, readonly string[]])[] = [
  ["Select a row", ["↑", "↓"]],
  ["By a page, to an end", ["PgUp", "PgDn", "Home", "End"]],
  ["Open the evidence", ["Enter"]],
  ["Back to live", ["Esc"]],
];

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
    const name = pairs.take(key, event.timeStamp);
    const isHeatmap = desk.focusedPane()?.pane === "heatmap";
    if (!isHeatmap || isReserved(key)) press(event, name);
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
