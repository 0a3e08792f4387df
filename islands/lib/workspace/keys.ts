import { PAGE_KEYS } from "../pane/mod.ts";
import { isReserved, isTyping, keyName, KeyPairs } from "../text/mod.ts";
import { panesOf } from "./layout.ts";
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
];

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
  const pairs = new KeyPairs();
  const keys = workspaceKeys(desk);
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey) return;
    const hasModifier = event.ctrlKey || event.metaKey;
    let name: string | null = hasModifier ? `Ctrl+${event.key.toLowerCase()}` : keyName(event);
    if (!hasModifier) {
      if (isTyping(event.target, name)) return;
      name = pairs.take(name, event.timeStamp);
      if (name === null) return;
      const isHeatmap = desk.focusedPane()?.pane === "heatmap";
      if (isHeatmap && !isReserved(name) && !name.startsWith("g ")) return;
    }
    const found = keys.find((item) => item.keys.includes(name));
    if (found === undefined) return;
    event.preventDefault();
    found.run(desk);
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}
