import type { FlowPipeline } from "../../../engine/flow/mod.ts";
import { isRaw, type StreamName, type StreamRecords } from "../../../engine/frames/mod.ts";
import { type ReplayClock, type ReplayPatch, underlyingOf } from "../../../modules/tape/mod.ts";
import type { Clock } from "../../kit/mod.ts";
import { ColumnWriter, type CreateFlow, SLICE_MS } from "../../tape/mod.ts";
import { RowComparison } from "./_row_comparison.ts";
import { RawMerge } from "./_raw_merge.ts";
import type { ReadPage } from "./_stored_stream.ts";
import type { FromReplayWorker, ReplaySpec } from "./protocol.ts";

/** Pause between two looks at the clock, ms. */
const TICK_MS = 50;

/** Longest stretch played between two looks at the messages, ms of the tape. */
const STRIDE_MS = 5_000;

/** How often the clock is told, ms. */
const TELL_EVERY_MS = 250;

/** Rows of one batch at most. */
const BATCH_ROWS = 500;

/** How a runner reads, breathes and makes its pipeline. */
export interface ReplayRunnerOptions {
  readonly clock: Clock;
  readonly read: ReadPage;
  readonly post: (message: FromReplayWorker) => void;
  readonly createFlow: CreateFlow;
  readonly breathe?: () => Promise<void>;
}

function turnOfEventLoop(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/**
 * Plays a stored tape by one clock. The raw rows come out of the store; what follows from them is made
 * again by a pipeline of its own, which has read the tape from `originTs` on, and is held against what
 * was stored.
 */
export class ReplayRunner {
  readonly #options: ReplayRunnerOptions;
  readonly #spec: ReplaySpec;
  readonly #streams: ReadonlySet<StreamName>;
  readonly #symbols: ReadonlySet<string> | null;
  readonly #patches: { patch: ReplayPatch; originTs: number | null }[] = [];
  readonly #columns = new ColumnWriter();
  #pipeline: FlowPipeline;
  #merge: RawMerge;
  #comparison: RowComparison;
  #matched = 0;
  #mismatched = 0;
  #wake = new AbortController();
  #stopped = false;
  #positionTs: number;
  /** Rows before it are not sent: the pipeline is warming up. */
  #fromTs: number;
  #speed: number;
  #paused: boolean;
  #stepUntilTs = -Infinity;
  #anchorTs = 0;
  #anchorMs = 0;
  #posted = 0;
  #acked = 0;
  #rows = 0;
  #toldAtMs = -Infinity;

  /** @param originTs Event time from which the pipeline reads, epoch ms. */
  constructor(spec: ReplaySpec, originTs: number, options: ReplayRunnerOptions) {
    this.#options = options;
    this.#spec = spec;
    this.#streams = new Set(spec.streams);
    this.#symbols = spec.symbols === null ? null : new Set(spec.symbols);
    this.#speed = spec.speed;
    this.#paused = spec.paused;
    this.#fromTs = floorSlice(spec.startTs);
    this.#positionTs = floorSlice(Math.min(originTs, spec.startTs));
    [this.#pipeline, this.#merge, this.#comparison] = this.#begin();
  }

  /** `batches` posted batches were published. */
  ack(batches: number): void {
    this.#acked += batches;
    this.#wake.abort();
  }

  /** Changes the clock; a jump needs the time from which its pipeline reads. */
  patch(patch: ReplayPatch, originTs: number | null): void {
    this.#patches.push({ patch, originTs });
    this.#wake.abort();
  }

  /** Ends the loop after the step that runs. */
  stop(): void {
    this.#stopped = true;
    this.#wake.abort();
  }

  /** Plays until {@link ReplayRunner.stop}; stands still at the end. */
  async run(): Promise<void> {
    const { clock } = this.#options;
    this.#rebase();
    while (!this.#stopped) {
      this.#wake = new AbortController();
      this.#applyPatches();
      const waitMs = await this.#turn();
      if (clock.nowMs() - this.#toldAtMs >= TELL_EVERY_MS) this.#tell();
      if (waitMs > 0) await clock.sleep(waitMs, this.#wake.signal);
      else await (this.#options.breathe ?? turnOfEventLoop)();
    }
  }

  #begin(): [FlowPipeline, RawMerge, RowComparison] {
    const { read, createFlow } = this.#options;
    const { endTs, flow } = this.#spec;
    const pipeline = createFlow(flow, (stream, record) => this.#take(stream, record));
    const comparison = new RowComparison(read, this.#fromTs, endTs);
    return [pipeline, new RawMerge(read, this.#positionTs, endTs), comparison];
  }

  get #isWarming(): boolean {
    return this.#positionTs < this.#fromTs;
  }

  #applyPatches(): void {
    for (let next = this.#patches.shift(); next !== undefined; next = this.#patches.shift()) {
      const { speed, seek_ts: seekTs, step_ms: stepMs, paused } = next.patch;
      if (speed !== undefined) this.#speed = speed;
      if (seekTs !== undefined) this.#seek(seekTs, next.originTs ?? seekTs);
      if (stepMs !== undefined && (paused ?? this.#paused)) {
        this.#stepUntilTs = Math.max(this.#positionTs, this.#fromTs) + floorSlice(
          stepMs + SLICE_MS - 1,
        );
      }
      if (paused !== undefined) this.#paused = paused;
      this.#rebase();
      this.#tell();
    }
  }

  #seek(toTs: number, originTs: number): void {
    const { startTs, endTs } = this.#spec;
    this.#columns.take();
    this.#fromTs = floorSlice(Math.min(Math.max(toTs, startTs), endTs));
    this.#positionTs = floorSlice(Math.min(originTs, this.#fromTs));
    this.#stepUntilTs = -Infinity;
    this.#matched += this.#comparison.matched;
    this.#mismatched += this.#comparison.mismatched;
    [this.#pipeline, this.#merge, this.#comparison] = this.#begin();
    if (!this.#isWarming) this.#options.post({ type: "sought" });
  }

  /** Makes the clock go on from the position. */
  #rebase(): void {
    this.#anchorTs = this.#positionTs;
    this.#anchorMs = this.#options.clock.nowMs();
  }

  #targetTs(): number {
    const { endTs } = this.#spec;
    if (this.#isWarming) return this.#fromTs;
    if (this.#paused) return Math.min(endTs, Math.max(this.#positionTs, this.#stepUntilTs));
    const played = (this.#options.clock.nowMs() - this.#anchorMs) * this.#speed;
    return Math.min(endTs, this.#anchorTs + played);
  }

  /** One step; returns ms to wait before the next. */
  async #turn(): Promise<number> {
    if (this.#posted - this.#acked >= this.#spec.maxInFlight) {
      // Time that the reader took does not count.
      this.#rebase();
      return TELL_EVERY_MS;
    }
    const targetTs = this.#targetTs();
    const untilTs = floorSlice(Math.min(targetTs, this.#positionTs + STRIDE_MS));
    if (untilTs <= this.#positionTs) return TICK_MS;
    if (!this.#merge.isReadyFor(untilTs) || !this.#comparison.isReadyFor(untilTs)) {
      await Promise.all([this.#merge.fill(untilTs), this.#comparison.fill(untilTs)]);
      if (!this.#isWarming) return 0;
    }
    const wasWarming = this.#isWarming;
    while (this.#positionTs < untilTs) this.#slice();
    this.#comparison.expire(this.#positionTs);
    this.#flush();
    if (wasWarming && !this.#isWarming) {
      this.#options.post({ type: "sought" });
      this.#rebase();
      this.#tell();
    }
    if (this.#positionTs >= floorSlice(this.#spec.endTs)) this.#tell();
    return this.#isWarming || this.#positionTs + SLICE_MS <= this.#targetTs() ? 0 : TICK_MS;
  }

  #slice(): void {
    const endTs = this.#positionTs + SLICE_MS;
    this.#comparison.load(endTs);
    this.#merge.release(endTs, this.#pipeline);
    this.#pipeline.advance(endTs);
    this.#positionTs = endTs;
  }

  #take<S extends StreamName>(stream: S, record: StreamRecords[S]): void {
    if (this.#isWarming) return;
    const seq = isRaw(stream) ? record.seq : this.#comparison.check(stream, record);
    if (!this.#streams.has(stream)) return;
    if (this.#symbols !== null && !this.#symbols.has(underlyingOf(record))) return;
    this.#columns.push(stream, { ...record, seq });
    if (this.#columns.count >= BATCH_ROWS) this.#flush();
  }

  #flush(): void {
    if (this.#columns.count === 0) return;
    this.#rows += this.#columns.count;
    this.#posted++;
    const rows = this.#columns.take();
    this.#options.post({ type: "batch", rows, watermarkTs: this.#positionTs });
  }

  #tell(): void {
    this.#toldAtMs = this.#options.clock.nowMs();
    this.#options.post({
      type: "clock",
      clock: this.#clockNow(),
      figures: {
        rows: this.#rows,
        matched: this.#matched + this.#comparison.matched,
        mismatched: this.#mismatched + this.#comparison.mismatched,
        differences: this.#comparison.differences,
      },
    });
  }

  #clockNow(): ReplayClock {
    const { startTs, endTs } = this.#spec;
    const ended = this.#positionTs >= floorSlice(endTs);
    return {
      ts: Math.max(this.#positionTs, this.#fromTs),
      start_ts: startTs,
      end_ts: endTs,
      speed: this.#speed,
      paused: this.#paused,
      phase: this.#isWarming ? "warming" : ended ? "ended" : this.#paused ? "paused" : "running",
    };
  }
}

function floorSlice(ts: number): number {
  return Math.floor(ts / SLICE_MS) * SLICE_MS;
}
