import { forecastJson, GridEncoder, type GridFrame, gridUpdate } from "../../engine/frames/mod.ts";
import type { InstrumentConfig } from "../../engine/pressure/mod.ts";
import { ForecastStage, type ForecastState } from "../../engine/signals/mod.ts";
import type { LatencyMeter } from "./latency/mod.ts";
import type { EncodedBin } from "./protocol.ts";
import type { Release } from "./release.ts";
import { SignalLedger, type SignalStretch } from "./signal_ledger.ts";
import type { TradeOutput } from "./trade_output.ts";

/** Bins whose signals can be asked for: two minutes at 100 ms. */
const SIGNAL_BINS = 1_200;

/** Where the bins of a pressure pipeline go. */
export interface GridOutputOptions {
  readonly instrument: InstrumentConfig;
  /** Epoch ns that the frames' times count from. */
  readonly baseNs: bigint;
  readonly release: Release;
  /** Has the trades of every bin when the bin comes; null where no stage takes them. */
  readonly trades: TradeOutput | null;
  /** Measures what each bin takes; nothing is measured without. */
  readonly latency: LatencyMeter | null;
  readonly onBin: (bin: EncodedBin) => void;
}

/**
 * Takes the bins of the pressure pipeline: forecasts from each, encodes those that are for readers, and
 * keeps what their signals need.
 */
export class GridOutput {
  readonly #options: GridOutputOptions;
  readonly #encoder: GridEncoder;
  readonly #forecast: ForecastStage;
  readonly #signals: SignalLedger;

  constructor(options: GridOutputOptions) {
    this.#options = options;
    const { instrument, baseNs } = options;
    const { grid_radius_ticks: radius, cell_width_ms: cellMs } = instrument;
    this.#signals = new SignalLedger(SIGNAL_BINS, radius, cellMs, baseNs);
    this.#encoder = new GridEncoder(2 * radius + 1, instrument.projection_horizons_ms);
    this.#forecast = new ForecastStage(instrument);
  }

  /** What later bins' forecasts depend on. */
  save(): ForecastState {
    return this.#forecast.save();
  }

  /** Puts a copy back, together with the pipeline's of the same time. */
  restore(state: ForecastState): void {
    this.#forecast.restore(state);
  }

  /** The directional signals over some of the newest bins sent; null when one of them is not kept. */
  signals(from: number, to: number): SignalStretch | null {
    return this.#signals.over(from, to);
  }

  /** Takes a closed bin; its arrays are not kept. */
  take(frame: GridFrame): void {
    const { baseNs, latency, release, trades, onBin } = this.#options;
    // Bins that nobody sees are outcomes all the same.
    this.#forecast.take(frame);
    if (release.isMuted(frame.binEndNs)) {
      latency?.times.clear();
      return;
    }
    this.#signals.add(frame);
    const live = release.isLive(frame.binEndNs);
    const endNs = baseNs + BigInt(frame.binEndNs);
    const bin: EncodedBin = {
      seq: frame.binSeq,
      live,
      header: JSON.stringify({
        ...gridUpdate(frame, live),
        forecast: forecastJson(this.#forecast.frame),
      }),
      arrow: this.#encoder.encode(frame),
      parts: trades?.partsOf({ binSeq: frame.binSeq, endNs, live }) ?? [],
    };
    latency?.times.queuePutStart();
    onBin(bin);
    if (latency !== null) this.#measured(latency, frame);
  }

  #measured(latency: LatencyMeter, frame: GridFrame): void {
    const { instrument, baseNs } = this.#options;
    latency.times.queuePutDone();
    latency.take({
      productType: instrument.product_type,
      symbol: instrument.symbol,
      seq: frame.binSeq,
      startNs: baseNs + BigInt(frame.binStartNs),
      endNs: baseNs + BigInt(frame.binEndNs),
      eventCount: frame.binEventCount,
      eventId: frame.eventId,
    });
  }
}
