import { type Box, type DropZone, dropZone, type PaneDrag, zoneBox } from "./drop_zone.ts";
import { panesOf } from "./layout.ts";
import type { WorkspaceDesk } from "./workspace_desk.ts";

/** A press becomes a drag once the pointer went so far, px. */
const START_PX = 6;

/** What a press on a pane's head must not begin on: it has a meaning of its own there. */
const CONTROLS = "button, select, input, summary, details, a, label";

/** Lets panes be dragged by their heads, with a mouse or a finger. Returns the undo. */
export function attachPaneDrag(desk: WorkspaceDesk, grid: HTMLElement): () => void {
  let end = () => {};
  const onDown = (event: PointerEvent) => {
    const key = event.button === 0 && event.isPrimary ? headKey(event.target) : null;
    const isAlone = desk.isNarrow.value || desk.maximised.value !== null;
    if (key === null || isAlone || panesOf(desk.layout.value).length < 2) return;
    end();
    end = follow(desk, grid, key, event);
  };
  grid.addEventListener("pointerdown", onDown);
  return () => {
    end();
    grid.removeEventListener("pointerdown", onDown);
  };
}

/** Key of the pane by whose head an element of the page is held; null for all others. */
function headKey(target: EventTarget | null): string | null {
  if (!(target instanceof Element) || target.closest(CONTROLS) !== null) return null;
  const head = target.closest<HTMLElement>(".pane[data-pane-key] > .pane-head");
  return head?.parentElement?.dataset["paneKey"] ?? null;
}

/** Follows one press until it is let go or given up. Returns what gives it up. */
function follow(
  desk: WorkspaceDesk,
  grid: HTMLElement,
  key: string,
  from: PointerEvent,
): () => void {
  const onMove = (event: PointerEvent) => {
    if (event.pointerId !== from.pointerId) return;
    const way = Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY);
    if (desk.drag.value === null && way < START_PX) return;
    desk.drag.value = { key, over: overAt(grid, key, event.clientX, event.clientY) };
    event.preventDefault();
  };
  const onUp = (event: PointerEvent) => {
    if (event.pointerId !== from.pointerId) return;
    const over = desk.drag.value?.over ?? null;
    end();
    if (over !== null) desk.drop(key, over.key, over.zone);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || desk.drag.value === null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    end();
    desk.spoken.value = "Move given up";
  };
  const end = () => {
    removeEventListener("pointermove", onMove);
    removeEventListener("pointerup", onUp);
    removeEventListener("pointercancel", end);
    removeEventListener("blur", end);
    removeEventListener("keydown", onKey, true);
    desk.drag.value = null;
  };
  addEventListener("pointermove", onMove);
  addEventListener("pointerup", onUp);
  addEventListener("pointercancel", end);
  addEventListener("blur", end);
  addEventListener("keydown", onKey, true);
  return end;
}

/** The pane under a point, and what letting go there would do. */
function overAt(grid: HTMLElement, key: string, x: number, y: number): PaneDrag["over"] {
  const element = document.elementFromPoint(x, y)?.closest<HTMLElement>(".pane[data-pane-key]");
  const other = element?.dataset["paneKey"];
  if (element === null || element === undefined || other === undefined || other === key) {
    return null;
  }
  const box = element.getBoundingClientRect();
  const zone: DropZone = dropZone(box, x, y);
  const origin = grid.getBoundingClientRect();
  const { left, top, width, height } = zoneBox(box, zone);
  const mark: Box = { left: left - origin.left, top: top - origin.top, width, height };
  return { key: other, zone, mark };
}

/** Where each pane stands on the screen, by its key. */
export function paneBoxes(): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>();
  for (const element of document.querySelectorAll<HTMLElement>(".pane[data-pane-key]")) {
    const key = element.dataset["paneKey"];
    if (key !== undefined) boxes.set(key, element.getBoundingClientRect());
  }
  return boxes;
}
