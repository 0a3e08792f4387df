import { pow } from "../../dmath/mod.ts";
import type { RegimeId } from "../../regime/mod.ts";

/** Length of one step of the chain, seconds. */
export const CHAIN_STEP_SEC = 0.02;

const HALF_LIFE_SEC = 5;
const BLEND = 1 - pow(2, -CHAIN_STEP_SEC / HALF_LIFE_SEC);

/** What a regime asks of the option chain; every number is the value at full effect. */
interface Mood {
  /** Added to the volatility at the money, 1.00 = 100 % a year. */
  readonly volatilityShift: number;
  /** Added to the skew. */
  readonly skewShift: number;
  /** Multiple of the customers' base rate. */
  readonly customers: number;
  /** Share of customers who want a call, 0..1. */
  readonly callShare: number;
  /** Share of customers who buy, 0..1. */
  readonly buyShare: number;
}

/** Moods per regime. @see docs/methods/synthetic-session.md, "Regimes". */
const MOODS: Readonly<Record<RegimeId, Mood>> = {
  arb_calm: mood(-0.010, 0, 0.6, 0.50, 0.50),
  mean_revert: mood(-0.005, 0, 0.8, 0.50, 0.50),
  trend_up: mood(-0.003, -0.01, 1.2, 0.60, 0.50),
  trend_down: mood(0.012, 0.03, 1.3, 0.38, 0.50),
  retail_chase: mood(0.015, -0.03, 2.2, 0.72, 0.75),
  event_ramp: mood(0.050, 0.02, 2.5, 0.50, 0.50),
  dealer_gamma: mood(0, 0, 1.8, 0.50, 0.50),
};

function mood(
  volatilityShift: number,
  skewShift: number,
  customers: number,
  callShare: number,
  buyShare: number,
): Mood {
  return { volatilityShift, skewShift, customers, callShare, buyShare };
}

/** The chain's parameters, on their way to those of the regime in force with a 5-s half-life. */
export class ChainMood implements Mood {
  volatilityShift: number;
  skewShift: number;
  customers: number;
  callShare: number;
  buyShare: number;

  /** Begins at a regime's own. */
  constructor(regime: RegimeId) {
    ({
      volatilityShift: this.volatilityShift,
      skewShift: this.skewShift,
      customers: this.customers,
      callShare: this.callShare,
      buyShare: this.buyShare,
    } = MOODS[regime]);
  }

  /** Advances by one step of {@link CHAIN_STEP_SEC}. */
  step(regime: RegimeId): void {
    const target = MOODS[regime];
    this.volatilityShift += (target.volatilityShift - this.volatilityShift) * BLEND;
    this.skewShift += (target.skewShift - this.skewShift) * BLEND;
    this.customers += (target.customers - this.customers) * BLEND;
    this.callShare += (target.callShare - this.callShare) * BLEND;
    this.buyShare += (target.buyShare - this.buyShare) * BLEND;
  }
}
