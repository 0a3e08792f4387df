import type { SessionOutline } from "../../../modules/tape/contract.ts";
import { exchangeClock, exchangeDate } from "../text/mod.ts";
import { fade, readTheme, type Theme } from "../canvas/mod.ts";
import { paintBackdrop } from "./backdrop.ts";
import type { Bar, FlowMark } from "./candle_store.ts";

/** What the lower part of a chart shows. */
export type LowerMode = "volume" | "direction" | "flow";

/** Everything that one picture of a chart is made of. */
export interface ChartModel {
  readonly bars: readonly Bar[];
  /** Same length as the bars; NaN where there is none. */
  readonly vwap: Float64Array;
  readonly net: Float64Array;
  readonly gross: Float64Array;
  readonly marks: readonly FlowMark[];
  readonly intervalMs: number;
  readonly lower: LowerMode;
  /** Closing prices of another symbol at the same bars, scaled to start together; or null. */
  readonly compare: { readonly symbol: string; readonly closes: Float64Array } | null;
  /** Course of the session under way, or null. */
  readonly outline: SessionOutline | null;
  /** Whether what only operators see is drawn too. */
  readonly hasHidden: boolean;
}

const GUTTER = 64;
const AXIS = 20;
const LOWER_SHARE = 0.22;
const MIN_BAR = 3;
const MAX_BAR = 24;
/** Room for the readout above the prices. */
const TOP = 44;

/** A place under the pointer. */
export interface ChartPick {
  readonly index: number;
  readonly price: number;
  readonly mark: FlowMark | null;
}

interface Frame {
  readonly first: number;
  readonly count: number;
  readonly barWidth: number;
  readonly plotRight: number;
  readonly priceBottom: number;
  readonly lowerTop: number;
  readonly lowerBottom: number;
  readonly low: number;
  readonly high: number;
}

/** Draws candles, averages, marks and the lower part on one canvas, in device pixels. */
export class ChartView {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  #theme: Theme;
  #model: ChartModel | null = null;
  #frame: Frame | null = null;
  #width = 0;
  #height = 0;
  #request = 0;
  /** Width of a bar with its gap, CSS pixels. */
  barWidth = 8;
  /** Bars left out at the right end: 0 follows the newest. */
  offset = 0;
  cursor: ChartPick | null = null;

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("Cannot draw as the browser gives no canvas");
    this.#canvas = canvas;
    this.#context = context;
    this.#theme = readTheme();
  }

  resize(width: number, height: number): void {
    const ratio = devicePixelRatio || 1;
    this.#width = width;
    this.#height = height;
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.draw();
  }

  show(model: ChartModel): void {
    this.#model = model;
    this.draw();
  }

  /** Draws at the next animation frame. */
  draw(): void {
    if (this.#request === 0) this.#request = requestAnimationFrame(() => this.#paint());
  }

  stop(): void {
    cancelAnimationFrame(this.#request);
  }

  zoom(factor: number): void {
    this.barWidth = Math.min(MAX_BAR, Math.max(MIN_BAR, this.barWidth * factor));
    this.draw();
  }

  /** Moves by whole bars; positive goes back in time. Returns whether the oldest bar is in sight. */
  pan(bars: number): boolean {
    const total = this.#model?.bars.length ?? 0;
    const visible = this.#frame?.count ?? 0;
    this.offset = Math.round(
      Math.min(Math.max(0, total - visible), Math.max(0, this.offset + bars)),
    );
    this.draw();
    return this.offset >= total - visible;
  }

  /** What lies under a point, CSS pixels from the canvas corner; null outside the plot. */
  pick(x: number, y: number): ChartPick | null {
    const frame = this.#frame;
    const model = this.#model;
    if (frame === null || model === null || x > frame.plotRight || y > frame.lowerBottom) {
      return null;
    }
    const index = frame.first + Math.floor((x - this.#left(frame)) / frame.barWidth);
    const bar = model.bars[index];
    if (bar === undefined) return null;
    const share = (frame.priceBottom - y) / (frame.priceBottom - TOP);
    const price = frame.low + share * (frame.high - frame.low);
    const mark =
      model.marks.findLast((one) =>
        Math.floor(one.ts / model.intervalMs) * model.intervalMs === bar.ts &&
        Math.abs(this.#markY(one, bar, frame) - y) < 9
      ) ?? null;
    return { index, price, mark };
  }

  #left(frame: Frame): number {
    return frame.plotRight - frame.count * frame.barWidth;
  }

  #markY(mark: FlowMark, bar: Bar, frame: Frame): number {
    const y = (price: number) => this.#y(price, frame);
    return mark.sign < 0 ? y(bar.high) - 10 : y(bar.low) + 10;
  }

  #y(price: number, frame: Frame): number {
    const share = (price - frame.low) / (frame.high - frame.low);
    return frame.priceBottom - share * (frame.priceBottom - TOP);
  }

  #frameOf(model: ChartModel): Frame | null {
    const plotRight = this.#width - GUTTER;
    const barWidth = this.barWidth;
    const end = Math.max(0, model.bars.length - this.offset);
    const count = Math.min(end, Math.max(1, Math.floor(plotRight / barWidth)));
    if (count === 0 || plotRight < 40) return null;
    const first = end - count;
    let low = Infinity;
    let high = -Infinity;
    for (let i = first; i < end; i++) {
      const bar = model.bars[i];
      if (bar === undefined) continue;
      low = Math.min(low, bar.low);
      high = Math.max(high, bar.high);
    }
    const pad = Math.max((high - low) * 0.06, high * 0.0002);
    const lowerBottom = this.#height - AXIS;
    const lowerHeight = Math.round(lowerBottom * LOWER_SHARE);
    return {
      first,
      count,
      barWidth,
      plotRight,
      priceBottom: lowerBottom - lowerHeight - 8,
      lowerTop: lowerBottom - lowerHeight,
      lowerBottom,
      low: low - pad,
      high: high + pad,
    };
  }

  #paint(): void {
    this.#request = 0;
    const context = this.#context;
    const model = this.#model;
    context.clearRect(0, 0, this.#width, this.#height);
    if (model === null) return;
    const frame = this.#frameOf(model);
    this.#frame = frame;
    if (frame === null) return;
    this.#backdrop(model, frame);
    this.#grid(model, frame);
    this.#candles(model, frame);
    this.#line(model.vwap, this.#theme.spot, frame);
    if (model.compare !== null) this.#line(model.compare.closes, this.#theme.forecast, frame);
    this.#lower(model, frame);
    this.#marks(model, frame);
    this.#last(model, frame);
    this.#crosshair(model, frame);
  }

  #backdrop(model: ChartModel, frame: Frame): void {
    const { bars, intervalMs, outline } = model;
    const lastTs = bars[frame.first + frame.count - 1]?.ts;
    if (outline === null || lastTs === undefined) return;
    paintBackdrop(outline, {
      context: this.#context,
      theme: this.#theme,
      timeX: (tsMs) => this.#timeX(tsMs, model, frame),
      fromTs: bars[frame.first]?.ts ?? lastTs,
      untilTs: lastTs + intervalMs,
      right: frame.plotRight,
      top: TOP,
      priceBottom: frame.priceBottom,
      bottom: frame.lowerBottom,
      hasHidden: model.hasHidden,
    });
  }

  /** Where an instant lies among the bars, clipped to the plot, CSS pixels. */
  #timeX(tsMs: number, { bars, intervalMs }: ChartModel, frame: Frame): number {
    let i = frame.first;
    const end = frame.first + frame.count;
    while (i < end && (bars[i]?.ts ?? 0) + intervalMs <= tsMs) i++;
    const bar = bars[i];
    const share = bar === undefined || i === end
      ? 0
      : Math.min(1, Math.max(0, (tsMs - bar.ts) / intervalMs));
    return Math.round(this.#left(frame) + (i - frame.first + share) * frame.barWidth);
  }

  #x(index: number, frame: Frame): number {
    return this.#left(frame) + (index - frame.first + 0.5) * frame.barWidth;
  }

  #text(text: string, x: number, y: number, colour: string, align: CanvasTextAlign = "left"): void {
    const context = this.#context;
    context.font = `11px ${this.#theme.mono}`;
    context.textAlign = align;
    context.textBaseline = "middle";
    context.fillStyle = colour;
    context.fillText(text, x, y);
  }

  #grid(model: ChartModel, frame: Frame): void {
    const context = this.#context;
    const { line, text3 } = this.#theme;
    const step = niceStep((frame.high - frame.low) / 6);
    for (let price = Math.ceil(frame.low / step) * step; price < frame.high; price += step) {
      const y = Math.round(this.#y(price, frame));
      context.fillStyle = fade(line, 0.6);
      context.fillRect(0, y, frame.plotRight, 1);
      this.#text(price.toFixed(step < 0.1 ? 3 : 2), frame.plotRight + 6, y, text3);
    }
    const everyBars = Math.max(1, Math.ceil(80 / frame.barWidth));
    let day = "";
    for (let i = frame.first; i < frame.first + frame.count; i++) {
      const bar = model.bars[i];
      const before = model.bars[i - 1];
      if (bar === undefined) continue;
      const x = this.#x(i, frame);
      const gap = before !== undefined && bar.ts - before.ts > 4 * model.intervalMs;
      if (gap) {
        context.fillStyle = fade(text3, 0.5);
        for (let y = 0; y < frame.lowerBottom; y += 6) {
          context.fillRect(Math.round(x - frame.barWidth / 2), y, 1, 3);
        }
      }
      if ((i - frame.first) % everyBars !== 0 || x > frame.plotRight - 20) continue;
      const date = exchangeDate(bar.ts);
      const label = date === day ? exchangeClock(bar.ts).slice(0, 5) : date.slice(5);
      day = date;
      this.#text(label, x, this.#height - AXIS / 2, text3, "center");
    }
    this.#text("ET", this.#width - 6, this.#height - AXIS / 2, text3, "right");
  }

  #candles(model: ChartModel, frame: Frame): void {
    const context = this.#context;
    const { bid, ask } = this.#theme;
    const body = Math.max(1, Math.floor(frame.barWidth * 0.7));
    for (let i = frame.first; i < frame.first + frame.count; i++) {
      const bar = model.bars[i];
      if (bar === undefined) continue;
      const x = Math.round(this.#x(i, frame));
      const isUp = bar.close >= bar.open;
      const [top, bottom] = [
        this.#y(Math.max(bar.open, bar.close), frame),
        this.#y(Math.min(bar.open, bar.close), frame),
      ];
      context.fillStyle = isUp ? bid : ask;
      context.fillRect(
        x,
        Math.round(this.#y(bar.high, frame)),
        1,
        Math.max(1, Math.round(this.#y(bar.low, frame) - this.#y(bar.high, frame))),
      );
      const left = x - Math.floor(body / 2);
      const height = Math.max(1, Math.round(bottom - top));
      context.fillRect(left, Math.round(top), body, height);
      // A rising bar is hollow, so that it does not take colour to tell the two apart.
      if (isUp && body > 2 && height > 2) {
        context.fillStyle = this.#theme.bg1;
        context.fillRect(left + 1, Math.round(top) + 1, body - 2, height - 2);
      }
    }
  }

  #line(values: Float64Array, colour: string, frame: Frame): void {
    const context = this.#context;
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.beginPath();
    let isDown = false;
    for (let i = frame.first; i < frame.first + frame.count; i++) {
      const value = values[i] ?? NaN;
      if (!(value > frame.low && value < frame.high)) {
        isDown = false;
        continue;
      }
      if (isDown) context.lineTo(this.#x(i, frame), this.#y(value, frame));
      else context.moveTo(this.#x(i, frame), this.#y(value, frame));
      isDown = true;
    }
    context.stroke();
  }

  #lower(model: ChartModel, frame: Frame): void {
    const context = this.#context;
    const { bid, ask, text3, stale, line } = this.#theme;
    const height = frame.lowerBottom - frame.lowerTop;
    const value = (i: number) => {
      if (model.lower === "volume") return model.bars[i]?.volume ?? 0;
      return (model.lower === "direction" ? model.net[i] : model.gross[i]) ?? 0;
    };
    let most = 0;
    for (let i = frame.first; i < frame.first + frame.count; i++) {
      most = Math.max(most, Math.abs(value(i)));
    }
    context.fillStyle = fade(line, 0.8);
    context.fillRect(0, frame.lowerTop - 4, frame.plotRight, 1);
    const body = Math.max(1, Math.floor(frame.barWidth * 0.7));
    const zero = model.lower === "direction" ? frame.lowerTop + height / 2 : frame.lowerBottom;
    const scale = most === 0 ? 0 : (model.lower === "direction" ? height / 2 : height) / most;
    for (let i = frame.first; i < frame.first + frame.count; i++) {
      const bar = model.bars[i];
      if (bar === undefined) continue;
      const size = value(i) * scale;
      const left = Math.round(this.#x(i, frame)) - Math.floor(body / 2);
      context.fillStyle = model.lower === "direction" ? (size >= 0 ? bid : ask) : fade(text3, 0.7);
      context.fillRect(
        left,
        Math.round(zero - Math.max(0, size)),
        body,
        Math.max(size === 0 ? 0 : 1, Math.round(Math.abs(size))),
      );
      if (model.lower !== "volume" || bar.offVolume === 0) continue;
      const off = bar.offVolume * scale;
      context.fillStyle = fade(stale, 1);
      for (let y = zero - off; y < zero; y += 3) context.fillRect(left, Math.round(y), body, 1);
    }
    const unit = model.lower === "volume"
      ? "shares, hatched: off exchange"
      : model.lower === "direction"
      ? "USD, bought − sold"
      : "USD of premium";
    this.#text(`${short(most)} ${unit}`, 4, frame.lowerTop + 4, text3);
  }

  #marks(model: ChartModel, frame: Frame): void {
    const context = this.#context;
    const { bid, ask, text1, text2 } = this.#theme;
    const firstTs = model.bars[frame.first]?.ts ?? 0;
    const at = new Map<number, number>();
    for (let i = frame.first; i < frame.first + frame.count; i++) at.set(model.bars[i]?.ts ?? 0, i);
    for (const mark of model.marks) {
      if (mark.ts < firstTs) continue;
      const i = at.get(Math.floor(mark.ts / model.intervalMs) * model.intervalMs);
      const bar = i === undefined ? undefined : model.bars[i];
      if (i === undefined || bar === undefined) continue;
      const x = this.#x(i, frame);
      const y = this.#markY(mark, bar, frame);
      const r = mark.kind === "smart-money"
        ? 3 + Math.min(3, Math.log10(1 + mark.premium / 25_000) * 2)
        : 4;
      context.fillStyle = mark.sign > 0 ? bid : mark.sign < 0 ? ask : text2;
      context.beginPath();
      if (mark.kind === "inferred-dark") {
        context.strokeStyle = fade(mark.sign > 0 ? bid : mark.sign < 0 ? ask : text2, 0.55);
        context.strokeRect(Math.round(x) - 2.5, Math.round(y) - 2.5, 5, 5);
        continue;
      }
      if (mark.sign === 0) context.arc(x, y, r, 0, 2 * Math.PI);
      else {
        const up = mark.sign;
        context.moveTo(x, y - up * r);
        context.lineTo(x + r, y + up * r);
        context.lineTo(x - r, y + up * r);
        context.closePath();
      }
      context.fill();
      if (this.cursor?.mark === mark) {
        context.strokeStyle = text1;
        context.stroke();
      }
    }
  }

  #last(model: ChartModel, frame: Frame): void {
    const bar = model.bars.at(-1);
    if (bar === undefined || bar.close < frame.low || bar.close > frame.high) return;
    const context = this.#context;
    const y = Math.round(this.#y(bar.close, frame));
    context.fillStyle = fade(this.#theme.spot, 0.5);
    context.fillRect(0, y, frame.plotRight, 1);
    context.fillStyle = this.#theme.spot;
    context.fillRect(frame.plotRight + 1, y - 8, GUTTER - 2, 16);
    this.#text(bar.close.toFixed(2), frame.plotRight + 6, y, this.#theme.bg0);
  }

  #crosshair(model: ChartModel, frame: Frame): void {
    const { cursor } = this;
    if (cursor === null || model.bars[cursor.index] === undefined) return;
    const context = this.#context;
    const { text2, bg2, text1 } = this.#theme;
    context.fillStyle = fade(text2, 0.5);
    context.fillRect(Math.round(this.#x(cursor.index, frame)), 0, 1, frame.lowerBottom);
    const y = Math.round(this.#y(cursor.price, frame));
    if (y < 0 || y > frame.priceBottom) return;
    context.fillRect(0, y, frame.plotRight, 1);
    context.fillStyle = bg2;
    context.fillRect(frame.plotRight + 1, y - 8, GUTTER - 2, 16);
    this.#text(cursor.price.toFixed(2), frame.plotRight + 6, y, text1);
  }
}

/** The least of 1, 2, 5 × 10^k that is at or above `step`. */
export function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(step, 1e-6)));
  const share = step / power;
  return (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10) * power;
}

function short(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)}M`;
  if (value >= 1e3) return `${(value / 1e3).toFixed(1)}k`;
  return value.toFixed(0);
}
