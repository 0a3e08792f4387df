import type { PresetId, ProfileId, RegimeId } from "../regime/mod.ts";

/**
 * The labelled side of the tape. Nothing in this file ever reaches an emitted record: it lives in the
 * generator's memory, in tests and in the offline label file.
 */

/** The 22 hidden subtypes. */
export const SUBTYPES = [
  "call_sweep",
  "put_sweep",
  "ask_lift_accumulation",
  "far_dated_conviction",
  "0dte_call_chase",
  "short_dated_put_panic",
  "attention_contract_spike",
  "earnings_vol_probe",
  "pre_event_directional_ramp",
  "post_gap_followthrough",
  "covered_call_overwrite",
  "cash_secured_put_write",
  "short_straddle_harvest",
  "parity_vertical",
  "conversion_reversal",
  "box_spread",
  "gamma_pinch_call_hedge",
  "reactive_put_wall",
  "dealer_unwind",
  "single_print_mid",
  "two_sided_scalp",
  "stale_quote_noise",
] as const;
export type Subtype = (typeof SUBTYPES)[number];

/** Families: the six public profiles and noise. */
export type Family = ProfileId | "neutral_noise";

/** Where a print executes against the quote that stands at its millisecond. */
export type Placement = "AA" | "A" | "MID" | "B" | "BB";

/** One leg of a parent. */
export interface Leg {
  readonly right: "C" | "P";
  readonly strike: number;
  /** Expiry date, YYYYMMDD. */
  readonly expiry: number;
  readonly contractId: string;
  /** +1 bought, −1 sold by the parent. */
  readonly side: 1 | -1;
  /** Per share, at the parent's start. */
  readonly delta: number;
  readonly vega: number;
  readonly iv: number;
  /** Contracts. */
  readonly size: number;
}

/** One print to come. Its price follows from the quote that stands when it happens. */
export interface PrintPlan {
  readonly ts: number;
  /** Index into the parent's legs. */
  readonly leg: number;
  readonly size: number;
  readonly placement: Placement;
  readonly venue: string;
  readonly conditions: readonly string[];
  /** Share of the parent's premium, 0…1. */
  readonly share: number;
}

/** A linked stock print of 100 shares per contract. */
export interface StockPlan {
  readonly ts: number;
  readonly shares: number;
  readonly side: 1 | -1;
}

/** One labelled parent order with everything it will print. */
export interface Parent {
  readonly slot: number;
  /** Epoch ms of the first print. */
  readonly ts: number;
  /** Index in the universe. */
  readonly symbol: number;
  readonly family: Family;
  readonly subtype: Subtype;
  /** Intended direction: +1 bullish, −1 bearish, 0 none. */
  readonly direction: 1 | -1 | 0;
  readonly regime: RegimeId;
  readonly preset: PresetId;
  readonly premiumUsd: number;
  readonly legs: readonly Leg[];
  readonly prints: readonly PrintPlan[];
  readonly stock: StockPlan | null;
  /** Target move over the 60 s before the first print, in one-minute standard deviations; null: any. */
  readonly moveTarget: number | null;
  readonly spreadZ: number;
  /** Parent-level volatility shock, annual (0.01 = one point). */
  readonly ivShock: number;
}
