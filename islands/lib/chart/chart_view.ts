import { columnAt, panTime, readTheme, type Theme, type View } from "../canvas/mod.ts";
import { paintBackdrop } from "./backdrop.ts";
import { type ChartFrame, chartFrame, markY, PRICE_TOP, priceAt, timeX } from "./chart_frame.ts";
import { barTs, type ChartModel, type ChartPick } from "./chart_model.ts";
import { paintAxes, paintCrosshair, paintLast } from "./paint_axes.ts";
import { paintCandles, paintLine } from "./paint_candles.ts";
import { paintLower } from "./paint_lower.ts";
import { paintMarks } from "./paint_marks.ts";

/** Widths of a bar with its gap, CSS pixels. */
const FIRST_BAR = 8;
const MIN_BAR = 3;
const MAX_BAR = 24;
/** How near a mark the pointer must be, CSS pixels. */
const MARK_REACH = 9;

/** Draws candles, averages, marks and the lower part on one canvas; its numbers are CSS pixels. */
export class ChartView {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #theme: Theme;
  #model: ChartModel | null = null;
  #frame: ChartFrame | null = null;
  #window: Pick<View, "right" | "columnPx"> = { right: -1, columnPx: FIRST_BAR };
  #width = 0;
  #height = 0;
  #request = 0;
  cursor: ChartPick | null = null;
  /** Told in the frame of every drawing. */
  onDrawn: () => void = () => {};

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("Cannot draw as the browser gives no canvas");
    this.#canvas = canvas;
    this.#context = context;
    this.#theme = readTheme();
  }

  /** How the bars lie on the canvas; its levels count only while there are bars. */
  get view(): View {
    return this.#frame?.view ?? { ...this.#window, perColumn: 1, top: 0, rowPx: 1 };
  }

  resize(width: number, height: number): void {
    const ratio = devicePixelRatio || 1;
    this.#width = width;
    this.#height = height;
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#place({});
  }

  /** Shows other bars, as many of the newest of them out of sight as before. */
  show(model: ChartModel): void {
    const added = model.bars.length - (this.#model?.bars.length ?? 0);
    this.#model = model;
    this.#place({ right: this.#window.right + added });
  }

  /** Shows the newest bar, bars as wide as at first, and stays with it. */
  reset(): void {
    this.#window = { ...this.#window, columnPx: FIRST_BAR };
    this.follow();
  }

  /** Shows the newest bar, and stays with it. */
  follow(): void {
    this.#place({ right: (this.#model?.bars.length ?? 0) - 1 });
  }

  /** Draws at the next animation frame. */
  draw(): void {
    if (this.#request === 0) this.#request = requestAnimationFrame(() => this.#paint());
  }

  stop(): void {
    cancelAnimationFrame(this.#request);
  }

  /**
   * Makes bars wider or narrower. The newest bar stays at the edge when it is there, else the bar at a
   * point stays where it is.
   *
   * @param x CSS pixels from the left; the right edge when not given.
   */
  zoom(factor: number, x?: number): void {
    const before = this.#window.columnPx;
    const columnPx = Math.min(MAX_BAR, Math.max(MIN_BAR, before * factor));
    const newest = (this.#model?.bars.length ?? 0) - 1;
    const { right } = this.#window;
    const fromRight = x === undefined ? 0 : (this.#frame?.area.plotWidth ?? x) - x;
    const moved = right + Math.round(fromRight / columnPx - fromRight / before);
    this.#place({
      columnPx,
      right: right === newest ? right : Math.min(newest, Math.max(0, moved)),
    });
  }

  /** Moves by whole bars; positive goes back in time. Returns whether the oldest bar is in sight. */
  pan(bars: number): boolean {
    const frame = this.#frame;
    if (frame === null) return true;
    const newest = (this.#model?.bars.length ?? 0) - 1;
    const oldest = Math.min(newest, frame.last - frame.first);
    this.#place({ right: panTime(frame.view, Math.round(bars), oldest, newest).right });
    return this.#window.right <= oldest;
  }

  /** What lies under a point, CSS pixels from the canvas corner; null outside the plot. */
  pick(x: number, y: number): ChartPick | null {
    const frame = this.#frame;
    const model = this.#model;
    if (frame === null || model === null) return null;
    const { plotWidth, plotHeight } = frame.area;
    if (x > plotWidth || y > plotHeight) return null;
    const index = columnAt(frame.view, plotWidth, x);
    const bar = model.bars[index];
    if (bar === undefined) return null;
    const mark = model.marks.findLast((one) =>
      barTs(one.ts, model.intervalMs) === bar.ts &&
      Math.abs(markY(frame, one, bar) - y) < MARK_REACH
    ) ?? null;
    return { index, price: priceAt(frame, y), mark };
  }

  #place(window: Partial<Pick<View, "right" | "columnPx">>): void {
    this.#window = { ...this.#window, ...window };
    const model = this.#model;
    this.#frame = model === null
      ? null
      : chartFrame(model, this.#window, this.#width, this.#height);
    this.draw();
  }

  #paint(): void {
    this.#request = 0;
    const pen = this.#context;
    const [model, frame, theme] = [this.#model, this.#frame, this.#theme];
    pen.clearRect(0, 0, this.#width, this.#height);
    this.onDrawn();
    if (model === null || frame === null) return;
    this.#paintBackdrop(model, frame);
    paintAxes(pen, model, frame, theme);
    paintCandles(pen, model, frame, theme);
    paintLine(pen, model.vwap, frame, theme.spot);
    if (frame.compared !== null) paintLine(pen, frame.compared, frame, theme.forecast);
    paintLower(pen, model, frame, theme);
    paintMarks(pen, model, frame, theme, this.cursor?.mark ?? null);
    paintLast(pen, model, frame, theme);
    if (this.cursor !== null && model.bars[this.cursor.index] !== undefined) {
      paintCrosshair(pen, this.cursor, frame, theme);
    }
  }

  #paintBackdrop(model: ChartModel, frame: ChartFrame): void {
    const { bars, intervalMs, outline } = model;
    const lastTs = bars[frame.last]?.ts;
    if (outline === null || lastTs === undefined) return;
    paintBackdrop(outline, {
      context: this.#context,
      theme: this.#theme,
      timeX: (tsMs) => timeX(frame, model, tsMs),
      fromTs: bars[frame.first]?.ts ?? lastTs,
      untilTs: lastTs + intervalMs,
      right: frame.area.plotWidth,
      top: PRICE_TOP,
      priceBottom: frame.priceBottom,
      bottom: frame.area.plotHeight,
      hasHidden: model.hasHidden,
    });
  }
}
