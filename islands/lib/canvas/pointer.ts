import type { PlotArea } from "./plot_area.ts";
import type { View } from "./view.ts";

/** Travel, in CSS pixels, below which a press is a tap. */
const TAP_PX = 6;
/** A tap this close to the crosshair, in CSS pixels, lets it go. */
const SAME_SPOT_PX = 24;
/** Fingers closer than this, in CSS pixels, do not pinch along that axis. */
const PINCH_LEAST_PX = 60;
/** Change of the fingers' distance that makes one zoom step. */
const PINCH_STEP = 1.25;

/** A place in a picture, in pixels of its pen. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A picture that mouse and fingers work. */
export interface PointerTarget {
  /** Pixels of the pen per CSS pixel. */
  readonly dpr: number;
  readonly view: Pick<View, "columnPx" | "rowPx">;
  /** Where the crosshair is, null when it is away. */
  readonly pointer: Point | null;
  setPointer(at: Point | null): void;
  /** Moves by display columns (positive shows older) and levels (positive shows higher). */
  pan(columns: number, levels: number): void;
  /** Zooms by steps around a point. */
  zoom(timeSteps: number, levelSteps: number, x: number, y: number): void;
}

interface Finger {
  x: number;
  y: number;
  readonly startX: number;
  readonly startY: number;
}

/** Turns mouse and fingers into pan, zoom and crosshair. */
class Hands {
  readonly #box: HTMLElement;
  readonly #target: PointerTarget;
  readonly #fingers = new Map<number, Finger>();
  #restColumns = 0;
  #restLevels = 0;
  #wheel = 0;
  #pinchX = 0;
  #pinchY = 0;

  constructor(box: HTMLElement, target: PointerTarget) {
    this.#box = box;
    this.#target = target;
  }

  #local(event: MouseEvent): Point {
    return pointOf(event, this.#box, this.#target);
  }

  down(event: PointerEvent): void {
    if (isControl(event)) return;
    const at = this.#local(event);
    this.#fingers.set(event.pointerId, { ...at, startX: at.x, startY: at.y });
    this.#box.setPointerCapture(event.pointerId);
    this.#restColumns = this.#restLevels = 0;
    if (this.#fingers.size === 2) [this.#pinchX, this.#pinchY] = spread(this.#fingers);
  }

  move(event: PointerEvent): void {
    const at = this.#local(event);
    const finger = this.#fingers.get(event.pointerId);
    const isMouse = event.pointerType === "mouse";
    if (finger === undefined) {
      if (isMouse) this.#target.setPointer(at);
      return;
    }
    const dx = at.x - finger.x;
    const dy = at.y - finger.y;
    finger.x = at.x;
    finger.y = at.y;
    if (this.#fingers.size === 1) this.#drag(finger, dx, dy);
    else this.#pinch(at.x, at.y);
    if (isMouse) this.#target.setPointer(at);
  }

  #travelled(finger: Finger): boolean {
    const travel = Math.hypot(finger.x - finger.startX, finger.y - finger.startY);
    return travel > TAP_PX * this.#target.dpr;
  }

  #drag(finger: Finger, dx: number, dy: number): void {
    if (!this.#travelled(finger)) return;
    const { columnPx, rowPx } = this.#target.view;
    this.#restColumns += dx / columnPx;
    this.#restLevels += dy / rowPx;
    const columns = Math.trunc(this.#restColumns);
    const levels = Math.trunc(this.#restLevels);
    this.#restColumns -= columns;
    this.#restLevels -= levels;
    if (columns !== 0 || levels !== 0) this.#target.pan(columns, levels);
  }

  #pinch(x: number, y: number): void {
    const [spreadX, spreadY] = spread(this.#fingers);
    const least = PINCH_LEAST_PX * this.#target.dpr;
    const timeSteps = pinchSteps(spreadX, this.#pinchX, least);
    const levelSteps = pinchSteps(spreadY, this.#pinchY, least);
    if (timeSteps !== 0) this.#pinchX = spreadX;
    if (levelSteps !== 0) this.#pinchY = spreadY;
    if (timeSteps !== 0 || levelSteps !== 0) {
      this.#target.zoom(timeSteps, levelSteps, x, y);
    }
  }

  up(event: PointerEvent): void {
    const finger = this.#fingers.get(event.pointerId);
    this.#fingers.delete(event.pointerId);
    if (finger === undefined || event.type === "pointercancel") return;
    if (event.pointerType === "mouse" || this.#travelled(finger)) return;
    const shown = this.#target.pointer;
    const again = shown !== null &&
      Math.hypot(shown.x - finger.x, shown.y - finger.y) < SAME_SPOT_PX * this.#target.dpr;
    this.#target.setPointer(again ? null : { x: finger.x, y: finger.y });
  }

  leave(event: PointerEvent): void {
    if (event.pointerType === "mouse") this.#target.setPointer(null);
  }
}

/**
 * Lets mouse and fingers work a picture: move shows the crosshair, drag pans, two fingers pinch, a tap
 * sets the crosshair or lets it go. Returns the undo.
 */
export function attachPointer(box: HTMLElement, target: PointerTarget): () => void {
  const hands = new Hands(box, target);
  const undo = new AbortController();
  const { signal } = undo;
  box.addEventListener("pointerdown", (event) => hands.down(event), { signal });
  box.addEventListener("pointermove", (event) => hands.move(event), { signal });
  box.addEventListener("pointerup", (event) => hands.up(event), { signal });
  box.addEventListener("pointercancel", (event) => hands.up(event), { signal });
  box.addEventListener("pointerleave", (event) => hands.leave(event), { signal });
  return () => undo.abort();
}

/** Moves the crosshair by cells; it starts in the middle of the columns. */
export function stepPointer(
  target: PointerTarget,
  { dataWidth, plotHeight }: PlotArea,
  columns: number,
  levels: number,
): void {
  const { columnPx, rowPx } = target.view;
  const at = target.pointer ?? { x: dataWidth / 2, y: plotHeight / 2 };
  target.setPointer({
    x: Math.min(dataWidth - 1, Math.max(0, at.x + columns * columnPx)),
    y: Math.min(plotHeight - 1, Math.max(0, at.y - levels * rowPx)),
  });
}

/** Where an event lies in the picture that fills a box. */
export function pointOf(event: MouseEvent, box: HTMLElement, { dpr }: PointerTarget): Point {
  const rect = box.getBoundingClientRect();
  return { x: (event.clientX - rect.left) * dpr, y: (event.clientY - rect.top) * dpr };
}

/** Whether an event belongs to a button over the picture. */
export function isControl(event: Event): boolean {
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
