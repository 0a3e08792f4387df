import { METRICS } from "./metrics.ts";

/** Bounds of every metric in one window; index = place in `METRICS`. */
export interface Bounds {
  /** 5 % of the values lie below, unit of the metric. */
  readonly q05: Float64Array;
  /** 95 % lie below, unit of the metric; never less than `q05`. */
  readonly q95: Float64Array;
  /** 1 where too little was seen, so that the bounds are those to begin with. */
  readonly isBootstrap: Uint8Array;
}

/** The bounds to begin with, for every metric. */
export function bootstrapBounds(): Bounds {
  return {
    q05: Float64Array.from(METRICS, ({ bootstrap }) => bootstrap[0]),
    q95: Float64Array.from(METRICS, ({ bootstrap }) => bootstrap[1]),
    isBootstrap: new Uint8Array(METRICS.length).fill(1),
  };
}
