import { batch } from "@preact/signals";
import type { SignalParameters } from "../../../engine/signals/mod.ts";
import type { FeedCommand } from "../../../modules/feed/contract.ts";
import { FrameStats, readTheme } from "../canvas/mod.ts";
import { nsToMs } from "../text/mod.ts";
import { COLUMN } from "./column_store.ts";
import { FeedApiError, sendCommand } from "./feed_api.ts";
import { fittedClip } from "./fitted_clip.ts";
import { assessHealth, type Health, replayHealth } from "./health.ts";
import { type AheadView, Heatmap } from "./heatmap.ts";
import { BinHistory } from "./history.ts";
import { BinQueue } from "./bin_queue.ts";
import type { Look } from "./quantity_info.ts";
import type { HeatmapState } from "./state.ts";
import { type LinkState, SocketLink } from "../socket/mod.ts";
import { TradeQueue } from "./trades/mod.ts";
import { type BinHeader, readMessage, type StreamConfig, WireError } from "./wire.ts";

/** Bins asked for when the stream opens: what a wide screen shows. */
const FIRST_BINS = 1_200;

/** Address of the stream that a page of the driver follows. */
export function streamUrl(): string {
  const { protocol, host } = location;
  const scheme = protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${host}/v1/pressure/stream?backfill=${FIRST_BINS}&parts=grid,trade_cells`;
}
const BEAT_MS = 250;
/** Share of a 16 ms frame that taking in bins may use. */
const INTAKE_MS = 6;
/** While more bins than this wait, as after opening, history matters more than a smooth frame. */
const BACKLOG_BINS = 100;
const BACKLOG_INTAKE_MS = 28;

/** The page's clockwork: socket to history to canvas, one animation-frame loop. */
export class HeatmapDriver {
  readonly state: HeatmapState;
  readonly stats = new FrameStats();
  readonly #queue = new BinQueue();
  readonly #trades = new TradeQueue();
  #link: SocketLink | null = null;
  #history: BinHistory | null = null;
  #heatmap: Heatmap | null = null;
  #header: BinHeader | null = null;
  #frame = 0;
  /** Whether the parameters changed since the last frame. */
  #recompute = false;
  #beatAt = 0;
  #binAt = 0;
  #wordAt = 0;
  #watchers = new Set<() => void>();
  /** Time of the replay that the page follows, epoch ms; null while it is live. */
  readonly replayTs: () => number | null;
  #streamUrl = "";
  #isReplay = false;
  /** Whether the page keeps bins of the time that a replay has reached. */
  #isCovered = false;

  /** @param replayTs Time of the replay that the page follows, epoch ms; null while it is live. */
  constructor(state: HeatmapState, replayTs: () => number | null = () => null) {
    this.state = state;
    this.replayTs = replayTs;
  }

  get history(): BinHistory | null {
    return this.#history;
  }

  get heatmap(): Heatmap | null {
    return this.#heatmap;
  }

  /** Calls back after every drawn frame, for what is not drawn on canvas. Returns the undo. */
  watch(callback: () => void): () => void {
    this.#watchers.add(callback);
    return () => this.#watchers.delete(callback);
  }

  /** Begins to draw on two canvases and to listen to the stream. Returns the undo. */
  start(base: HTMLCanvasElement, overlay: HTMLCanvasElement, streamUrl: string): () => void {
    this.#heatmap = new Heatmap(base, overlay, readTheme(), this.#look());
    this.showTrades();
    this.#heatmap.setAhead(this.state.ahead.value);
    this.#link = new SocketLink({
      onText: (text) => this.#onText(text),
      onBinary: (bytes) => this.#onBinary(bytes),
      onState: (state) => this.#onLink(state),
    });
    this.#streamUrl = streamUrl;
    this.#link.open(streamUrl);
    const step = (now: number) => {
      this.#onFrame(now);
      this.#frame = requestAnimationFrame(step);
    };
    this.#frame = requestAnimationFrame(step);
    return () => {
      cancelAnimationFrame(this.#frame);
      this.#link?.close();
      this.#heatmap = null;
    };
  }

  /** Tries the socket at once instead of waiting. */
  reconnect(): void {
    this.#link?.retry();
  }

  /** Draws with the palette, quantity and clip that the state names. */
  repaint(): void {
    this.#heatmap?.setLook(this.#look());
  }

  /** Draws trades as the state says. */
  showTrades(): void {
    const { showTrades, minTradeQty } = this.state;
    this.#heatmap?.setTrades(showTrades.value ? minTradeQty.value : null);
  }

  /** Draws something else ahead of now. */
  setAhead(ahead: AheadView): void {
    this.state.ahead.value = ahead;
    this.#heatmap?.setAhead(ahead);
  }

  /** Computes signals and bands of all kept bins with other parameters, before the next frame. */
  setParameters(parameters: SignalParameters): void {
    this.state.parameters.value = parameters;
    this.#recompute = true;
  }

  /** Sends a command; a refusal becomes a notice. Resolves to whether it was accepted. */
  async command(command: FeedCommand): Promise<boolean> {
    this.state.pending.value = command.op;
    try {
      const feed = await sendCommand(command);
      batch(() => {
        this.state.feed.value = feed;
        this.state.notice.value = null;
      });
      return true;
    } catch (error) {
      this.#notice(error, error instanceof FeedApiError ? error.field : null);
      return false;
    } finally {
      this.state.pending.value = null;
    }
  }

  /** Exchange time reached, epoch ms: of the newest column, or what the feed says before the first. */
  nowMs(): number | null {
    const history = this.#history;
    const said = this.state.feed.value?.nowNs ?? null;
    const saidMs = said === null ? null : nsToMs(said);
    if (history === null || history.store.last < 0) return saidMs;
    const { store } = history;
    const drawnMs = nsToMs(history.baseNs) + store.endNs[store.slot(store.last)]! / 1e6;
    return this.state.feed.value?.phase === "seeking" ? saidMs : drawnMs;
  }

  /** What is true of the stream right now. */
  health(): Health {
    if (this.#isReplay) return replayHealth(this.#isCovered);
    const now = performance.now();
    const store = this.#history?.store;
    const hasBins = store !== undefined && store.last >= 0;
    const slot = hasBins ? store.slot(store.last) : 0;
    return assessHealth({
      nowMs: Date.now(),
      link: this.state.link.value,
      feed: this.state.feed.value,
      cellMs: this.#history?.config.cellMs ?? 100,
      hasBins,
      bookValid: !hasBins || store.kind[slot] !== COLUMN.BIN || store.bookValid[slot] === 1,
      binAgeMs: now - this.#binAt,
      wordAgeMs: now - this.#wordAt,
    });
  }

  /** Sets the end of the scale to what fits the quantity now. */
  fitClip(): void {
    const { quantity, clip } = this.state;
    clip.value = fittedClip(this.#history?.store ?? null, quantity.value);
    this.repaint();
  }

  #look(): Look {
    const { quantity, palette, clip } = this.state;
    return { quantity: quantity.value, palette: palette.value, clip: clip.value };
  }

  #onLink(link: LinkState): void {
    this.#header = null;
    this.#trades.expect(null);
    if (link.kind === "live") this.#binAt = this.#wordAt = performance.now();
    this.state.link.value = link;
  }

  #onText(text: string): void {
    this.#wordAt = performance.now();
    try {
      const message = readMessage(text);
      switch (message.type) {
        case "runtime_config":
          return this.#onConfig(message.config);
        case "grid_update":
          this.#header = message.update;
          return;
        case "trades":
          return this.#trades.expect(message.head);
        case "feed_state":
          this.state.feed.value = message.state;
          return;
        case "dropped":
          this.state.dropped.value += message.bins;
          return;
        case "reset":
          // Of another feed, or another time.
          this.state.dropped.value = 0;
          this.#queue.clear();
          this.#trades.clear();
          this.#history?.clear();
          this.#heatmap?.cleared();
          return;
        case "error":
          this.state.notice.value = { text: message.message, field: null };
      }
    } catch (error) {
      this.#reject(error);
    }
  }

  #onConfig(config: StreamConfig): void {
    if (this.#history === null || !this.#history.continues(config)) {
      this.#queue.clear();
      this.#trades.clear();
      this.#history = new BinHistory(config);
      this.#history.setParameters(this.state.parameters.value);
      this.#heatmap?.setHistory(this.#history);
      // What another feed lost says nothing of this one.
      this.state.dropped.value = this.state.rejected.value = 0;
    }
    batch(() => {
      this.state.config.value = config;
      if (config.feed !== null) this.state.feed.value = config.feed;
    });
  }

  #onBinary(rows: Uint8Array): void {
    this.#wordAt = performance.now();
    if (this.#trades.take(rows)) return;
    const update = this.#header;
    this.#header = null;
    // In a replay the past is all that is wanted: what is kept of it must not be pushed out.
    if (this.#isReplay && update?.live === true) return this.#link?.close();
    if (update === null || this.#history === null) {
      this.#reject(new WireError("grid", "preceded by grid_update and runtime_config", null));
      return;
    }
    this.#binAt = this.#wordAt;
    this.#queue.push({ update, rows });
  }

  #reject(error: unknown): void {
    this.state.rejected.value++;
    this.#notice(error, error instanceof WireError ? error.field : null);
    console.error(error);
  }

  #notice(error: unknown, field: string | null): void {
    const text = error instanceof Error ? error.message : String(error);
    this.state.notice.value = { text, field };
  }

  #onFrame(now: number): void {
    const began = performance.now();
    this.#takeIn(began);
    this.#followReplay();
    if (this.#recompute) this.#recomputeSignals();
    if (this.#heatmap?.draw() === true) {
      this.stats.add(performance.now() - began);
      for (const callback of this.#watchers) callback();
    }
    if (now - this.#beatAt >= BEAT_MS) {
      this.#beatAt = now;
      batch(() => {
        this.state.behindMs.value = this.#heatmap?.behindMs() ?? 0;
        this.state.followSpot.value = this.#heatmap?.followsSpot ?? true;
        this.state.beat.value++;
      });
    }
  }

  /** Lets nothing be seen that came after the time of the replay; shows everything while there is none. */
  #followReplay(): void {
    const ts = this.replayTs();
    if (ts === null && !this.#isReplay) return;
    const store = this.#history?.store;
    const before = store?.last ?? -1;
    if (ts === null) {
      store?.showUntil(Infinity);
      this.#link?.open(this.#streamUrl);
    } else this.#isCovered = this.#history?.showUntil(ts) ?? false;
    this.#isReplay = ts !== null;
    const last = store?.last ?? -1;
    if (last === before) return;
    if (Math.min(last, before) < 0) this.#heatmap?.cleared();
    else this.#heatmap?.added(Math.min(last, before), Math.max(last, before));
  }

  #recomputeSignals(): void {
    this.#recompute = false;
    this.#history?.setParameters(this.state.parameters.value);
    this.#heatmap?.signalsChanged();
    this.state.beat.value++;
  }

  #takeTrades(history: BinHistory): void {
    const { store } = history;
    const newestBin = store.last < 0 ? -1 : store.binSeq[store.slot(store.last)]!;
    for (let part = this.#trades.next(newestBin); part; part = this.#trades.next(newestBin)) {
      try {
        history.acceptTrades(part.binSeq, part.rows);
        this.#heatmap?.tradesChanged();
      } catch (error) {
        this.#reject(error);
      }
    }
  }

  #takeIn(began: number): void {
    const history = this.#history;
    if (history === null || this.#queue.length + this.#trades.length === 0) return;
    if (this.#isReplay) history.store.showUntil(Infinity); // bins join all that is kept
    const wasEmpty = history.store.last < 0;
    let from = history.store.last + 1;
    const budgetMs = this.#queue.length > BACKLOG_BINS ? BACKLOG_INTAKE_MS : INTAKE_MS;
    while (this.#queue.length > 0 && performance.now() - began < budgetMs) {
      const bin = this.#queue.shift()!;
      try {
        const accepted = history.accept(bin.update, bin.rows);
        if (accepted === "restarted") {
          from = 0;
          this.#heatmap?.cleared();
        }
      } catch (error) {
        this.#reject(error);
      }
    }
    this.#takeTrades(history);
    if (history.store.last >= from) this.#heatmap?.added(from, history.store.last);
    if (wasEmpty && history.store.last >= 0 && this.state.quantity.value !== "score") {
      this.fitClip();
    }
  }
}
