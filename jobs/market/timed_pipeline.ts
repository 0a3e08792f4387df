import {
  type PipelineInstrument,
  StreamPipeline,
  type StreamPipelineOptions,
} from "../../engine/pressure/mod.ts";
import type { BinTimes } from "./latency/mod.ts";

/**
 * The pipeline with a stopwatch: it notes when the first and the last event of a bin go in and when the
 * grid is ready. A class of its own, so that a market that is not measured runs no line of it.
 */
export class TimedPipeline extends StreamPipeline {
  readonly #times: BinTimes;

  /** @throws {RangeError} When a setting is out of range. */
  constructor(instrument: PipelineInstrument, options: StreamPipelineOptions, times: BinTimes) {
    super(instrument, {
      ...options,
      onBin: (frame) => {
        times.gridReady();
        options.onBin(frame);
      },
    });
    this.#times = times;
  }

  /** Called for every event that moves the ticks, right before it does. */
  protected override bin(tsNs: number, flags: number): void {
    super.bin(tsNs, flags);
    if (tsNs >= this.emitAfterNs && this.clock.events > 0) this.#times.ingest();
  }
}
