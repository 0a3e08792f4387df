import { attachKeys, type KeyBinding } from "../canvas/mod.ts";
import { type Chord, CHORDS, PAGE_CHORDS } from "../pane/mod.ts";
import { FIRST_ZOOM } from "./scope_snapshot.ts";
import type { MediumScopeView } from "./scope_view.ts";

/** What keys do besides moving the picture. */
export interface ScopeActions {
  toggleTable(): void;
  /** Lets go of the topmost: table, then crosshair. */
  letGo(): void;
  /** Says what lies under the crosshair. */
  sayReading(): void;
}

type Shortcut = KeyBinding<readonly [MediumScopeView, ScopeActions]>;

/** Moves the crosshair and says what lies under it. */
function moving(chord: Chord, move: (view: MediumScopeView) => void): Shortcut {
  const run: Shortcut["run"] = (view, actions) => {
    move(view);
    actions.sayReading();
  };
  return { ...chord, run };
}

/** Keys of a scope that has the focus. */
const SHORTCUTS: readonly Shortcut[] = [
  { ...CHORDS.zoomIn, run: (view) => view.zoomBy(1) },
  { ...CHORDS.zoomOut, run: (view) => view.zoomBy(-1) },
  { ...CHORDS.firstView, run: (view) => view.zoomTo(FIRST_ZOOM) },
  moving(CHORDS.nextWall, (view) => view.stepGate(1)),
  moving(CHORDS.past, (view) => view.stepGate(-1)),
  moving(CHORDS.nextExpiry, (view) => view.stepCrosshair(1)),
  moving(CHORDS.expiryBefore, (view) => view.stepCrosshair(-1)),
  { ...CHORDS.table, run: (_, actions) => actions.toggleTable() },
  { ...CHORDS.close, run: (_, actions) => actions.letGo() },
  ...PAGE_CHORDS,
];

/** Listens to keys while the focus is within a scope. Returns the undo. */
export function attachKeyboard(
  root: HTMLElement,
  view: MediumScopeView,
  actions: ScopeActions,
): () => void {
  return attachKeys(SHORTCUTS, [view, actions], () => root.contains(document.activeElement));
}
