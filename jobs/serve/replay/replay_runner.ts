import type { FlowPipeline } from "../../../engine/flow/mod.ts";
import type { StreamName, StreamRecords } from "../../../engine/frames/mod.ts";
import { isRaw } from "../../../engine/frames/streams/mod.ts";
import {
  type ReplayClock,
  type ReplayPatch,
  underlyingOf,
} from "../../../modules/tape/contract.ts";
import { type Clock, Pace, PacedLoop } from "../../kit/worker.ts";
import { ColumnWriter, type CreateFlow, SLICE_MS } from "../../tape/worker.ts";
import { RowComparison } from "./_row_comparison.ts";
import { RawMerge } from "./_raw_merge.ts";
import type { ReadPage } from "./_stored_stream.ts";
import type { ReplayHostPort, ReplaySpec } from "./protocol.ts";

/** Pause between two looks at the clock, ms. */
const TICK_MS = 50;

/** Longest stretch played between two looks at the messages, ms of the tape. */
const STRIDE_MS = 5_000;

/** How often the clock is told, ms. */
const TELL_EVERY_MS = 250;

/** Rows of one batch at most. */
const BATCH_ROWS = 500;

/** How a runner reads and makes its pipeline, and whom it tells. */
export interface ReplayRunnerOptions {
  readonly clock: Clock;
  readonly host: ReplayHostPort;
  readonly read: ReadPage;
  readonly createFlow: CreateFlow;
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
  readonly #loop: PacedLoop;
  readonly #pace: Pace;
  readonly #columns = new ColumnWriter();
  #pipeline: FlowPipeline;
  #merge: RawMerge;
  #comparison: RowComparison;
  #matched = 0;
  #mismatched = 0;
  #positionTs: number;
  /** Rows before it are not sent: the pipeline is warming up. */
  #fromTs: number;
  #rows = 0;

  /** @param originTs Event time from which the pipeline reads, epoch ms. */
  constructor(spec: ReplaySpec, originTs: number, options: ReplayRunnerOptions) {
    this.#options = options;
    this.#spec = spec;
    this.#streams = new Set(spec.streams);
    this.#symbols = spec.symbols === null ? null : new Set(spec.symbols);
    this.#fromTs = floorSlice(spec.startTs);
    this.#positionTs = floorSlice(Math.min(originTs, spec.startTs));
    [this.#pipeline, this.#merge, this.#comparison] = this.#begin();
    const { clock, host } = options;
    this.#pace = new Pace(() => clock.nowMs(), 1, spec.speed, spec.paused);
    this.#loop = new PacedLoop({
      clock,
      step: () => this.#step(),
      report: () => this.#tell(),
      reportEveryMs: TELL_EVERY_MS,
    });
    host.onGrant = () => this.#loop.wake();
  }

  /** Changes the clock; a jump needs the time from which its pipeline reads. */
  patch(patch: ReplayPatch, originTs: number | null): Promise<void> {
    return this.#loop.between(() => this.#apply(patch, originTs));
  }

  /** Ends the loop after the step that runs. */
  stop(): void {
    this.#loop.stop();
  }

  /** Plays until {@link ReplayRunner.stop}; stands still at the end. */
  async run(): Promise<void> {
    this.#pace.rebase(this.#positionTs);
    await this.#loop.run();
  }

  #begin(): [FlowPipeline, RawMerge, RowComparison] {
    const { read, createFlow } = this.#options;
    const { endTs, flow } = this.#spec;
    const pipeline = createFlow(
      flow,
      this.#positionTs,
      (stream, record) => this.#take(stream, record),
    );
    const comparison = new RowComparison(read, this.#fromTs, endTs);
    return [pipeline, new RawMerge(read, this.#positionTs, endTs), comparison];
  }

  get #isWarming(): boolean {
    return this.#positionTs < this.#fromTs;
  }

  #apply(patch: ReplayPatch, originTs: number | null): void {
    const { speed, seek_ts: seekTs, step_ms: stepMs, paused } = patch;
    const pace = this.#pace;
    if (seekTs !== undefined) this.#seek(seekTs, originTs ?? seekTs);
    if (stepMs !== undefined && (paused ?? pace.isPaused)) {
      const from = Math.max(this.#positionTs, this.#fromTs);
      pace.aim(from, from + floorSlice(stepMs + SLICE_MS - 1));
    }
    if (paused === true) pace.pause();
    if (paused === false) pace.resume();
    pace.setSpeed(speed ?? pace.speed, this.#positionTs);
    this.#loop.report();
  }

  #seek(toTs: number, originTs: number): void {
    const { startTs, endTs } = this.#spec;
    this.#columns.take();
    this.#fromTs = floorSlice(Math.min(Math.max(toTs, startTs), endTs));
    this.#positionTs = floorSlice(Math.min(originTs, this.#fromTs));
    this.#pace.arrive();
    this.#matched += this.#comparison.matched;
    this.#mismatched += this.#comparison.mismatched;
    [this.#pipeline, this.#merge, this.#comparison] = this.#begin();
    if (!this.#isWarming) this.#options.host.notify("sought");
  }

  /** Time that may be played now: the end of a warm-up or of a step at once, else what is due. */
  #targetTs(): number {
    const { endTs } = this.#spec;
    const { goal, isPaused } = this.#pace;
    if (this.#isWarming) return this.#fromTs;
    if (isPaused) return Math.min(endTs, Math.max(this.#positionTs, goal?.to ?? -Infinity));
    return Math.min(endTs, this.#pace.due());
  }

  /** One step; returns ms to wait before the next. */
  async #step(): Promise<number> {
    if (this.#options.host.inFlight >= this.#spec.maxInFlight) {
      // Time that the reader took does not count.
      this.#pace.rebase(this.#positionTs);
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
      this.#options.host.notify("sought");
      this.#pace.rebase(this.#positionTs);
      this.#loop.report();
    }
    if (this.#positionTs >= floorSlice(this.#spec.endTs)) this.#loop.report();
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
    const rows = this.#columns.take();
    const { stream, ts, seq } = rows;
    this.#options.host.send("batch", { rows, watermarkTs: this.#positionTs }, [
      stream.buffer,
      ts.buffer,
      seq.buffer,
    ]);
  }

  #tell(): void {
    this.#options.host.notify("clock", {
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
    const { speed, isPaused: paused } = this.#pace;
    return {
      ts: Math.max(this.#positionTs, this.#fromTs),
      start_ts: startTs,
      end_ts: endTs,
      speed: speed === "max" ? 1 : speed,
      paused,
      phase: this.#isWarming ? "warming" : ended ? "ended" : paused ? "paused" : "running",
    };
  }
}

function floorSlice(ts: number): number {
  return Math.floor(ts / SLICE_MS) * SLICE_MS;
}
