import { FLAG } from "../dbn/mod.ts";
import type { PipelineTap } from "./pipeline_tap.ts";
import type { PressureEngine } from "./pressure_engine.ts";
import type { EventSink } from "./replay_filter.ts";

/** Whose events a tap follows. */
interface Tapped extends EventSink {
  readonly engine: PressureEngine;
}

/**
 * Passes events on to a pipeline and shows its book to a tap where an event ends: between the records of one
 * event the book is half old and half new, and while a snapshot is under way it is half empty. It stands in
 * front of the pipeline, so that one without a tap runs no line of it.
 */
export class TappedEvents implements EventSink {
  readonly #pipeline: Tapped;
  readonly #tap: PipelineTap;

  constructor(pipeline: Tapped, tap: PipelineTap) {
    this.#pipeline = pipeline;
    this.#tap = tap;
  }

  onEvent(
    tsNs: number,
    action: number,
    side: number,
    priceNano: number,
    size: number,
    idLow: number,
    idHigh: number,
    flags: number,
  ): void {
    const pipeline = this.#pipeline;
    pipeline.onEvent(tsNs, action, side, priceNano, size, idLow, idHigh, flags);
    if ((flags & FLAG.LAST) === 0) return;
    const { engine } = pipeline;
    if (!engine.snapshotInProgress) this.#tap.see(engine.book);
  }
}
