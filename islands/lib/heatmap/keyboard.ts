import { type KeyBinding, pressKey, stepPointer } from "../canvas/mod.ts";
import type { Actions } from "./actions.ts";
import { cellSentence } from "./cell_texts.ts";
import { PAGE_KEYS } from "../pane/mod.ts";
import { isTyping, keyName, KeyPairs } from "../text/mod.ts";
import { QUANTITIES } from "./quantity_info.ts";
import type { HeatmapDriver } from "./heatmap_driver.ts";

/** One line of the help sheet; the same table drives the keys. */
export interface Shortcut extends KeyBinding<readonly [HeatmapDriver, Actions]> {
  readonly group: "Picture" | "Time" | "Page";
  /** Key caps for the sheet in place of the keys; empty hides the line. */
  readonly caps?: readonly string[];
}

const PAN_COLUMNS = 12;
const PAN_TICKS = 4;

/** Zooms around the middle of the past. */
function zoom({ heatmap }: HeatmapDriver, time: number, price: number): void {
  if (!heatmap) return;
  const { dataWidth, plotHeight } = heatmap.layout;
  heatmap.zoom(time, price, Math.round(dataWidth / 2), plotHeight / 2);
}

/** Moves time: a paused feed steps by bins, a running one pans the picture. */
function moveTime(driver: HeatmapDriver, actions: Actions, direction: 1 | -1): void {
  if (driver.state.feed.value?.phase === "paused") actions.step(direction);
  else driver.heatmap?.pan(-direction * PAN_COLUMNS, 0);
}

/** Moves the crosshair by one cell and says what lies under it. */
function moveCrosshair(driver: HeatmapDriver, columns: number, ticks: number): void {
  const { heatmap } = driver;
  if (!heatmap) return;
  stepPointer(heatmap, heatmap.layout, columns, ticks);
  const cell = heatmap.hover();
  if (cell === null || driver.history === null) return;
  driver.state.spoken.value = cellSentence(driver.history, cell.position, cell.level);
}

/** Every shortcut of the page, in the order of the help sheet. */
export const SHORTCUTS: readonly Shortcut[] = [
  ...QUANTITIES.map((quantity, i): Shortcut => ({
    keys: [`${i + 1}`],
    label: `Draw ${quantity}`,
    group: "Picture",
    run: (_, actions) => actions.setQuantity(quantity),
  })),
  { keys: ["p"], label: "Next palette", group: "Picture", run: (_, a) => a.nextPalette() },
  { keys: ["f", "l"], label: "Follow spot", group: "Picture", run: (_, a) => a.toggleFollow() },
  {
    keys: ["b"],
    label: "Past projections",
    group: "Picture",
    run: (t) => t.heatmap?.togglePast(),
  },
  { keys: ["c"], label: "Fit the colour range", group: "Picture", run: (t) => t.fitClip() },
  { keys: ["+", "="], label: "Zoom in, time", group: "Picture", run: (t) => zoom(t, 1, 0) },
  { keys: ["-"], label: "Zoom out, time", group: "Picture", run: (t) => zoom(t, -1, 0) },
  { keys: ["]"], label: "Zoom in, price", group: "Picture", run: (t) => zoom(t, 0, 1) },
  { keys: ["["], label: "Zoom out, price", group: "Picture", run: (t) => zoom(t, 0, -1) },
  { keys: ["0"], label: "First view", group: "Picture", run: (t) => t.heatmap?.reset() },
  { ...crosshair("Left", -1, 0), caps: ["Shift", "← ↑ → ↓"] },
  crosshair("Right", 1, 0),
  crosshair("Up", 0, 1),
  crosshair("Down", 0, -1),
  { keys: [" "], label: "Pause, resume", group: "Time", run: (_, a) => a.togglePause() },
  {
    keys: ["ArrowLeft"],
    label: "Back: pan, or one bin when paused",
    group: "Time",
    run: (t, a) => moveTime(t, a, -1),
  },
  {
    keys: ["ArrowRight"],
    label: "On: pan, or one bin when paused",
    group: "Time",
    run: (t, a) => moveTime(t, a, 1),
  },
  { keys: ["Home"], label: "Oldest column", group: "Time", run: (_, a) => a.oldest() },
  { keys: ["End"], label: "Newest column", group: "Time", run: (_, a) => a.newest() },
  {
    keys: ["ArrowUp"],
    label: "Pan up",
    group: "Picture",
    run: (t) => t.heatmap?.pan(0, PAN_TICKS),
  },
  {
    keys: ["ArrowDown"],
    label: "Pan down",
    group: "Picture",
    run: (t) => t.heatmap?.pan(0, -PAN_TICKS),
  },
  {
    keys: ["t"],
    label: "Table or signals",
    group: "Page",
    run: (t) => t.state.tab.value = t.state.tab.value === "table" ? "signals" : "table",
  },
  {
    keys: ["x"],
    label: "Experiment with the signals",
    group: "Page",
    run: (t) => t.state.tab.value = t.state.tab.value === "experiment" ? "signals" : "experiment",
  },
  { keys: ["o"], label: "Choose a feed", group: "Page", run: (t) => t.state.feedOpen.value = true },
  { keys: ["?"], label: "This sheet", group: "Page", run: (_, a) => a.toggleHelp() },
  ...PAGE_KEYS,
  { keys: ["Escape"], label: "Close, let go", group: "Page", run: (t) => letGo(t) },
];

function crosshair(arrow: string, columns: number, ticks: number): Shortcut {
  return {
    keys: [`Shift+Arrow${arrow}`],
    label: "Move the crosshair",
    group: "Picture",
    caps: [],
    run: (driver) => moveCrosshair(driver, columns, ticks),
  };
}

function letGo(driver: HeatmapDriver): void {
  const { state } = driver;
  if (state.helpOpen.value) state.helpOpen.value = false;
  else if (state.feedOpen.value) state.feedOpen.value = false;
  else if (state.notice.value !== null) state.notice.value = null;
  else driver.heatmap?.setPointer(null);
}

/**
 * Listens to the keys of the page. Returns the undo.
 *
 * @param isOurs Whether a key, as {@link keyName} names it, is meant for the heatmap.
 */
export function attachKeyboard(
  driver: HeatmapDriver,
  actions: Actions,
  isOurs: (key: string) => boolean = () => true,
): () => void {
  const pairs = new KeyPairs(["g"]);
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = keyName(event);
    if (isTyping(event.target, key) || !isOurs(key)) return;
    const name = pairs.take(key, event.timeStamp);
    if (name !== null && pressKey(SHORTCUTS, name, driver, actions)) event.preventDefault();
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}
