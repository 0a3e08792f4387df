import { isControl, type PointerTarget, pointOf } from "./pointer.ts";

/** Wheel travel, in CSS pixels, that makes one zoom step. */
const WHEEL_STEP = 80;
/** Zoom steps that one turn of the wheel may make. */
const MAX_WHEEL_STEPS = 3;
/** CSS pixels that stand for a line, where a wheel counts in lines. */
const LINE_PX = 30;

/** A picture that the wheel zooms and a double click takes back to its first view. */
export interface WheelTarget extends PointerTarget {
  reset(): void;
}

/**
 * Lets the wheel zoom time, with Shift levels, with Ctrl both, and a double click reset the view.
 * Returns the undo.
 */
export function attachWheel(box: HTMLElement, target: WheelTarget): () => void {
  const undo = new AbortController();
  const { signal } = undo;
  let wheel = 0;
  const turn = (event: WheelEvent) => {
    event.preventDefault();
    // Browsers turn Shift with the wheel into sideways travel.
    const travel = event.deltaY === 0 ? event.deltaX : event.deltaY;
    wheel += event.deltaMode === WheelEvent.DOM_DELTA_LINE ? travel * LINE_PX : travel;
    const steps = -Math.trunc(wheel / WHEEL_STEP);
    if (steps === 0) return;
    wheel += steps * WHEEL_STEP;
    const limited = Math.max(-MAX_WHEEL_STEPS, Math.min(MAX_WHEEL_STEPS, steps));
    const { x, y } = pointOf(event, box, target);
    const both = event.ctrlKey || event.metaKey;
    const time = event.shiftKey && !both ? 0 : limited;
    target.zoom(time, event.shiftKey || both ? limited : 0, x, y);
  };
  box.addEventListener("wheel", turn, { signal, passive: false });
  box.addEventListener("dblclick", (event) => !isControl(event) && target.reset(), { signal });
  return () => undo.abort();
}
