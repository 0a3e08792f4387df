import { attachKeys, type KeyBinding, stepPointer } from "../canvas/mod.ts";
import type { Actions } from "./actions.ts";
import { cellSentence } from "./cell_texts.ts";
import { CHORDS, PAGE_CHORDS } from "../pane/mod.ts";
import { QUANTITIES } from "./quantity_info.ts";
import type { HeatmapDriver } from "./heatmap_driver.ts";
import { tradesUnder } from "./trades/mod.ts";

/** A key of the heatmap and what it does. */
type Shortcut = KeyBinding<readonly [HeatmapDriver, Actions]>;

const PAN_COLUMNS = 12;
const PAN_TICKS = 4;

/** Moves time: a paused feed steps by bins, a running one pans the picture. */
function moveTime(driver: HeatmapDriver, actions: Actions, direction: 1 | -1): void {
  if (driver.state.feed.value?.phase === "paused") actions.step(direction);
  else driver.picture?.pan(-direction * PAN_COLUMNS, 0);
}

/** Moves the crosshair by one cell and says what lies under it. */
function moveCrosshair(driver: HeatmapDriver, columns: number, ticks: number): void {
  const { picture: heatmap } = driver;
  if (!heatmap) return;
  stepPointer(heatmap, heatmap.layout, columns, ticks);
  const cell = heatmap.hover();
  if (cell === null || driver.history === null) return;
  const span = heatmap.tradesUnder();
  const traded = span === null ? null : tradesUnder(driver.history, span);
  driver.state.spoken.value = cellSentence(driver.history, cell.position, cell.level) +
    (traded === null ? "" : `. ${traded.where}: ${traded.sums}`);
}

/** Shows a tab of the side pane, or the signals when it is shown already. */
function toggleTab({ state }: HeatmapDriver, tab: "table" | "experiment" | "prints"): void {
  state.tab.value = state.tab.value === tab ? "signals" : tab;
}

/** Every shortcut of the page. */
const SHORTCUTS: readonly Shortcut[] = [
  ...QUANTITIES.map((quantity): Shortcut => ({
    ...CHORDS[quantity],
    run: (_, actions) => actions.setQuantity(quantity),
  })),
  { ...CHORDS.nextPalette, run: (_, actions) => actions.nextPalette() },
  { ...CHORDS.followSpot, run: (_, actions) => actions.toggleFollow() },
  { ...CHORDS.past, run: ({ picture }) => picture?.togglePast() },
  {
    ...CHORDS.ahead,
    run: (driver) => driver.setAhead(driver.state.ahead.value === "cone" ? "bands" : "cone"),
  },
  { ...CHORDS.trades, run: (_, actions) => actions.toggleTrades() },
  { ...CHORDS.fit, run: (driver) => driver.fitClip() },
  { ...CHORDS.zoomIn, run: ({ picture }) => picture?.zoomMiddle(1, 0) },
  { ...CHORDS.zoomOut, run: ({ picture }) => picture?.zoomMiddle(-1, 0) },
  { ...CHORDS.zoomInPrice, run: ({ picture }) => picture?.zoomMiddle(0, 1) },
  { ...CHORDS.zoomOutPrice, run: ({ picture }) => picture?.zoomMiddle(0, -1) },
  { ...CHORDS.firstView, run: ({ picture }) => picture?.reset() },
  { ...CHORDS.left, run: (driver) => moveCrosshair(driver, -1, 0) },
  { ...CHORDS.right, run: (driver) => moveCrosshair(driver, 1, 0) },
  { ...CHORDS.up, run: (driver) => moveCrosshair(driver, 0, 1) },
  { ...CHORDS.down, run: (driver) => moveCrosshair(driver, 0, -1) },
  { ...CHORDS.panLeft, run: (driver, actions) => moveTime(driver, actions, -1) },
  { ...CHORDS.panRight, run: (driver, actions) => moveTime(driver, actions, 1) },
  { ...CHORDS.panUp, run: ({ picture }) => picture?.pan(0, PAN_TICKS) },
  { ...CHORDS.panDown, run: ({ picture }) => picture?.pan(0, -PAN_TICKS) },
  { ...CHORDS.pause, run: (_, actions) => actions.togglePause() },
  { ...CHORDS.start, run: (_, actions) => actions.oldest() },
  { ...CHORDS.end, run: (_, actions) => actions.newest() },
  { ...CHORDS.table, run: (driver) => toggleTab(driver, "table") },
  { ...CHORDS.experiment, run: (driver) => toggleTab(driver, "experiment") },
  { ...CHORDS.prints, run: (driver) => toggleTab(driver, "prints") },
  { ...CHORDS.picture, run: (_, actions) => actions.savePicture() },
  { ...CHORDS.feed, run: ({ state }) => state.feedOpen.value = true },
  { ...CHORDS.sheet, run: (_, actions) => actions.toggleHelp() },
  ...PAGE_CHORDS,
  { ...CHORDS.close, run: letGo },
];

function letGo(driver: HeatmapDriver, actions: Actions): void {
  const { state } = driver;
  if (state.helpOpen.value) state.helpOpen.value = false;
  else if (state.feedOpen.value) state.feedOpen.value = false;
  else if (state.notice.value !== null) state.notice.value = null;
  else if (!actions.cancelSeek()) driver.picture?.setPointer(null);
}

/**
 * Listens to the keys of the page. Returns the undo.
 *
 * @param isOurs Whether a key, as {@link keyName} names it, is meant for the heatmap.
 */
export function attachKeyboard(
  driver: HeatmapDriver,
  actions: Actions,
  isOurs?: (key: string) => boolean,
): () => void {
  return attachKeys(SHORTCUTS, [driver, actions], isOurs);
}
