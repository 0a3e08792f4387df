import type { Terminal } from "./terminal.ts";

/** Wheel travel, in CSS pixels, that makes one zoom step. */
const WHEEL_STEP = 80;
/** Travel below which a press is a tap. */
const TAP_PX = 6;

interface Finger {
  x: number;
  y: number;
  readonly startX: number;
  readonly startY: number;
}

/**
 * Lets mouse and fingers work the heatmap: move shows the crosshair, drag pans, wheel zooms time
 * (with Shift price, with Ctrl both), two fingers pinch, double click resets. Returns the undo.
 */
export function attachPointer(box: HTMLElement, terminal: Terminal): () => void {
  const fingers = new Map<number, Finger>();
  const undo = new AbortController();
  const { signal } = undo;
  let restX = 0;
  let restY = 0;
  let wheel = 0;
  let pinchX = 0;
  let pinchY = 0;
  const scale = () => terminal.heatmap?.layout.dpr ?? 1;
  const local = (event: MouseEvent) => {
    const rect = box.getBoundingClientRect();
    return { x: (event.clientX - rect.left) * scale(), y: (event.clientY - rect.top) * scale() };
  };
  const isPlate = (event: Event) => (event.target as HTMLElement).closest("button") !== null;

  box.addEventListener("pointerdown", (event) => {
    if (isPlate(event)) return;
    const at = local(event);
    fingers.set(event.pointerId, { ...at, startX: at.x, startY: at.y });
    box.setPointerCapture(event.pointerId);
    restX = restY = 0;
    if (fingers.size === 2) [pinchX, pinchY] = spread(fingers);
  }, { signal });

  box.addEventListener("pointermove", (event) => {
    const { heatmap } = terminal;
    if (!heatmap) return;
    const at = local(event);
    const finger = fingers.get(event.pointerId);
    if (finger === undefined) {
      if (event.pointerType === "mouse") heatmap.setPointer(at);
      return;
    }
    const dx = at.x - finger.x;
    const dy = at.y - finger.y;
    finger.x = at.x;
    finger.y = at.y;
    if (fingers.size === 1) {
      const far = Math.hypot(at.x - finger.startX, at.y - finger.startY) > TAP_PX * scale();
      if (!far) return;
      restX += dx / heatmap.view.columnPx;
      restY += dy / heatmap.view.rowPx;
      const columns = Math.trunc(restX);
      const ticks = Math.trunc(restY);
      restX -= columns;
      restY -= ticks;
      if (columns !== 0 || ticks !== 0) heatmap.pan(columns, ticks);
      if (event.pointerType === "mouse") heatmap.setPointer(at);
      return;
    }
    const [x, y] = spread(fingers);
    const timeSteps = ratioSteps(x, pinchX, 60 * scale());
    const priceSteps = ratioSteps(y, pinchY, 60 * scale());
    if (timeSteps !== 0) pinchX = x;
    if (priceSteps !== 0) pinchY = y;
    if (timeSteps !== 0 || priceSteps !== 0) heatmap.zoom(timeSteps, priceSteps, at.x, at.y);
  }, { signal });

  const lift = (event: PointerEvent) => {
    const finger = fingers.get(event.pointerId);
    fingers.delete(event.pointerId);
    if (finger === undefined || event.type === "pointercancel") return;
    const still = Math.hypot(finger.x - finger.startX, finger.y - finger.startY) < TAP_PX * scale();
    if (still && event.pointerType !== "mouse") {
      const { heatmap } = terminal;
      const shown = heatmap?.pointer ?? null;
      const again = shown !== null &&
        Math.hypot(shown.x - finger.x, shown.y - finger.y) < 24 * scale();
      heatmap?.setPointer(again ? null : { x: finger.x, y: finger.y });
    }
  };
  box.addEventListener("pointerup", lift, { signal });
  box.addEventListener("pointercancel", lift, { signal });
  box.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse") terminal.heatmap?.setPointer(null);
  }, { signal });

  box.addEventListener("wheel", (event) => {
    event.preventDefault();
    const travel = event.deltaY === 0 ? event.deltaX : event.deltaY;
    wheel += event.deltaMode === 1 ? travel * 30 : travel;
    const steps = -Math.trunc(wheel / WHEEL_STEP);
    if (steps === 0) return;
    wheel += steps * WHEEL_STEP;
    const limited = Math.max(-3, Math.min(3, steps));
    const at = local(event);
    const both = event.ctrlKey || event.metaKey;
    terminal.heatmap?.zoom(
      event.shiftKey && !both ? 0 : limited,
      event.shiftKey || both ? limited : 0,
      at.x,
      at.y,
    );
  }, { signal, passive: false });
  box.addEventListener("dblclick", (event) => {
    if (!isPlate(event)) terminal.heatmap?.reset();
  }, { signal });
  return () => undo.abort();
}

function spread(fingers: ReadonlyMap<number, Finger>): [number, number] {
  const [a, b] = [...fingers.values()];
  if (a === undefined || b === undefined) return [0, 0];
  return [Math.abs(a.x - b.x), Math.abs(a.y - b.y)];
}

/** One step for every quarter that the spread grows or shrinks, when the fingers are `least` apart. */
function ratioSteps(now: number, before: number, least: number): number {
  if (before < least || now < 1) return 0;
  if (now > before * 1.25) return 1;
  return now < before / 1.25 ? -1 : 0;
}
