import { type Signal, signal } from "@preact/signals";
import { type LiveLink } from "../link/mod.ts";
import { isOpen, type LinkState } from "../socket/mod.ts";
import { attachPointer, attachWheel, type Point, type WheelTarget } from "../canvas/mod.ts";
import type { SessionOutline } from "../../../modules/tape/contract.ts";
import { type Bar, CandleStore, flowPerBar, heikinAshi, mergeBars, vwap } from "./candle_store.ts";
import { fetchCandles, fetchOutline } from "./chart_api.ts";
import { type ChartMessage, readChart } from "./chart_channels.ts";
import { type ChartSettings, INTERVALS } from "./chart_settings.ts";
import { barTs, type ChartPick } from "./chart_model.ts";
import { ChartView } from "./chart_view.ts";
import { darkMark, eventMark } from "./marks.ts";

/** What a step of the wheel or of pinching fingers makes of a bar's width. */
const ZOOM_STEP = 1.25;
/** A stretch without a bar after which the average starts again, ms. */
const SESSION_GAP_MS = 1_800_000;
/** How long after its end a candle may come, ms. */
const CANDLE_LATE_MS = 5_000;
/** Compared closes are asked for again at most so often, ms. */
const COMPARE_EVERY_MS = 30_000;

/** While hidden parts are drawn they are asked for again so often, ms. */
const HIDDEN_EVERY_MS = 30_000;
/** A chart whose exchange is closed looks again so often, ms. */
const OUTLINE_AGAIN_MS = 60_000;

/** Life of a chart's data. */
export type ChartState = "loading" | "live" | "empty" | "offline";

/** What stands in the readout above a chart. */
export interface ChartReadout {
  readonly bar: Bar;
  readonly vwap: number;
  readonly net: number;
  readonly pick: ChartPick | null;
}

/** One chart: its candles and the picture made of them. */
export class ChartController {
  readonly state: Signal<ChartState> = signal<ChartState>("loading");
  readonly readout: Signal<ChartReadout | null> = signal<ChartReadout | null>(null);
  /** Course of the session under way; null: not known. */
  readonly outline: Signal<SessionOutline | null> = signal<SessionOutline | null>(null);
  readonly #store = new CandleStore();
  readonly #compared = new Map<number, number>();
  #view: ChartView | null = null;
  #link: LiveLink | null = null;
  /** Names what is read now; empty: nothing. */
  #topic = "";
  #endReading: () => void = () => {};
  #hasCandles = false;
  /** When the newest candle was made, epoch ms of the tape; of those that came, and of those shown. */
  #newestTs: number | null = null;
  #shownTs: number | null = null;
  #symbol = "";
  #settings: ChartSettings | null = null;
  #bars: readonly Bar[] = [];
  #vwap: Float64Array = new Float64Array();
  #net: Float64Array = new Float64Array();
  #pointer: Point | null = null;
  #isPaused = false;
  #isLoadingOlder = false;
  #comparedAtMs = 0;
  #outlineAtMs = 0;
  #frame = 0;

  /** Told in the frame of every drawing of the time that its newest candle reaches to; null without one. */
  onDrawn: (newestTs: number | null) => void = () => {};

  /** Whether the newest bar is out of sight, as the reader looks at older ones. */
  get isBack(): boolean {
    return this.#bars.length > 0 && (this.#view?.view.right ?? 0) < this.#bars.length - 1;
  }

  /** Time that the newest bar in sight reaches to, epoch ms; null without one. */
  get untilMs(): number | null {
    const bar = this.#bars[Math.min(this.#view?.view.right ?? -1, this.#bars.length - 1)];
    if (bar === undefined || this.#shownTs === null) return null;
    return Math.min(bar.ts + this.#intervalMs, this.#shownTs);
  }

  /** Age of the newest candle with which all is well, ms: candles come when they are over. */
  get lateAfterMs(): number {
    return askedMs(this.#intervalMs) + CANDLE_LATE_MS;
  }

  /** Reads from a link and draws into `canvas`, which keeps the size of `box`. Returns the undo. */
  attach(canvas: HTMLCanvasElement, box: HTMLElement, link: LiveLink): () => void {
    const view = new ChartView(canvas);
    this.#view = view;
    view.onDrawn = () => this.onDrawn(this.#shownTs);
    this.#link = link;
    this.#forget();
    this.#follow();
    const unwatch = link.state.subscribe((state) => this.#judge(state));
    const observer = new ResizeObserver(() => view.resize(box.clientWidth, box.clientHeight));
    observer.observe(box);
    const hands = this.#hands(view);
    const detach = attachPointer(canvas, hands);
    const detachWheel = attachWheel(canvas, hands);
    return () => {
      detach();
      detachWheel();
      observer.disconnect();
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
      view.stop();
      unwatch();
      this.#endReading();
      this.#topic = "";
      this.#link = null;
      this.#view = null;
    };
  }

  /** Shows a symbol in a way. */
  show(symbol: string, settings: ChartSettings): void {
    const asked = (one: ChartSettings | null) =>
      INTERVALS.find(({ ms }) => ms === one?.intervalMs)?.asked;
    const isOther = symbol !== this.#symbol || asked(settings) !== asked(this.#settings);
    if (isOther) {
      this.#forget();
      this.#view?.follow();
    }
    if (symbol !== this.#symbol || settings.hidden !== this.#settings?.hidden) {
      this.#outlineAtMs = 0;
    }
    if (symbol !== this.#symbol) this.outline.value = null;
    if (isOther || settings.compare !== this.#settings?.compare) {
      this.#compared.clear();
      this.#comparedAtMs = 0;
    }
    this.#symbol = symbol;
    this.#settings = settings;
    this.#follow();
    this.#rebuildSoon();
  }

  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    if (!isPaused) this.#rebuildSoon();
  }

  /** Makes bars wider or narrower around a point, CSS pixels from the left. */
  zoom(factor: number, x?: number): void {
    this.#view?.zoom(factor, x);
  }

  /** Moves by bars, back in time when positive, and loads older ones at the end. */
  pan(bars: number): void {
    if (this.#view?.pan(bars) === true && bars > 0) void this.#loadOlder();
  }

  /** Puts the crosshair at a point, CSS pixels; null takes it away. */
  #point(view: ChartView, at: Point | null): void {
    this.#pointer = at;
    view.cursor = at === null ? null : view.pick(at.x, at.y);
    view.draw();
    this.#tell();
  }

  /** Mouse and fingers, which know no prices here: those fit themselves to the bars. */
  #hands(view: ChartView): WheelTarget {
    const pointer = () => this.#pointer;
    return {
      dpr: 1,
      get view() {
        return view.view;
      },
      get pointer() {
        return pointer();
      },
      setPointer: (at) => this.#point(view, at),
      pan: (bars) => {
        if (bars !== 0) this.pan(bars);
      },
      zoom: (steps, _, x) => this.zoom(ZOOM_STEP ** steps, x),
      reset: () => view.reset(),
    };
  }

  /** Moves the crosshair by bars with the keyboard. */
  step(bars: number): void {
    const view = this.#view;
    if (view === null || this.#bars.length === 0) return;
    const last = this.#bars.length - 1;
    const index = Math.min(last, Math.max(0, (view.cursor?.index ?? last) + bars));
    const bar = this.#bars[index];
    if (bar === undefined) return;
    const mark = this.#store.marks().find((one) => barTs(one.ts, this.#intervalMs) === bar.ts) ??
      null;
    view.cursor = { index, price: bar.close, mark };
    view.draw();
    this.#tell();
  }

  get cursor(): ChartPick | null {
    return this.#view?.cursor ?? null;
  }

  get #intervalMs(): number {
    return this.#settings?.intervalMs ?? 60_000;
  }

  #forget(): void {
    this.#store.clear();
    this.#hasCandles = false;
    this.#newestTs = null;
    this.#judge(this.#link?.state.peek() ?? null);
  }

  #follow(): void {
    const { intervalMs } = this.#settings ?? {};
    const asked = INTERVALS.find(({ ms }) => ms === intervalMs)?.asked;
    const topic = `${this.#symbol}:${asked}`;
    if (this.#link === null || this.#symbol === "" || asked === undefined) return;
    if (topic === this.#topic) return;
    this.#endReading();
    this.#topic = topic;
    this.#endReading = readChart(this.#link, this.#symbol, asked, (message) => this.#take(message));
  }

  #take(message: ChartMessage): void {
    switch (message.kind) {
      case "candles":
        if (message.isSnapshot) {
          this.#store.clearBars();
          this.#newestTs = null;
        }
        for (const candle of message.candles) {
          this.#store.put(candle);
          this.#newestTs = Math.max(this.#newestTs ?? 0, candle.ingest_ts);
        }
        this.#hasCandles = true;
        this.#judge(this.#link?.state.peek() ?? null);
        break;
      case "events":
        if (message.isSnapshot) this.#store.clearMarks("smart-money");
        for (const event of message.events) this.#store.mark(eventMark(event));
        break;
      case "dark":
        if (message.isSnapshot) this.#store.clearMarks("inferred-dark");
        for (const event of message.events) this.#store.mark(darkMark(event));
    }
    if (!this.#isPaused) this.#rebuildSoon();
  }

  #judge(link: LinkState | null): void {
    if (link !== null && !isOpen(link) && link.kind !== "connecting") this.state.value = "offline";
    else if (!this.#hasCandles) this.state.value = "loading";
    else this.state.value = this.#store.bars().length === 0 ? "empty" : "live";
  }

  #rebuildSoon(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#rebuild();
    });
  }

  #rebuild(): void {
    const settings = this.#settings;
    if (settings === null) return;
    const { intervalMs, lower, style, compare } = settings;
    const asked = INTERVALS.find(({ ms }) => ms === intervalMs)?.asked;
    const stored = this.#store.bars();
    this.#shownTs = this.#newestTs;
    const bars = asked === intervalMs ? stored : mergeBars(stored, intervalMs);
    this.#bars = style === "heikin-ashi" ? heikinAshi(bars) : bars;
    this.#vwap = vwap(bars, SESSION_GAP_MS, this.outline.value?.open_ts ?? NaN);
    const marks = this.#store.marks();
    const { net, gross } = flowPerBar(bars, marks, intervalMs);
    this.#net = net;
    const closes = compare === "" ? null : this.#comparedCloses();
    this.#view?.show({
      bars: this.#bars,
      vwap: this.#vwap,
      net,
      gross,
      marks,
      intervalMs,
      lower,
      compare: closes === null ? null : { symbol: compare, closes },
      outline: this.outline.value,
      hasHidden: settings.hidden,
    });
    this.#tell();
    if (compare !== "" && Date.now() - this.#comparedAtMs > COMPARE_EVERY_MS) void this.#compare();
    this.#outlineWhenDue(bars.at(-1)?.ts ?? 0, settings.hidden);
  }

  /** Asks for the outline once a session, and now and then while its hidden part grows. */
  #outlineWhenDue(lastTs: number, isHidden: boolean): void {
    const { value } = this.outline;
    const ageMs = Date.now() - this.#outlineAtMs;
    const isOver = value === null || lastTs >= value.close_ts;
    const isDue = this.#outlineAtMs === 0 || (isOver && ageMs > OUTLINE_AGAIN_MS) ||
      (isHidden && ageMs > HIDDEN_EVERY_MS);
    if (!isDue) return;
    this.#outlineAtMs = Date.now();
    const symbol = this.#symbol;
    void fetchOutline(symbol).then((outline) => {
      if (symbol !== this.#symbol) return;
      this.outline.value = outline;
      this.#rebuildSoon();
    });
  }

  /** Closes of the compared symbol at our bars. */
  #comparedCloses(): Float64Array | null {
    if (this.#compared.size === 0) return null;
    return Float64Array.from(this.#bars, ({ ts }) => this.#compared.get(ts) ?? NaN);
  }

  async #compare(): Promise<void> {
    const { compare = "", intervalMs = 60_000 } = this.#settings ?? {};
    this.#comparedAtMs = Date.now();
    const asked = askedMs(intervalMs);
    for (const candle of await fetchCandles(compare, asked, null)) {
      this.#compared.set(barTs(candle.ts, intervalMs), candle.close);
    }
    this.#rebuildSoon();
  }

  async #loadOlder(): Promise<void> {
    const [oldest] = this.#store.bars();
    if (this.#isLoadingOlder || oldest === undefined) return;
    this.#isLoadingOlder = true;
    try {
      const asked = INTERVALS.find(({ ms }) => ms === this.#intervalMs)?.asked ?? 60_000;
      const symbol = this.#symbol;
      const candles = await fetchCandles(symbol, asked, oldest.ts - asked);
      if (symbol !== this.#symbol) return;
      for (const candle of candles) this.#store.put(candle);
      this.#rebuildSoon();
    } finally {
      this.#isLoadingOlder = false;
    }
  }

  #tell(): void {
    const pick = this.#view?.cursor ?? null;
    const index = pick?.index ?? this.#bars.length - 1;
    const bar = this.#bars[index];
    this.readout.value = bar === undefined
      ? null
      : { bar, vwap: this.#vwap[index] ?? NaN, net: this.#net[index] ?? 0, pick };
  }
}

/** Length of the candles that bars of an interval are made of, ms. */
function askedMs(intervalMs: number): number {
  return INTERVALS.find(({ ms }) => ms === intervalMs)?.asked ?? intervalMs;
}
