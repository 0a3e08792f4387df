import { controlAt, type ControlTimeline, symbolIndex } from "../../engine/regime/mod.ts";
import {
  type ChannelHealthMap,
  type OptionListing,
  type SessionOpen,
  type SessionOutline,
  type StoredRow,
  type TapeMaking,
  type TapeStore,
} from "../../modules/tape/mod.ts";
import {
  type Clock,
  type Hub,
  type Logger,
  SharedAnswer,
  type Topic,
  TOPICS,
  turnOfEventLoop,
  type WorkerPlace,
  WorkerPort,
} from "../kit/mod.ts";
import type { TapeFacts, TapeStatus } from "../../modules/control/mod.ts";
import type { FlowSpec, RowBatch, TapeNews, TapeVerbs, TapeWorkerState } from "./protocol.ts";
import { flowConfig, type TapeConfig, tapeSpec } from "./tape_spec.ts";
import type { RealismReport } from "../../engine/realism/mod.ts";
import { readRecentEvents, resumePoint } from "./resume.ts";
import {
  backendMode,
  tapeMaking,
  type TapeReadiness,
  tapeReadiness,
  type TapeServiceFigures,
  type TapeServiceStatus,
  tapeStatus,
} from "./service_status.ts";
import { gapOf, StoreWriter, type TapeGap, type WriterOptions } from "./store_writer.ts";
import { HIT_WINDOW_MS, TapeFigures } from "./tape_figures.ts";
import { rowsOf } from "./read_columns.ts";

/** The control state as the service follows it. */
export interface ControlFeed {
  readonly view: { readonly revision: number; readonly timeline: ControlTimeline };
  /** @returns Ends the subscription. */
  onChange(
    listener: (view: { readonly revision: number; readonly timeline: ControlTimeline }) => void,
  ): () => void;
}

/** What a service is made of. */
export interface TapeServiceOptions {
  readonly config: TapeConfig;
  readonly hub: Hub;
  readonly store: TapeStore;
  readonly control: ControlFeed;
  readonly log: Logger;
  readonly clock: Clock;
  /** Where the tape is made; in its own thread when omitted. */
  readonly worker?: WorkerPlace<TapeVerbs, TapeNews>;
  readonly writer?: Pick<WriterOptions, "backoffMs" | "giveUpMs" | "lateRows">;
}

/** Rows published at once: sockets take what came before in between. */
const PUBLISHED_ROWS = 1_000;

/** It computes and nothing else: what it reads and writes goes through this thread. */
const TAPE_THREAD = {
  url: new URL("./tape_worker.ts", import.meta.url),
  name: "tape",
  permissions: "none",
} as const;

/**
 * Runs the tape: one worker that makes and reads it, the store that every row goes to first, and the
 * topic on which it is published after that.
 */
export class TapeService implements TapeStatus {
  /** Every batch once it is stored, rows in order of emission. */
  readonly rows: Topic<readonly StoredRow[]>;
  /** A change in what the worker is doing. */
  readonly states: Topic<TapeWorkerState>;
  readonly store: TapeStore;
  readonly #options: TapeServiceOptions;
  readonly #writer: StoreWriter;
  readonly #figures = new TapeFigures();
  readonly #queue: RowBatch[] = [];
  #port: WorkerPort<TapeVerbs, TapeNews> | null = null;
  #endControl: (() => void) | null = null;
  #timeline: ControlTimeline;
  #state: TapeWorkerState | null = null;
  #watermarkTs: number | null = null;
  #draining: Promise<void> | null = null;
  /** Why the worker is gone; null while it runs. */
  #death: string | null = null;
  #revisionInForce = 0;
  readonly #realism: SharedAnswer<RealismReport>;
  readonly #opening: SharedAnswer<SessionOpen>;
  readonly #outlines = new Map<string, SharedAnswer<SessionOutline>>();
  readonly #listings = new Map<string, SharedAnswer<OptionListing>>();
  #stopped = false;

  constructor(options: TapeServiceOptions) {
    this.#options = options;
    this.store = options.store;
    this.rows = options.hub.topic(TOPICS.tapeRows);
    this.states = options.hub.topic(TOPICS.tapeStates);
    this.#timeline = options.control.view.timeline;
    const { clock, log } = options;
    this.#writer = new StoreWriter(options.store, { clock, log, ...options.writer });
    this.#realism = new SharedAnswer(clock, async () => await this.#port?.call("realism") ?? null);
    this.#opening = new SharedAnswer(clock, async () => await this.#port?.call("opening") ?? null);
  }

  /** What a pipeline that is to read this tape is made for. */
  get flowSpec(): FlowSpec {
    const { config } = this.#options;
    return { clock: config.tapeClock, timeline: this.#timeline, flow: flowConfig(config) };
  }

  /** Event time up to which the worker has sent everything, epoch ms; 0 before it says. */
  get positionTs(): number {
    return this.#state?.positionTs ?? 0;
  }

  /** Whether a batch is being stored. */
  get isDraining(): boolean {
    return this.#draining !== null;
  }

  /** Whether any side is made here. */
  get isOn(): boolean {
    return backendMode(this.#options.config) !== "live";
  }

  /** Event time up to which every row was published, epoch ms; null before the first batch. */
  get watermarkTs(): number | null {
    return this.#watermarkTs;
  }

  /**
   * Starts the worker where the stored tape ends. Returns when it was told; the history follows.
   *
   * @throws {StoreError} When the store cannot be read.
   */
  async start(): Promise<void> {
    if (!this.isOn || this.#port !== null || this.#stopped) return;
    const { control } = this.#options;
    const resume = resumePoint(this.store);
    this.#figures.remember(await readRecentEvents(this.store, HIT_WINDOW_MS));
    if (this.#stopped) return;
    const port = new WorkerPort<TapeVerbs, TapeNews>(this.#options.worker ?? TAPE_THREAD, {
      batch: (batch) => this.#take(batch),
      state: (state) => this.#follow(state),
      skipped: ({ fromTs, toTs, reason }) => this.#writer.skipped(fromTs, toTs, reason),
      log: ({ level, event, fields }) => this.#options.log[level](event, fields),
    }, (reason) => this.#fail(reason));
    this.#port = port;
    const { revision, timeline } = control.view;
    this.#timeline = timeline;
    port.notify("start", tapeSpec(this.#options.config, resume, revision, timeline));
    this.#endControl = control.onChange((view) => {
      this.#timeline = view.timeline;
      port.notify("control", view);
    });
  }

  /** Freshness of the channels that have a threshold. */
  health(): ChannelHealthMap {
    return this.#figures.health(Number(this.#options.clock.wallNs() / 1_000_000n));
  }

  /** How far the history is that is made at the start; null when none is, or no more. */
  making(): TapeMaking | null {
    if (!this.isOn || this.#death !== null) return null;
    return tapeMaking(this.#state, this.#options.config.tapeBackfillMinutes);
  }

  /** Live, and not late; else why not. Without any side of its own there is nothing to wait for. */
  readiness(): TapeReadiness {
    if (!this.isOn) return { ready: true, phase: "off", lagMs: 0, detail: "off, 0 ms behind" };
    return tapeReadiness(this.#state, this.#death, this.#writer.isBehind, this.making());
  }

  /** Everything that operators and pages are shown. */
  status(): TapeServiceStatus {
    const { config, clock } = this.#options;
    return tapeStatus({
      config,
      state: this.#state,
      death: this.#death,
      control: controlAt(this.#timeline, this.#state?.positionTs ?? Infinity),
      figures: this.#figures,
      watermarkTs: this.#watermarkTs,
      storeDelayMs: this.#writer.figures.delayMs,
      gaps: this.#gaps,
      health: this.health(),
      nowMs: clock.nowMs(),
    });
  }

  /** The synthetic market as operators see it; null while none runs or the exchange is closed. */
  facts(): TapeFacts | null {
    const scene = this.#state?.scene;
    if (scene === null || scene === undefined) return null;
    if (scene.phase === null || scene.regime === null) return null;
    const control = controlAt(this.#timeline, this.#state?.positionTs ?? 0);
    const windowMs = control.coverage_window_minutes * 60_000;
    return {
      session_phase: scene.phase,
      regime: scene.regime,
      focus_symbols: scene.focusSymbols,
      profile_hit_counts: this.#figures.hits(this.#watermarkTs ?? 0, windowMs),
      generated_hit_counts: scene.generatedHits,
      coverage_window_minutes: control.coverage_window_minutes,
      revision_in_force: this.#revisionInForce,
    };
  }

  /** Figures that `/metrics` shows: counts since the start, and the state of now. */
  figures(): TapeServiceFigures {
    const { delayMs, rows, lost, failures } = this.#writer.figures;
    return {
      published: this.#figures.published,
      stored: rows,
      lost,
      failures,
      gaps: this.#gaps.length,
      storeDelayMs: delayMs,
      lagMs: this.#state?.lagMs ?? 0,
      queued: this.#queue.length,
      perSecond: this.#figures.rate(this.#options.clock.nowMs()),
    };
  }

  /** What was measured of the session, at most some seconds ago; null when nothing can be measured. */
  realism(): Promise<RealismReport | null> {
    return this.#isMaking ? this.#realism.get() : Promise.resolve(null);
  }

  /**
   * Phases, events and what is hidden of the session under way, for a symbol of the universe; null while
   * the exchange is closed. What is hidden is for operators only.
   */
  outline(symbol: string): Promise<SessionOutline | null> {
    return this.#asked(this.#outlines, symbol, (port) => port.call("outline", symbol));
  }

  /** What the underlyings stood at when the session under way opened; null while the exchange is closed. */
  opening(): Promise<SessionOpen | null> {
    return this.#isMaking ? this.#opening.get() : Promise.resolve(null);
  }

  /** The options listed on a symbol in the session under way; null while the exchange is closed. */
  listing(symbol: string): Promise<OptionListing | null> {
    return this.#asked(this.#listings, symbol, (port) => port.call("listing", symbol));
  }

  /** Asks the worker about a symbol, once for all who ask in the same seconds. */
  #asked<T>(
    answers: Map<string, SharedAnswer<T>>,
    symbol: string,
    call: (port: WorkerPort<TapeVerbs, TapeNews>) => Promise<T | null>,
  ): Promise<T | null> {
    if (!this.#isMaking || symbolIndex(symbol) < 0) return Promise.resolve(null);
    let answer = answers.get(symbol);
    if (answer === undefined) {
      const ask = async () => this.#port === null ? null : await call(this.#port);
      answers.set(symbol, answer = new SharedAnswer(this.#options.clock, ask));
    }
    return answer.get();
  }

  /** What was not stored, and what was and cannot be read any more. */
  get #gaps(): readonly TapeGap[] {
    return [...this.#writer.gaps, ...this.store.lost.map(gapOf)];
  }

  get #isMaking(): boolean {
    return this.#port !== null && this.#death === null && !this.#stopped;
  }

  /** Ends the worker at once; what it sent and is not stored yet is dropped. */
  abandon(): void {
    this.#stopped = true;
    this.#endControl?.();
    this.#queue.length = 0;
    this.#writer.stop();
    this.#port?.terminate();
  }

  /** Ends the worker after what it sent is stored and published. */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#endControl?.();
    this.#writer.stop();
    await this.#port?.end();
    await this.#draining;
  }

  #take(batch: RowBatch): void {
    this.#queue.push(batch);
    this.#draining ??= this.#drain().finally(() => {
      this.#draining = null;
    });
  }

  #follow(state: TapeWorkerState): void {
    this.#state = state;
    if (state.inForce) this.#revisionInForce = state.revision;
    this.states.publish(state);
  }

  async #drain(): Promise<void> {
    for (let batch = this.#queue.shift(); batch !== undefined; batch = this.#queue.shift()) {
      const rows = rowsOf(batch.rows);
      await this.#writer.write(rows);
      let from = 0;
      for (; rows.length - from > PUBLISHED_ROWS; from += PUBLISHED_ROWS) {
        this.#publish(rows.slice(from, from + PUBLISHED_ROWS));
        await turnOfEventLoop();
      }
      this.#watermarkTs = batch.watermarkTs;
      this.#publish(rows.slice(from));
      this.#port?.grant(1);
    }
  }

  #publish(rows: readonly StoredRow[]): void {
    this.#figures.publish(rows, this.#options.clock.nowMs());
    this.rows.publish(rows);
  }

  #fail(reason: string): void {
    this.#death = reason;
    this.#options.log.error("tape_worker_failed", { message: reason });
  }
}
