import type { ReasonCode } from "./reasons.ts";

/** A term of a fit: weight times a value of 0…1. */
export interface TermSpec {
  readonly id: string;
  readonly weight: number;
  readonly reason: ReasonCode | null;
}

/** A factor that multiplies the whole fit when its condition holds. */
export interface GuardSpec {
  readonly id: string;
  readonly factor: number;
  readonly reason: ReasonCode | null;
}

/** One profile's fit: base + Σ weight × value, times the factors of the guards that hold. */
export interface ProfileSpec {
  readonly base: number;
  readonly terms: readonly TermSpec[];
  readonly guards: readonly GuardSpec[];
  /** Where the profile's values and guards start in the flat scratch arrays. */
  readonly termOffset: number;
  readonly guardOffset: number;
}

type Row = readonly [id: string, weightOrFactor: number, reason?: ReasonCode];

const THIN: Row = ["thin_evidence", 0.6, "thin_evidence_guard"];
/** A sale and a hedge are told by how often they print; one print alone is either, or neither. */
const VERY_THIN: Row = ["thin_evidence", 0.42, "thin_evidence_guard"];
const TWO_SIDED: Row = ["two_sided", 0.7, "two_sided_guard"];
const ORPHAN: Row = ["orphan_leg", 0.5, "orphan_complex_leg"];

/** Base, terms and guards of the six fits, in canonical order of the profiles. */
const ROWS: readonly { base: number; terms: readonly Row[]; guards: readonly Row[] }[] = [
  { // institutional_directional
    base: 0.14,
    terms: [
      ["premium", 0.24, "large_parent_event"],
      ["dominant_side", 0.2, "directional_aggressor_mix"],
      ["venues", 0.1, "multi_venue_sweep"],
      ["days_to_expiry", 0.12],
      ["delta_in_range", 0.08],
      ["quote_quality", 0.1],
      ["bought_share", 0.06],
    ],
    guards: [
      ["structure", 0.45],
      ["sold", 0.62],
      ["short_dated_low_delta", 0.62, "retail_frenzy_guard"],
      ["short_dated_atm", 0.6],
      ["event_context", 0.66],
      THIN,
      TWO_SIDED,
      ORPHAN,
    ],
  },
  { // retail_whale
    base: 0.1,
    terms: [
      ["short_dated_low_delta", 0.22, "short_dated_otm_attention_flow"],
      ["prints", 0.14, "burst_print_pattern"],
      ["volatility_rise", 0.18, "iv_shock"],
      ["bought_aggressively", 0.14, "directional_aggressor_mix"],
      ["cheap_contract", 0.1],
      ["venues", 0.06, "multi_venue_sweep"],
      ["quote_quality", 0.08],
    ],
    guards: [
      ["structure", 0.4],
      ["long_dated", 0.5],
      ["short_dated_atm", 0.62],
      ["large_prints", 0.62],
      ["sold", 0.5],
      THIN,
      TWO_SIDED,
      ORPHAN,
    ],
  },
  { // event_driven
    base: 0.1,
    terms: [
      ["event", 0.4],
      ["premium", 0.12, "large_parent_event"],
      ["dominant_side", 0.12, "directional_aggressor_mix"],
      ["venues", 0.08, "multi_venue_sweep"],
      ["quote_quality", 0.08],
      ["volatility_fits_event", 0.06],
    ],
    guards: [
      ["sold", 0.6],
      ["short_dated_atm", 0.6],
      ["other_structure", 0.5],
      THIN,
      TWO_SIDED,
      ORPHAN,
    ],
  },
  { // vol_seller
    base: 0.1,
    terms: [
      ["sold_aggressively", 0.34, "sell_side_premium"],
      ["short_straddle", 0.18, "short_vol_structure_evidence"],
      ["days_to_expiry", 0.14],
      ["volatility_fall", 0.12, "iv_compression"],
      ["premium", 0.12, "large_parent_event"],
      ["quote_quality", 0.08],
      ["low_delta_write", 0.12, "sell_side_premium"],
    ],
    guards: [
      ["bought", 0.3],
      ["other_structure", 0.4],
      ["short_dated", 0.55],
      VERY_THIN,
      TWO_SIDED,
    ],
  },
  { // arbitrage
    base: 0.06,
    terms: [
      ["structure", 0.2],
      ["leg_symmetry", 0.22, "matched_leg_symmetry"],
      ["flat_vega", 0.18, "near_flat_directional_exposure"],
      ["flat_delta", 0.14, "near_flat_directional_exposure"],
      ["inside_market", 0.1],
      ["quote_quality", 0.06],
      ["parity", 0.08],
    ],
    guards: [["single_leg", 0.2], ["straddle_without_stock", 0.5], THIN, TWO_SIDED],
  },
  { // hedge_reactive
    base: 0.1,
    terms: [
      ["short_dated_atm", 0.28, "short_dated_atm_gamma_context"],
      ["underlying_move", 0.22, "underlying_move_linkage"],
      ["contracts", 0.12],
      ["side_fits_move", 0.1, "underlying_move_linkage"],
      ["prints", 0.1, "burst_print_pattern"],
      ["quote_quality", 0.08],
    ],
    guards: [["structure", 0.4], ["long_dated", 0.4], VERY_THIN, TWO_SIDED],
  },
];

function specOf([id, number, reason]: Row) {
  return { id, number, reason: reason ?? null };
}

function build(): readonly ProfileSpec[] {
  const specs: ProfileSpec[] = [];
  let termOffset = 0;
  let guardOffset = 0;
  for (const row of ROWS) {
    const terms = row.terms.map(specOf).map(({ id, number: weight, reason }) => ({
      id,
      weight,
      reason,
    }));
    const guards = row.guards.map(specOf).map(({ id, number: factor, reason }) => ({
      id,
      factor,
      reason,
    }));
    specs.push({ base: row.base, terms, guards, termOffset, guardOffset });
    termOffset += terms.length;
    guardOffset += guards.length;
  }
  return specs;
}

/** The six fits in canonical order of the profiles. */
export const PROFILE_SPECS: readonly ProfileSpec[] = build();

/** Values and guards of all profiles together. */
export const TERM_COUNT = PROFILE_SPECS.reduce((sum, spec) => sum + spec.terms.length, 0);
export const GUARD_COUNT = PROFILE_SPECS.reduce((sum, spec) => sum + spec.guards.length, 0);
