/**
 * Every number that the directional signals and their bands can be changed by. Widths and levels are
 * whole numbers of price levels, times are ms, the rest are plain factors.
 *
 * @see docs/methods/signals.md, "Parameters".
 */
export interface SignalParameters {
  /** Levels in the nearest, the middle and the farthest band of ADS, each ≥ 1. */
  readonly adsWidth1: number;
  readonly adsWidth2: number;
  readonly adsWidth3: number;
  /** Spans of its three slopes, ms. */
  readonly adsSlope1Ms: number;
  readonly adsSlope2Ms: number;
  readonly adsSlope3Ms: number;
  /** Weights of the three slopes. */
  readonly adsWeight1: number;
  readonly adsWeight2: number;
  readonly adsWeight3: number;
  /** Span of past slopes that a slope is scaled by, ms. */
  readonly adsZMs: number;
  /** Levels of the inner zone of PFP, from the price on. */
  readonly pfpInner: number;
  /** First and last level of its outer zone. */
  readonly pfpOuterFrom: number;
  readonly pfpOuterTo: number;
  /** Time from outer to inner activity, ms. */
  readonly pfpLagMs: number;
  /** Weight of the newest bin in its exponential means, in (0, 1]. */
  readonly pfpAlpha: number;
  /** Weights of what adds and executes, and of what is pulled. */
  readonly pfpAddWeight: number;
  readonly pfpPullWeight: number;
  /** Weight of the newest bin in the size that SVac is measured by, in (0, 1]. */
  readonly svacAlpha: number;
  /** Weights in the blend, before the signals that are not warm are left out. */
  readonly blendAds: number;
  readonly blendPfp: number;
  readonly blendSvac: number;
  /** Factor on the spread of the projection bands. */
  readonly bandSpread: number;
}

/** Name of a parameter. */
export type ParameterName = keyof SignalParameters;

/** The numbers that the signals are defined by. */
export const DEFAULT_PARAMETERS: SignalParameters = {
  adsWidth1: 3,
  adsWidth2: 8,
  adsWidth3: 12,
  adsSlope1Ms: 1_000,
  adsSlope2Ms: 2_500,
  adsSlope3Ms: 5_000,
  adsWeight1: 0.40,
  adsWeight2: 0.35,
  adsWeight3: 0.25,
  adsZMs: 20_000,
  pfpInner: 3,
  pfpOuterFrom: 5,
  pfpOuterTo: 12,
  pfpLagMs: 500,
  pfpAlpha: 0.1,
  pfpAddWeight: 0.6,
  pfpPullWeight: 0.4,
  svacAlpha: 0.05,
  blendAds: 0.40,
  blendPfp: 0.30,
  blendSvac: 0.30,
  bandSpread: 1,
};
