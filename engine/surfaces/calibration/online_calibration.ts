import { bootstrapBounds, type Bounds } from "./bounds.ts";
import {
  MetricHistogram,
  type MetricHistogramState,
  middleOf,
  QuantileSearch,
} from "./metric_histogram.ts";
import { METRICS } from "./metrics.ts";

/** Windows that earlier sessions weigh as much as, and that a session without them must see first. */
const WARM_WINDOWS = 300;

/** Copy of a calibration, fit for structured clone. */
export interface OnlineCalibrationState {
  readonly own: readonly MetricHistogramState[];
  readonly earlier: readonly MetricHistogramState[];
  readonly bounds: Bounds;
}

/**
 * Bounds of every metric out of what was seen before: of earlier sessions, which weigh as much as 300 windows, and
 * of this one so far. Without earlier sessions the bounds to begin with hold until 300 windows have brought values.
 * {@link bounds} stand until {@link freeze}, so that a window's values never normalise themselves.
 */
export class OnlineCalibration {
  /** Bounds of the window under way, overwritten by {@link freeze}. */
  readonly bounds: Bounds = bootstrapBounds();
  readonly #own = METRICS.map(() => new MetricHistogram());
  readonly #earlier = METRICS.map(() => new MetricHistogram());
  readonly #search = new QuantileSearch();

  /** @param earlier What each earlier session saw ({@link seen}); any number of them, none for a bootstrap. */
  constructor(earlier: readonly (readonly MetricHistogramState[])[] = []) {
    for (const session of earlier) {
      this.#earlier.forEach((histogram, metric) => histogram.merge(session[metric]!));
    }
    this.freeze();
  }

  /**
   * Takes the values that a metric had in the window that closed. Once per window and metric, after the window was
   * normalised; without values it changes nothing.
   *
   * @param metric One of `METRIC`.
   * @param values Finite, unit of the metric; the first `count` are taken.
   */
  add(metric: number, values: Float64Array, count: number): void {
    this.#own[metric]!.add(values, count);
  }

  /** Makes the bounds of the next window out of everything seen so far. */
  freeze(): void {
    for (let metric = 0; metric < METRICS.length; metric++) this.#freeze(metric);
  }

  /** What this session alone has seen of each metric, for sessions to come. */
  seen(): readonly MetricHistogramState[] {
    return this.#own.map((histogram) => histogram.save());
  }

  save(): OnlineCalibrationState {
    return {
      own: this.seen(),
      earlier: this.#earlier.map((histogram) => histogram.save()),
      bounds: structuredClone(this.bounds),
    };
  }

  restore(state: OnlineCalibrationState): void {
    this.#own.forEach((histogram, metric) => histogram.restore(state.own[metric]!));
    this.#earlier.forEach((histogram, metric) => histogram.restore(state.earlier[metric]!));
    this.bounds.q05.set(state.bounds.q05);
    this.bounds.q95.set(state.bounds.q95);
    this.bounds.isBootstrap.set(state.bounds.isBootstrap);
  }

  #freeze(metric: number): void {
    const own = this.#own[metric]!;
    const earlier = this.#earlier[metric]!;
    const { q05, q95, isBootstrap } = this.bounds;
    const hasEarlier = earlier.windows > 0;
    if (!hasEarlier && own.windows < WARM_WINDOWS) return;
    const weight = hasEarlier ? WARM_WINDOWS / earlier.windows : 0;
    const search = this.#search;
    search.find(own, earlier, weight, 0.05);
    const low = search.slot;
    q05[metric] = search.value;
    search.find(own, earlier, weight, 0.95);
    q95[metric] = search.value;
    if (search.slot === low) { // a constant is not blown up over the width of a bin
      q05[metric] = middleOf(low);
      q95[metric] = q05[metric]! + 1;
    }
    isBootstrap[metric] = 0;
  }
}
