import type { HoverCell } from "./crosshair.ts";
import type { PlotArea } from "./plot_area.ts";
import type { Point } from "./pointer.ts";
import type { Theme } from "./theme.ts";
import type { View } from "./view.ts";
import { Viewport } from "./viewport.ts";

/** What a picture is drawn on, and with. */
export interface GridCanvases<Layout extends PlotArea> {
  /** The lower one: cells, and the lines that move with them. */
  readonly base: HTMLCanvasElement;
  /** What comes and goes over them. */
  readonly overlay: HTMLCanvasElement;
  readonly theme: Theme;
  /** Where the parts lie in a pane of a size in CSS pixels. */
  readonly layoutOf: (cssWidth: number, cssHeight: number, dpr: number) => Layout;
}

/**
 * A part of a grid on two canvases: moves, zooms and follows, knows what lies under the pointer, and draws the
 * lower canvas only where cells or view changed. What is drawn is the heir's.
 */
export abstract class GridPicture<Layout extends PlotArea> {
  /** Told when there is something to draw; {@link draw} is to follow. */
  onStale: () => void = () => {};
  protected readonly basePen: CanvasRenderingContext2D;
  protected readonly theme: Theme;
  protected readonly viewport: Viewport;
  readonly #base: HTMLCanvasElement;
  readonly #overlay: HTMLCanvasElement;
  readonly #pen: CanvasRenderingContext2D;
  readonly #layoutOf: GridCanvases<Layout>["layoutOf"];
  #layout: Layout;
  #pointer: Point | null = null;
  #isStale = true;
  /** Whether cells changed since they were drawn, and the view that they were drawn in. */
  #isBaseStale = true;
  #drawnView: View | null = null;

  /** @throws {TypeError} When there is no 2D canvas. */
  constructor({ base, overlay, theme, layoutOf }: GridCanvases<Layout>) {
    const basePen = base.getContext("2d", { alpha: false }); // nothing shows through it
    const pen = overlay.getContext("2d");
    if (basePen === null || pen === null) {
      throw new TypeError("Cannot draw a picture without a 2D canvas");
    }
    this.#base = base;
    this.#overlay = overlay;
    this.basePen = basePen;
    this.#pen = pen;
    this.theme = theme;
    this.#layoutOf = layoutOf;
    this.#layout = layoutOf(0, 0, 1);
    this.viewport = new Viewport(this.#layout);
  }

  /** The canvases, the lower one first. */
  get layers(): readonly HTMLCanvasElement[] {
    return [this.#base, this.#overlay];
  }

  get layout(): Layout {
    return this.#layout;
  }

  get view(): View {
    return this.viewport.view;
  }

  /** Device pixels per CSS pixel. */
  get dpr(): number {
    return this.#layout.dpr;
  }

  get followsSpot(): boolean {
    return this.viewport.followsLevel;
  }

  /** Pointer in device pixels, null when away. */
  get pointer(): Point | null {
    return this.#pointer;
  }

  /** Whether anything changed since the last {@link draw}. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** Takes the size of the pane in CSS pixels. */
  resize(cssWidth: number, cssHeight: number, dpr: number): void {
    this.#layout = this.#layoutOf(cssWidth, cssHeight, dpr);
    for (const canvas of this.layers) {
      canvas.width = this.#layout.width;
      canvas.height = this.#layout.height;
    }
    this.viewport.resize(this.#layout);
    this.stale();
  }

  setPointer(pointer: Point | null): void {
    this.#pointer = pointer;
    this.stale(false);
  }

  /** Follows the spot, or lets the price axis rest. */
  setFollowSpot(on: boolean): void {
    this.viewport.setFollowsLevel(on);
    this.stale();
  }

  /** Moves the view by display columns (positive shows older) and ticks (positive shows higher). */
  pan(columns: number, ticks: number): void {
    this.viewport.pan(columns, ticks);
    this.stale();
  }

  /** Shows the newest (true) or the oldest column. */
  jump(isNewest: boolean): void {
    this.viewport.jump(isNewest);
    this.stale();
  }

  /** Zooms by steps around a device pixel; the newest column stays put while the view follows it. */
  zoom(timeSteps: number, priceSteps: number, x: number, y: number): void {
    this.viewport.zoom(timeSteps, priceSteps, x, y);
    this.stale();
  }

  /** Zooms by steps around the middle of the columns. */
  zoomMiddle(timeSteps: number, priceSteps: number): void {
    const { dataWidth, plotHeight } = this.#layout;
    this.zoom(timeSteps, priceSteps, Math.round(dataWidth / 2), plotHeight / 2);
  }

  /** Back to the newest column with the spot in the middle. */
  reset(): void {
    this.viewport.reset();
    this.stale();
  }

  /** The cell under the pointer, null when there is none. */
  hover(): HoverCell | null {
    const at = this.#pointer;
    return at === null ? null : this.viewport.cellAt(at.x, at.y);
  }

  /** Position that is looked at: the hovered one, else the rightmost on screen; -1 for none. */
  focus(): number {
    return this.hover()?.position ?? this.viewport.edge;
  }

  /** Draws if anything changed since the last call. Returns whether it did. */
  draw(): boolean {
    if (!this.#isStale) return false;
    this.#isStale = false;
    this.#pen.clearRect(0, 0, this.#layout.width, this.#layout.height);
    this.viewport.follow((position) => this.spotAt(position));
    if (this.#isBaseStale || !isSameView(this.#drawnView, this.view)) {
      this.drawBase();
      this.#isBaseStale = false;
      this.#drawnView = this.view;
    }
    this.drawOverlay(this.#pen);
    return true;
  }

  /** @param isBase Whether cells, or where they lie, may be other ones. */
  protected stale(isBase = true): void {
    this.#isStale = true;
    this.#isBaseStale ||= isBase;
    this.onStale();
  }

  /** Between the right edge and the newest column, ms; 0 while the view follows. */
  abstract behindMs(): number;

  /** End of the newest column in sight, epoch ms; null while there is none. */
  abstract newestMs(): number | null;

  /** Level that is kept in sight at a position; NaN where there is none. */
  protected abstract spotAt(position: number): number;

  /** Cells, and the lines that move with them: what the crosshair leaves as it is. */
  protected abstract drawBase(): void;

  protected abstract drawOverlay(pen: CanvasRenderingContext2D): void;
}

function isSameView(a: View | null, b: View): boolean {
  return a !== null && a.right === b.right && a.top === b.top && a.rowPx === b.rowPx &&
    a.columnPx === b.columnPx && a.perColumn === b.perColumn;
}
