import { attachKeys, type KeyBinding, stepPointer } from "../canvas/mod.ts";
import { CHORDS, PAGE_CHORDS } from "../pane/mod.ts";
import type { Actions } from "./actions.ts";
import { cellFacts, cellSentence } from "./cell_facts.ts";
import { LAYER_INFO, LAYER_ORDER } from "./layers.ts";
import type { SurfaceDriver } from "./surface_driver.ts";

type Shortcut = KeyBinding<readonly [SurfaceDriver, Actions]>;

const PAN_COLUMNS = 12;
const PAN_TICKS = 4;

/** Moves the crosshair by one cell and says what lies under it. */
function moveCrosshair(
  { picture: view, store, state }: SurfaceDriver,
  columns: number,
  ticks: number,
): void {
  if (view === null) return;
  stepPointer(view, view.layout, columns, ticks);
  const cell = view.hover();
  if (cell === null) return;
  state.spoken.value = cellSentence(
    cellFacts(
      store,
      cell.position,
      cell.level,
      state.assumption.value,
      (tick) => view.priceText(tick),
    ),
  );
}

function pinHovered({ picture: view, state }: SurfaceDriver, actions: Actions): void {
  const second = view?.hover()?.position ?? null;
  actions.pin(second === state.pinned.value ? null : second);
}

/** Every shortcut of the page. */
const SHORTCUTS: readonly Shortcut[] = [
  ...LAYER_ORDER.map((layer): Shortcut => ({
    ...LAYER_INFO[layer].chord,
    run: (_, actions) => actions.toggleLayer(layer),
  })),
  { ...CHORDS.assumption, run: (_, actions) => actions.nextAssumption() },
  { ...CHORDS.followSpot, run: (_, actions) => actions.toggleFollow() },
  { ...CHORDS.zoomIn, run: ({ picture }) => picture?.zoomMiddle(1, 0) },
  { ...CHORDS.zoomOut, run: ({ picture }) => picture?.zoomMiddle(-1, 0) },
  { ...CHORDS.zoomInPrice, run: ({ picture }) => picture?.zoomMiddle(0, 1) },
  { ...CHORDS.zoomOutPrice, run: ({ picture }) => picture?.zoomMiddle(0, -1) },
  { ...CHORDS.firstView, run: ({ picture }) => picture?.reset() },
  { ...CHORDS.left, run: (driver) => moveCrosshair(driver, -1, 0) },
  { ...CHORDS.right, run: (driver) => moveCrosshair(driver, 1, 0) },
  { ...CHORDS.up, run: (driver) => moveCrosshair(driver, 0, 1) },
  { ...CHORDS.down, run: (driver) => moveCrosshair(driver, 0, -1) },
  { ...CHORDS.panLeft, run: ({ picture }) => picture?.pan(PAN_COLUMNS, 0) },
  { ...CHORDS.panRight, run: ({ picture }) => picture?.pan(-PAN_COLUMNS, 0) },
  { ...CHORDS.panUp, run: ({ picture }) => picture?.pan(0, PAN_TICKS) },
  { ...CHORDS.panDown, run: ({ picture }) => picture?.pan(0, -PAN_TICKS) },
  { ...CHORDS.start, run: (_, actions) => actions.oldest() },
  { ...CHORDS.end, run: (_, actions) => actions.newest() },
  { ...CHORDS.open, run: pinHovered },
  { ...CHORDS.picture, run: (_, actions) => actions.savePicture() },
  { ...CHORDS.sheet, run: (_, actions) => actions.toggleHelp() },
  ...PAGE_CHORDS,
  { ...CHORDS.close, run: letGo },
];

function letGo({ state, picture: view }: SurfaceDriver, actions: Actions): void {
  if (state.helpOpen.value) state.helpOpen.value = false;
  else if (state.notice.value !== null) state.notice.value = null;
  else if (state.supposedPoints.value !== null) actions.suppose(null);
  else if (state.pinned.value !== null) actions.pin(null);
  else view?.setPointer(null);
}

/**
 * Listens to the keys of the page. Returns the undo.
 *
 * @param isOurs Whether a key, as `keyName()` names it, is meant for the surfaces.
 */
export function attachKeyboard(
  driver: SurfaceDriver,
  actions: Actions,
  isOurs?: (key: string) => boolean,
): () => void {
  return attachKeys(SHORTCUTS, [driver, actions], isOurs);
}
