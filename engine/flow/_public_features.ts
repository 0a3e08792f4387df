import type { EventContext } from "./_event_calendar.ts";
import { type Leg, type Measured, micro } from "./_measured.ts";
import { placementRatios } from "./_packet_features.ts";
import type { SmartMoneyFeatures } from "../frames/mod.ts";

/** Days before an event over which attention to it builds up. */
const EVENT_HORIZON_DAYS = 21;

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}

interface Strikes {
  readonly count: number;
  /** Premium share of the strike with most of it. */
  readonly concentration: number;
}

function strikes(legs: readonly Leg[], premium: number): Strikes {
  const byStrike = new Map<number, number>();
  for (const leg of legs) {
    byStrike.set(leg.strike, (byStrike.get(leg.strike) ?? 0) + leg.premium);
  }
  if (byStrike.size <= 1 || premium === 0) return { count: 1, concentration: 1 };
  return { count: byStrike.size, concentration: micro(Math.max(...byStrike.values()) / premium) };
}

/** The 35 public features of an event. Unknown values are null. */
export function publicFeatures(m: Measured, context: EventContext): SmartMoneyFeatures {
  const ratios = placementRatios(m);
  const single = m.structure === null ? m as Leg : null;
  const strike = strikes(m.legs, m.premium);
  const { daysToEvent, expiryAfterEvent } = context;
  return {
    contract_count: Math.max(1, m.legs.length),
    print_count: m.count,
    total_size: m.size,
    total_premium: m.premium,
    total_notional: m.notional,
    start_ts: m.startTs,
    end_ts: m.endTs,
    window_ms: m.endTs - m.startTs,
    option_contract_id: single?.contractId ?? null,
    option_type: single?.right ?? null,
    dte_days: m.dteDays,
    moneyness: m.moneyness,
    atm_proximity: m.moneyness === null ? null : micro(Math.abs(m.moneyness - 1)),
    aggressor_buy_ratio: ratios.buy,
    aggressor_sell_ratio: ratios.sell,
    aggressor_ratio: ratios.aggressive,
    nbbo_coverage_ratio: ratios.coverage,
    nbbo_inside_ratio: ratios.inside,
    nbbo_stale_ratio: ratios.stale,
    quote_age_ms: median(m.quoteAges),
    venue_count: m.venueCount,
    inter_fill_ms_mean: m.count > 1 ? micro((m.endTs - m.startTs) / (m.count - 1)) : null,
    strike_count: strike.count,
    strike_concentration: strike.concentration,
    structure_type: m.structure,
    structure_legs: m.legs.length,
    same_size_leg_symmetry: m.symmetry,
    net_directional_bias: micro(ratios.buy - ratios.sell),
    synthetic_iv_shock: m.ivShock,
    spread_widening: micro(m.standing.spread.z),
    underlying_move_bps: m.moveBps,
    days_to_event: daysToEvent,
    expiry_after_event: expiryAfterEvent,
    pre_event_concentration: daysToEvent === null
      ? null
      : micro(Math.min(1, Math.max(0, 1 - daysToEvent / EVENT_HORIZON_DAYS))),
    special_print_ratio: micro(m.special / m.count),
  };
}
