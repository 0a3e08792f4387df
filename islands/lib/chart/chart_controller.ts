import { type Signal, signal } from "@preact/signals";
import { numberOf, wireOf } from "../socket/mod.ts";
import type { Candle } from "../../../engine/frames/mod.ts";
import type { SessionOutline } from "../../../modules/tape/contract.ts";
import { fetchOutline } from "./backdrop.ts";
import { type Bar, CandleStore, flowPerBar, heikinAshi, mergeBars, vwap } from "./candle_store.ts";
import { ChartLink, type ChartMessage } from "./chart_link.ts";
import { type ChartSettings, INTERVALS } from "./chart_settings.ts";
import { type ChartPick, ChartView } from "./chart_view.ts";
import { darkMark, eventMark } from "./marks.ts";

const OLDER_CANDLES = 500;
/** A stretch without a bar after which the average starts again, ms. */
const SESSION_GAP_MS = 1_800_000;
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

/** One chart: its socket, its candles and the picture made of them. */
export class ChartController {
  readonly state: Signal<ChartState> = signal<ChartState>("loading");
  readonly readout: Signal<ChartReadout | null> = signal<ChartReadout | null>(null);
  /** Course of the session under way; null: not known. */
  readonly outline: Signal<SessionOutline | null> = signal<SessionOutline | null>(null);
  readonly #store = new CandleStore();
  readonly #compared = new Map<number, number>();
  #view: ChartView | null = null;
  #link: ChartLink | null = null;
  #symbol = "";
  #settings: ChartSettings | null = null;
  #bars: readonly Bar[] = [];
  #vwap: Float64Array = new Float64Array();
  #net: Float64Array = new Float64Array();
  #isPaused = false;
  #isLoadingOlder = false;
  #comparedAtMs = 0;
  #outlineAtMs = 0;
  #frame = 0;

  /** Opens the socket and draws into `canvas`, which keeps the size of `box`. Returns the undo. */
  attach(canvas: HTMLCanvasElement, box: HTMLElement, socketUrl: string): () => void {
    const view = new ChartView(canvas);
    this.#view = view;
    this.#store.clear();
    this.#link = new ChartLink(socketUrl, (message) => this.#take(message));
    this.#follow();
    const observer = new ResizeObserver(() => view.resize(box.clientWidth, box.clientHeight));
    observer.observe(box);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(this.#frame);
      view.stop();
      this.#link?.close();
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
      this.#store.clear();
      this.state.value = "loading";
      if (this.#view !== null) this.#view.offset = 0;
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

  zoom(factor: number): void {
    this.#view?.zoom(factor);
  }

  /** Moves by bars, back in time when positive, and loads older ones at the end. */
  pan(bars: number): void {
    if (this.#view?.pan(bars) === true && bars > 0) void this.#loadOlder();
  }

  /** Puts the crosshair at a point, CSS pixels; null takes it away. */
  point(at: readonly [number, number] | null): ChartPick | null {
    if (this.#view === null) return null;
    const pick = at === null ? null : this.#view.pick(at[0], at[1]);
    this.#view.cursor = pick;
    this.#view.draw();
    this.#tell();
    return pick;
  }

  /** Moves the crosshair by bars with the keyboard. */
  step(bars: number): void {
    const view = this.#view;
    if (view === null || this.#bars.length === 0) return;
    const last = this.#bars.length - 1;
    const index = Math.min(last, Math.max(0, (view.cursor?.index ?? last) + bars));
    const bar = this.#bars[index];
    if (bar === undefined) return;
    const mark =
      this.#store.marks().find((one) =>
        Math.floor(one.ts / this.#intervalMs) * this.#intervalMs === bar.ts
      ) ?? null;
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

  #follow(): void {
    const { intervalMs } = this.#settings ?? {};
    const asked = INTERVALS.find(({ ms }) => ms === intervalMs)?.asked;
    if (this.#symbol !== "" && asked !== undefined) this.#link?.show(this.#symbol, asked);
  }

  #take(message: ChartMessage): void {
    switch (message.kind) {
      case "state":
        this.state.value = message.isOpen ? "loading" : "offline";
        return;
      case "candles":
        // A replay sends them again when its clock jumps back.
        if (message.isSnapshot) this.#store.clear();
        for (const candle of message.candles) this.#store.put(candle);
        this.state.value = this.#store.bars().length === 0 ? "empty" : "live";
        break;
      case "events":
        for (const event of message.events) this.#store.mark(eventMark(event));
        break;
      case "dark":
        for (const event of message.events) this.#store.mark(darkMark(event));
    }
    if (!this.#isPaused) this.#rebuildSoon();
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
    const bars = asked === intervalMs ? stored : mergeBars(stored, intervalMs);
    this.#bars = style === "heikin-ashi" ? heikinAshi(bars) : bars;
    this.#vwap = vwap(bars, SESSION_GAP_MS);
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

  /** Closes of the compared symbol at our bars, scaled so that both start together. */
  #comparedCloses(): Float64Array | null {
    if (this.#compared.size === 0) return null;
    const closes = new Float64Array(this.#bars.length).fill(NaN);
    let factor = NaN;
    this.#bars.forEach((bar, i) => {
      const close = this.#compared.get(bar.ts);
      if (close === undefined) return;
      if (Number.isNaN(factor)) factor = bar.close / close;
      closes[i] = close * factor;
    });
    return closes;
  }

  async #compare(): Promise<void> {
    const { compare = "", intervalMs = 60_000 } = this.#settings ?? {};
    this.#comparedAtMs = Date.now();
    const asked = INTERVALS.find(({ ms }) => ms === intervalMs)?.asked ?? intervalMs;
    for (const candle of await fetchCandles(compare, asked, null)) {
      this.#compared.set(Math.floor(candle.ts / intervalMs) * intervalMs, candle.close);
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

/** Candles that end at or before `endTs`; none when the server refuses or cannot be reached. */
async function fetchCandles(
  symbol: string,
  intervalMs: number,
  endTs: number | null,
): Promise<readonly Candle[]> {
  const params = new URLSearchParams({
    underlying_id: symbol,
    interval_ms: `${intervalMs}`,
    limit: `${OLDER_CANDLES}`,
  });
  if (endTs !== null) params.set("end_ts", `${endTs}`);
  try {
    const response = await fetch(`/candles/equities?${params}`);
    if (!response.ok) return [];
    const { data } = wireOf(await response.json(), "body") as { data?: unknown };
    if (!Array.isArray(data)) return [];
    for (const row of data) numberOf(wireOf(row, "candle"), "close");
    return data as readonly Candle[];
  } catch {
    return [];
  }
}
