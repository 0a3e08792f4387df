import type { HeatmapDriver } from "./heatmap_driver.ts";

/** Wheel travel, in CSS pixels, that makes one zoom step. */
const WHEEL_STEP = 80;
/** Zoom steps that one turn of the wheel may make. */
const MAX_WHEEL_STEPS = 3;
/** Travel, in CSS pixels, below which a press is a tap. */
const TAP_PX = 6;
/** A tap this close to the crosshair, in CSS pixels, lets it go. */
const SAME_SPOT_PX = 24;
/** Fingers closer than this, in CSS pixels, do not pinch along that axis. */
const PINCH_LEAST_PX = 60;
/** Change of the fingers' distance that makes one zoom step. */
const PINCH_STEP = 1.25;

interface Finger {
  x: number;
  y: number;
  readonly startX: number;
  readonly startY: number;
}

/** Turns mouse and fingers into pan, zoom and crosshair. Positions are device pixels of the pane. */
class Hands {
  readonly #box: HTMLElement;
  readonly #driver: HeatmapDriver;
  readonly #fingers = new Map<number, Finger>();
  #restColumns = 0;
  #restTicks = 0;
  #wheel = 0;
  #pinchX = 0;
  #pinchY = 0;

  constructor(box: HTMLElement, driver: HeatmapDriver) {
    this.#box = box;
    this.#driver = driver;
  }

  get #dpr(): number {
    return this.#driver.heatmap?.layout.dpr ?? 1;
  }

  #local(event: MouseEvent): { x: number; y: number } {
    const rect = this.#box.getBoundingClientRect();
    return {
      x: (event.clientX - rect.left) * this.#dpr,
      y: (event.clientY - rect.top) * this.#dpr,
    };
  }

  down(event: PointerEvent): void {
    if (isControl(event)) return;
    const at = this.#local(event);
    this.#fingers.set(event.pointerId, { ...at, startX: at.x, startY: at.y });
    this.#box.setPointerCapture(event.pointerId);
    this.#restColumns = this.#restTicks = 0;
    if (this.#fingers.size === 2) [this.#pinchX, this.#pinchY] = spread(this.#fingers);
  }

  move(event: PointerEvent): void {
    const at = this.#local(event);
    const finger = this.#fingers.get(event.pointerId);
    const isMouse = event.pointerType === "mouse";
    if (finger === undefined) {
      if (isMouse) this.#driver.heatmap?.setPointer(at);
      return;
    }
    const dx = at.x - finger.x;
    const dy = at.y - finger.y;
    finger.x = at.x;
    finger.y = at.y;
    if (this.#fingers.size === 1) this.#drag(finger, dx, dy);
    else this.#pinch(at.x, at.y);
    if (isMouse) this.#driver.heatmap?.setPointer(at);
  }

  #travelled(finger: Finger): boolean {
    const travel = Math.hypot(finger.x - finger.startX, finger.y - finger.startY);
    return travel > TAP_PX * this.#dpr;
  }

  #drag(finger: Finger, dx: number, dy: number): void {
    const { heatmap } = this.#driver;
    if (!heatmap || !this.#travelled(finger)) return;
    this.#restColumns += dx / heatmap.view.columnPx;
    this.#restTicks += dy / heatmap.view.rowPx;
    const columns = Math.trunc(this.#restColumns);
    const ticks = Math.trunc(this.#restTicks);
    this.#restColumns -= columns;
    this.#restTicks -= ticks;
    if (columns !== 0 || ticks !== 0) heatmap.pan(columns, ticks);
  }

  #pinch(x: number, y: number): void {
    const [spreadX, spreadY] = spread(this.#fingers);
    const least = PINCH_LEAST_PX * this.#dpr;
    const timeSteps = pinchSteps(spreadX, this.#pinchX, least);
    const priceSteps = pinchSteps(spreadY, this.#pinchY, least);
    if (timeSteps !== 0) this.#pinchX = spreadX;
    if (priceSteps !== 0) this.#pinchY = spreadY;
    if (timeSteps !== 0 || priceSteps !== 0) {
      this.#driver.heatmap?.zoom(timeSteps, priceSteps, x, y);
    }
  }

  up(event: PointerEvent): void {
    const finger = this.#fingers.get(event.pointerId);
    this.#fingers.delete(event.pointerId);
    if (finger === undefined || event.type === "pointercancel") return;
    if (event.pointerType === "mouse" || this.#travelled(finger)) return;
    const { heatmap } = this.#driver;
    const shown = heatmap?.pointer ?? null;
    const again = shown !== null &&
      Math.hypot(shown.x - finger.x, shown.y - finger.y) < SAME_SPOT_PX * this.#dpr;
    heatmap?.setPointer(again ? null : { x: finger.x, y: finger.y });
  }

  leave(event: PointerEvent): void {
    if (event.pointerType === "mouse") this.#driver.heatmap?.setPointer(null);
  }

  turn(event: WheelEvent): void {
    event.preventDefault();
    // Browsers turn Shift with the wheel into sideways travel.
    const travel = event.deltaY === 0 ? event.deltaX : event.deltaY;
    this.#wheel += event.deltaMode === WheelEvent.DOM_DELTA_LINE ? travel * 30 : travel;
    const steps = -Math.trunc(this.#wheel / WHEEL_STEP);
    if (steps === 0) return;
    this.#wheel += steps * WHEEL_STEP;
    const limited = Math.max(-MAX_WHEEL_STEPS, Math.min(MAX_WHEEL_STEPS, steps));
    const at = this.#local(event);
    const both = event.ctrlKey || event.metaKey;
    const time = event.shiftKey && !both ? 0 : limited;
    const price = event.shiftKey || both ? limited : 0;
    this.#driver.heatmap?.zoom(time, price, at.x, at.y);
  }

  reset(event: MouseEvent): void {
    if (!isControl(event)) this.#driver.heatmap?.reset();
  }
}

/**
 * Lets mouse and fingers work the heatmap: move shows the crosshair, drag pans, wheel zooms time
 * (with Shift price, with Ctrl both), two fingers pinch, double click resets. Returns the undo.
 */
export function attachPointer(box: HTMLElement, driver: HeatmapDriver): () => void {
  const hands = new Hands(box, driver);
  const undo = new AbortController();
  const { signal } = undo;
  box.addEventListener("pointerdown", (event) => hands.down(event), { signal });
  box.addEventListener("pointermove", (event) => hands.move(event), { signal });
  box.addEventListener("pointerup", (event) => hands.up(event), { signal });
  box.addEventListener("pointercancel", (event) => hands.up(event), { signal });
  box.addEventListener("pointerleave", (event) => hands.leave(event), { signal });
  box.addEventListener("wheel", (event) => hands.turn(event), { signal, passive: false });
  box.addEventListener("dblclick", (event) => hands.reset(event), { signal });
  return () => undo.abort();
}

function isControl(event: Event): boolean {
  return event.target instanceof Element && event.target.closest("button") !== null;
}

function spread(fingers: ReadonlyMap<number, Finger>): [number, number] {
  const [a, b] = [...fingers.values()];
  if (a === undefined || b === undefined) return [0, 0];
  return [Math.abs(a.x - b.x), Math.abs(a.y - b.y)];
}

function pinchSteps(now: number, before: number, least: number): number {
  if (before < least || now < 1) return 0;
  if (now > before * PINCH_STEP) return 1;
  return now < before / PINCH_STEP ? -1 : 0;
}
