/** Every reason that a profile score can give. A code stands only where its term or guard counted. */
export const REASON_CODES = [
  "large_parent_event",
  "directional_aggressor_mix",
  "multi_venue_sweep",
  "retail_frenzy_guard",
  "short_dated_otm_attention_flow",
  "burst_print_pattern",
  "iv_shock",
  "event_calendar_alignment",
  "expiry_after_event",
  "pre_event_concentration",
  "post_event_followthrough",
  "sell_side_premium",
  "short_vol_structure_evidence",
  "iv_compression",
  "matched_leg_symmetry",
  "near_flat_directional_exposure",
  "parity_linked_stock",
  "short_dated_atm_gamma_context",
  "underlying_move_linkage",
  "thin_evidence_guard",
  "two_sided_guard",
  "orphan_complex_leg",
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** Why an event names no profile although one may score high. */
const SUPPRESSION_CODES = [
  "stale_or_missing_quote_context",
  "inside_market_or_cross_like_execution",
  "special_print_or_complex_context",
] as const;
export type SuppressionCode = (typeof SUPPRESSION_CODES)[number];
