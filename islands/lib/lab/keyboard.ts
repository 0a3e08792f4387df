import { attachKeys, type KeyBinding } from "../canvas/mod.ts";
import { PAGE_CHORDS } from "../pane/mod.ts";
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

function moving(keys: readonly string[], label: string, move: (view: MediumScopeView) => void) {
  const run = (view: MediumScopeView, actions: ScopeActions) => {
    move(view);
    actions.sayReading();
  };
  return { keys, label, run } satisfies Shortcut;
}

/** Keys of a scope that has the focus. */
const SCOPE_KEYS: readonly Shortcut[] = [
  { keys: ["+", "="], label: "Zoom in", run: (view) => view.zoomBy(1) },
  { keys: ["-"], label: "Zoom out", run: (view) => view.zoomBy(-1) },
  { keys: ["0"], label: "First zoom", run: (view) => view.zoomTo(FIRST_ZOOM) },
  moving(["n"], "Next wall", (view) => view.stepGate(1)),
  moving(["b"], "Wall before", (view) => view.stepGate(-1)),
  moving(["]"], "Crosshair up by a bucket", (view) => view.stepCrosshair(1)),
  moving(["["], "Crosshair down by a bucket", (view) => view.stepCrosshair(-1)),
  { keys: ["t"], label: "Table", run: (_, actions) => actions.toggleTable() },
  { keys: ["Escape"], label: "Let go", run: (_, actions) => actions.letGo() },
  ...PAGE_CHORDS,
];

/** Listens to keys while the focus is within a scope. Returns the undo. */
export function attachKeyboard(
  root: HTMLElement,
  view: MediumScopeView,
  actions: ScopeActions,
): () => void {
  return attachKeys(SCOPE_KEYS, [view, actions], () => root.contains(document.activeElement));
}
