import { columnX, type View } from "../../canvas/mod.ts";
import type { ColumnStore } from "../column_store.ts";
import type { PaneLayout } from "../pane_layout.ts";

/** What a picture of bubbles depends on besides the trades. */
export interface BubbleScene {
  readonly store: ColumnStore;
  readonly view: View;
  readonly layout: PaneLayout;
  readonly minQty: number;
}

/** What the layer holds: the scene, and how far it goes. */
interface Held {
  readonly scene: BubbleScene;
  readonly scaleQty: number;
  readonly first: number;
  readonly last: number;
}

/**
 * The bubbles as a picture of their own, kept from frame to frame: a crosshair that moves copies it, and a
 * new bin moves it and draws its right end anew.
 */
export class BubbleLayer {
  #canvas = new OffscreenCanvas(1, 1);
  #pen: OffscreenCanvasRenderingContext2D | null = null;
  #held: Held | null = null;

  /** The pen of what is drawn, its origin that of the heatmap's data. */
  get pen(): OffscreenCanvasRenderingContext2D {
    const pen = this.#pen ??= this.#canvas.getContext("2d");
    if (pen === null) throw new TypeError("Cannot draw trades without a 2D canvas");
    return pen;
  }

  /** Forgets the picture. */
  clear(): void {
    this.#held = null;
  }

  /** Whether the picture is that of the scene, but for trades that came since. */
  isOf(scene: BubbleScene): boolean {
    const held = this.#held;
    return held !== null && held.last === scene.store.last && isAlike(held.scene, scene) &&
      held.scene.view.right === scene.view.right;
  }

  /**
   * Makes the picture ready for a scene: moves it, and empties what has to be drawn anew.
   *
   * @param changedFrom Oldest position whose trades changed, or whose bubble did; Infinity for none.
   * @param reach Most that a bubble reaches to either side, pixels.
   * @returns Left edge of what is empty now.
   */
  prepare(scene: BubbleScene, scaleQty: number, changedFrom: number, reach: number): number {
    const { store, view, layout: { dataWidth, plotHeight } } = scene;
    const held = this.#held;
    this.#held = { scene, scaleQty, first: store.first, last: store.last };
    const shift = held === null ? 0 : (view.right - held.scene.view.right) * view.columnPx;
    const isMoved = held !== null && isAlike(held.scene, scene) && held.scaleQty === scaleQty &&
      shift >= 0 && shift < dataWidth && store.last >= held.last &&
      this.#keepsLeft(held, scene);
    const canvas = this.#canvas;
    if (canvas.width !== dataWidth || canvas.height !== plotHeight) {
      canvas.width = dataWidth;
      canvas.height = plotHeight;
    }
    if (!isMoved) {
      this.pen.clearRect(0, 0, dataWidth, plotHeight);
      return 0;
    }
    if (shift > 0) {
      this.pen.globalCompositeOperation = "copy";
      this.pen.drawImage(canvas, -shift, 0);
      this.pen.globalCompositeOperation = "source-over";
    }
    const changed = Math.min(changedFrom, held.last + 1);
    const x = columnX(view, dataWidth, Math.floor(changed / view.perColumn)) - reach;
    const from = Math.max(0, Math.floor(Math.min(x, dataWidth - shift)));
    this.pen.clearRect(from, 0, dataWidth - from, plotHeight);
    return from;
  }

  /** Copies the picture. */
  copyTo(pen: CanvasRenderingContext2D): void {
    pen.drawImage(this.#canvas, 0, 0);
  }

  /** Whether the oldest columns on screen are those that were drawn: old ones fall out of the store. */
  #keepsLeft({ first }: Held, { store, view, layout }: BubbleScene): boolean {
    if (store.first === first) return true;
    const left = (view.right - Math.ceil(layout.dataWidth / view.columnPx)) * view.perColumn;
    return store.first <= left;
  }
}

function isAlike(a: BubbleScene, b: BubbleScene): boolean {
  return a.store === b.store && a.layout === b.layout && a.minQty === b.minQty &&
    a.view.columnPx === b.view.columnPx && a.view.perColumn === b.view.perColumn &&
    a.view.rowPx === b.view.rowPx && a.view.top === b.view.top;
}
