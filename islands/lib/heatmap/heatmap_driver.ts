import { batch } from "@preact/signals";
import type { SignalParameters } from "../../../engine/signals/mod.ts";
import type { FeedCommand, FeedState } from "../../../modules/feed/contract.ts";
import { feedChangeText, isSameFeed, type Provenance } from "../../../modules/kit/contract.ts";
import { readTheme } from "../canvas/mod.ts";
import { nsToMs } from "../text/mod.ts";
import type { ScreenFacts } from "../clock/mod.ts";
import { PictureDriver } from "../picture/mod.ts";
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
import { binFacts } from "./bin_facts.ts";
import { shownMarket } from "./shown_market.ts";
import type { StreamConfig } from "./wire.ts";

const NO_WORKER =
  "The heatmap's worker could not be loaded. The page reads the bins by itself and may stutter.";
const NO_READER = "The code that reads the bins could not be loaded: the server may be gone";

/** The page's clockwork: socket to history to canvas. */
export class HeatmapDriver extends PictureDriver<Heatmap> {
  readonly state: HeatmapState;
  readonly #intake = new BinIntake((error) => {
    this.state.rejected.value++;
    this.#notice(error, error.field);
  });
  #port: LinkPort<ToBins, FromBins> | null = null;
  #history: BinHistory | null = null;
  /** Time of the replay in the last frame; null while there is none. */
  #replayTs: number | null = null;
  /** Whether the time of the replay moves. */
  #isRunning = false;
  /** Whether the parameters changed since the last frame. */
  #recompute = false;
  #binAt = 0;
  #wordAt = 0;
  /** The feed of which the page knew last; it is null while another one is opened. */
  #knownFeed: Provenance | null = null;
  #streamUrl = "";
  #isReplay = false;
  /** Whether the page keeps bins of the time that a replay has reached. */
  #isCovered = false;

  /** @param replayTs Time of the replay that the page follows, epoch ms; null while it is live. */
  constructor(state: HeatmapState, replayTs: () => number | null = () => null) {
    super(state, () => shownMarket(state.feed.value), replayTs);
    this.state = state;
  }

  get history(): BinHistory | null {
    return this.#history;
  }

  /** Begins to draw on two canvases and to listen to the stream. Returns the undo. */
  start(base: HTMLCanvasElement, overlay: HTMLCanvasElement, source: BinSource): () => void {
    const heatmap = new Heatmap({ base, overlay, theme: readTheme() }, this.look);
    this.begin(heatmap);
    this.showTrades();
    heatmap.setAhead(this.state.ahead.value);
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
      port.end({ type: "close" });
      this.#port = null;
      this.end();
    };
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
    this.picture?.setLook(this.look);
  }

  /** Draws trades as the state says. */
  showTrades(): void {
    const { showTrades, minTradeQty } = this.state;
    this.picture?.setTrades(showTrades.value ? minTradeQty.value : null);
  }

  /** Draws something else ahead of now. */
  setAhead(ahead: AheadView): void {
    this.state.ahead.value = ahead;
    this.picture?.setAhead(ahead);
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
    const { silentMs, wordMs, link } = this.facts();
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

  protected override facts(): ScreenFacts {
    return binFacts({
      link: this.state.link.value,
      feed: this.state.feed.value,
      rate: this.feedClock.rate,
      cellMs: this.#history?.config.cellMs ?? 100,
      isHeld: (this.picture?.behindMs() ?? 0) > 0,
      isReplay: this.#isReplay,
      newestAtMs: this.#binAt,
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
        if (message.config.sentMs !== null) this.server.take(message.config.sentMs, atMs);
        return this.#onConfig(message.config);
      case "feed_state":
        if (message.sentMs !== null) this.server.take(message.sentMs, atMs);
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
        this.feedClock.reset();
        this.picture?.cleared();
        return;
      case "error":
        this.state.notice.value = { text: message.message, field: null };
    }
  }

  #takeFeed(feed: FeedState): void {
    const before = this.provenance.peek();
    const { clock } = feed;
    this.takeClock(clock);
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
      this.feedClock.reset();
      this.#history = new BinHistory(config);
      this.#history.setParameters(this.state.parameters.value);
      this.picture?.setHistory(this.#history);
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
    for (const { update } of bins) this.feedClock.arrived(nsToMs(update.binEndNs));
    this.#intake.bins.push(bins);
    this.wake();
  }

  #notice(error: unknown, field: string | null): void {
    const text = error instanceof Error ? error.message : String(error);
    this.state.notice.value = { text, field };
  }

  protected override takeIn(began: number): void {
    this.#takeBins(began);
    this.#followReplay();
    if (this.#recompute) this.#recomputeSignals();
  }

  protected override get isMore(): boolean {
    const isBehind = this.#history !== null && this.#intake.bins.length > 0;
    return isBehind || this.#recompute || this.#isRunning;
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
    if (Math.min(last, before) < 0) this.picture?.cleared();
    else this.picture?.added(Math.min(last, before), Math.max(last, before));
  }

  #recomputeSignals(): void {
    this.#recompute = false;
    this.#history?.setParameters(this.state.parameters.value);
    this.picture?.signalsChanged();
    this.state.beat.value++;
  }

  #takeBins(began: number): void {
    const history = this.#history;
    if (history === null || this.#intake.isEmpty) return;
    if (this.#isReplay) history.store.showUntil(Infinity); // bins join all that is kept
    const wasEmpty = history.store.last < 0;
    if (this.#intake.takeIn(history, this.picture, began)) this.#recompute = true;
    if (wasEmpty && history.store.last >= 0 && this.state.quantity.value !== "score") {
      this.fitClip();
    }
  }
}
