import { batch, computed, type ReadonlySignal } from "@preact/signals";
import type { SignalParameters } from "../../../engine/signals/mod.ts";
import type { FeedCommand, FeedState } from "../../../modules/feed/contract.ts";
import {
  feedChangeText,
  isSameFeed,
  type Provenance,
  stampText,
} from "../../../modules/kit/contract.ts";
import { FrameStats, readTheme } from "../canvas/mod.ts";
import { nsToMs } from "../text/mod.ts";
import { FeedClock, ScreenAge, type ScreenFacts, ServerClock } from "../clock/mod.ts";
import type { FromBins, ToBins } from "./bin_protocol.ts";
import { type BinSource, FIRST_BINS } from "./bin_source.ts";
import { COLUMN } from "./column_store.ts";
import { FeedApiError, sendCommand } from "./feed_api.ts";
import { fittedClip } from "./fitted_clip.ts";
import { BinIntake } from "./bin_intake.ts";
import { assessHealth, type Health, replayHealth } from "./health.ts";
import { type AheadView, Heatmap } from "./heatmap.ts";
import { BinHistory, type DecodedBin } from "./history.ts";
import type { Look } from "./quantity_info.ts";
import type { HeatmapState } from "./state.ts";
import { LinkPort, type LinkState, pageMs } from "../socket/mod.ts";
import { pictureFacts } from "./picture_facts.ts";
import { shownMarket } from "./shown_market.ts";
import type { StreamConfig } from "./wire.ts";

const BEAT_MS = 250;
/** A beat waits so much longer for a frame in which something is drawn anyway, ms. */
const BEAT_SLACK_MS = 100;
const NO_WORKER =
  "The heatmap's worker could not be loaded. The page reads the bins by itself and may stutter.";
const NO_READER = "The code that reads the bins could not be loaded: the server may be gone";

/** The page's clockwork: socket to history to canvas. It asks for a frame when one has something to show. */
export class HeatmapDriver {
  readonly state: HeatmapState;
  readonly stats = new FrameStats();
  readonly #intake = new BinIntake((error) => {
    this.state.rejected.value++;
    this.#notice(error, error.field);
  });
  readonly #server = new ServerClock();
  readonly #feedClock = new FeedClock();
  /** How old the picture is. */
  readonly screen: ScreenAge = new ScreenAge({
    now: () => this.replayTs() ?? this.#feedClock.now(this.#serverMs()),
    arrivedMs: () => this.replayTs() ?? this.#feedClock.arrivedMs,
    facts: () => this.#facts(),
  });
  /** Whose market the picture shows; null while none is open. */
  readonly provenance: ReadonlySignal<Provenance | null>;
  #port: LinkPort<ToBins, FromBins> | null = null;
  #history: BinHistory | null = null;
  #heatmap: Heatmap | null = null;
  /** The frame that was asked for; 0: none. */
  #frame = 0;
  #beatTimer: ReturnType<typeof setTimeout> | undefined;
  /** Time of the replay in the last frame; null while there is none. */
  #replayTs: number | null = null;
  /** Whether the time of the replay moves. */
  #isRunning = false;
  /** Whether the parameters changed since the last frame. */
  #recompute = false;
  #beatAt = 0;
  #binAt = 0;
  #wordAt = 0;
  #watchers = new Set<() => void>();
  /** The feed of which the page knew last; it is null while another one is opened. */
  #knownFeed: Provenance | null = null;
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
    let before: Provenance | null = null;
    this.provenance = computed(() => {
      const now = shownMarket(state.feed.value);
      // A state comes every second; it is another market seldom.
      const isSame = before !== null && now !== null && stampText(before) === stampText(now);
      return before = isSame ? before : now;
    });
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
  start(base: HTMLCanvasElement, overlay: HTMLCanvasElement, source: BinSource): () => void {
    this.#heatmap = new Heatmap({ base, overlay, theme: readTheme() }, this.look);
    this.#heatmap.onStale = () => this.wake();
    this.showTrades();
    this.#heatmap.setAhead(this.state.ahead.value);
    const port = new LinkPort<ToBins, FromBins>({
      workerUrl: source.workerUrl,
      onPage: async (post) => {
        const { BinReader } = await import("./bin_reader.ts");
        return new BinReader(post);
      },
      take: (message) => this.#take(message),
      onNoWorker: (problem) => {
        if (problem === null) this.state.notice.value = { text: NO_WORKER, field: null };
        else this.state.link.value = { kind: "absent", reason: NO_READER };
      },
    });
    this.#port = port;
    this.#streamUrl = source.streamUrl;
    port.send({ type: "open", url: source.streamUrl });
    this.wake();
    return () => {
      cancelAnimationFrame(this.#frame);
      clearTimeout(this.#beatTimer);
      this.#frame = 0;
      port.end({ type: "close" });
      this.#port = null;
      this.#heatmap = null;
    };
  }

  /** Looks in the next frame whether anything has come, or the time of a replay has moved. */
  wake(): void {
    if (this.#frame !== 0 || this.#heatmap === null) return;
    this.#frame = requestAnimationFrame((now) => {
      this.#onFrame(now);
      this.#frame = 0; // what a frame changes before it draws asks for no other one
      if (this.#isMore) this.wake();
    });
  }

  /** Whether all of the past that was asked for is drawn. */
  get hasPast(): boolean {
    return this.#intake.isPastDone && this.#intake.isEmpty;
  }

  /** Tries the socket at once instead of waiting. */
  reconnect(): void {
    this.#port?.send({ type: "retry" });
  }

  /** Draws with the palette, quantity and clip that the state names. */
  repaint(): void {
    this.#heatmap?.setLook(this.look);
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
    this.wake();
  }

  /** Sends a command; a refusal becomes a notice. Resolves to whether it was accepted. */
  async command(command: FeedCommand): Promise<boolean> {
    this.state.pending.value = command.op;
    try {
      const feed = await sendCommand(command);
      this.#takeFeed(feed);
      this.state.notice.value = null;
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

  /** What is true of the picture right now. */
  health(): Health {
    if (this.#isReplay) return replayHealth(this.screen.state(), this.#isCovered);
    const store = this.#history?.store;
    const hasBins = store !== undefined && store.last >= 0;
    const slot = hasBins ? store.slot(store.last) : 0;
    const { silentMs, wordMs, link } = this.#facts();
    return assessHealth({
      link,
      feed: this.state.feed.value,
      isBookValid: !hasBins || store.kind[slot] !== COLUMN.BIN || store.bookValid[slot] === 1,
      silentMs,
      wordMs,
      screen: this.screen.state(),
    });
  }

  /** Sets the end of the scale to what fits the quantity now. */
  fitClip(): void {
    const { quantity, clip } = this.state;
    clip.value = fittedClip(this.#history?.store ?? null, quantity.value);
    this.repaint();
  }

  /** How the picture looks. */
  get look(): Look {
    const { quantity, palette, clip } = this.state;
    return { quantity: quantity.value, palette: palette.value, clip: clip.value };
  }

  #serverMs(): number | null {
    const { skewMs } = this.#server;
    return skewMs === null ? null : pageMs() + skewMs;
  }

  #facts(): ScreenFacts {
    return pictureFacts({
      link: this.state.link.value,
      feed: this.state.feed.value,
      rate: this.#feedClock.rate,
      cellMs: this.#history?.config.cellMs ?? 100,
      isHeld: (this.#heatmap?.behindMs() ?? 0) > 0,
      isReplay: this.#isReplay,
      binAtMs: this.#binAt,
      wordAtMs: this.#wordAt,
    });
  }

  #take(message: FromBins): void {
    switch (message.type) {
      case "state":
        return this.#onLink(message.state);
      case "message":
        this.#wordAt = Math.max(this.#wordAt, message.atMs);
        return this.#onMessage(message);
      case "bins":
        return this.#onBins(message.bins);
      case "trades":
        this.#intake.trades.expect(message.head);
        this.#intake.trades.take(message.rows);
        return this.wake();
      case "past":
        this.#wordAt = pageMs();
        this.#intake.bins.pushPast(message.bins);
        return this.wake();
      case "refused":
        this.state.rejected.value++;
        this.state.notice.value = { text: message.text, field: message.field };
        console.error(message.text);
    }
  }

  #onLink(link: LinkState): void {
    this.#intake.trades.expect(null);
    if (link.kind === "live") {
      this.#binAt = this.#wordAt = pageMs();
      this.#intake.isPastDone = false;
      this.#history?.reopen(FIRST_BINS);
    }
    this.state.link.value = link;
  }

  #onMessage({ message, atMs }: Extract<FromBins, { readonly type: "message" }>): void {
    switch (message.type) {
      case "runtime_config":
        if (message.config.sentMs !== null) this.#server.take(message.config.sentMs, atMs);
        return this.#onConfig(message.config);
      case "feed_state":
        if (message.sentMs !== null) this.#server.take(message.sentMs, atMs);
        return this.#takeFeed(message.state);
      case "backfilled":
        this.#intake.isPastDone = true;
        return this.wake();
      case "dropped":
        this.state.dropped.value += message.bins;
        return;
      case "reset":
        // Of another feed, or another time.
        this.state.dropped.value = 0;
        this.#intake.isPastDone = true;
        this.#intake.clear();
        this.#history?.clear();
        this.#feedClock.reset();
        this.#heatmap?.cleared();
        return;
      case "error":
        this.state.notice.value = { text: message.message, field: null };
    }
  }

  #takeFeed(feed: FeedState): void {
    const before = this.provenance.peek();
    const { clock } = feed;
    this.#feedClock.take(
      clock === null
        ? null
        : { dueMs: nsToMs(clock.dueNs), serverMs: clock.atMs, rate: clock.rate },
    );
    this.state.feed.value = feed;
    const now = this.provenance.peek();
    if (now === null) return;
    const known = this.#knownFeed ?? before;
    if (known !== null && !isSameFeed(known, now)) this.state.news.value = feedChangeText(now);
    this.#knownFeed = now;
  }

  #onConfig(config: StreamConfig): void {
    if (this.#history === null || !this.#history.continues(config)) {
      this.#intake.clear();
      this.#feedClock.reset();
      this.#history = new BinHistory(config);
      this.#history.setParameters(this.state.parameters.value);
      this.#heatmap?.setHistory(this.#history);
      // What another feed lost says nothing of this one.
      this.state.dropped.value = this.state.rejected.value = 0;
    }
    batch(() => {
      this.state.config.value = config;
      if (config.feed !== null) this.#takeFeed(config.feed);
    });
  }

  #onBins(bins: readonly DecodedBin[]): void {
    this.#binAt = this.#wordAt = pageMs();
    // In a replay the past is all that is wanted: what is kept of it must not be pushed out.
    if (this.#isReplay && this.#intake.isPastDone) return this.#port?.send({ type: "close" });
    for (const { update } of bins) this.#feedClock.arrived(nsToMs(update.binEndNs));
    this.#intake.bins.push(bins);
    this.wake();
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
    const isDrawn = this.#heatmap?.draw() === true;
    if (isDrawn) {
      this.stats.add(performance.now() - began);
      for (const callback of this.#watchers) callback();
    }
    if (now - this.#beatAt >= BEAT_MS) this.#beat(now);
    if (isDrawn) this.screen.drawn(this.#heatmap?.newestMs() ?? null);
  }

  /** Whether the next frame has something to do, as far as is known. */
  get #isMore(): boolean {
    const isBehind = this.#history !== null && this.#intake.bins.length > 0;
    return isBehind || this.#recompute || this.#isRunning || this.#heatmap?.isStale === true;
  }

  #beat(now: number): void {
    this.#beatAt = now;
    batch(() => {
      this.state.behindMs.value = this.#heatmap?.behindMs() ?? 0;
      this.state.followSpot.value = this.#heatmap?.followsSpot ?? true;
      this.state.beat.value++;
    });
    clearTimeout(this.#beatTimer);
    this.#beatTimer = setTimeout(() => this.wake(), BEAT_MS + BEAT_SLACK_MS);
  }

  /** Lets nothing be seen that came after the time of the replay; shows everything while there is none. */
  #followReplay(): void {
    const ts = this.replayTs();
    this.#isRunning = ts !== this.#replayTs;
    this.#replayTs = ts;
    if (ts === null && !this.#isReplay) return;
    const store = this.#history?.store;
    const before = store?.last ?? -1;
    if (ts === null) {
      store?.showUntil(Infinity);
      this.#port?.send({ type: "open", url: this.#streamUrl });
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

  #takeIn(began: number): void {
    const history = this.#history;
    if (history === null || this.#intake.isEmpty) return;
    if (this.#isReplay) history.store.showUntil(Infinity); // bins join all that is kept
    const wasEmpty = history.store.last < 0;
    if (this.#intake.takeIn(history, this.#heatmap, began)) this.#recompute = true;
    if (wasEmpty && history.store.last >= 0 && this.state.quantity.value !== "score") {
      this.fitClip();
    }
  }
}
