import type { Regime } from "../../../modules/feed/contract.ts";

/** Names of the order-flow regimes as people read them. */
export const REGIME_LABELS: Readonly<Record<Regime, string>> = {
  arb_calm: "Arbitrage calm",
  mean_revert: "Mean reversion",
  trend_up: "Trend up",
  trend_down: "Trend down",
  retail_chase: "Retail chase",
  event_ramp: "Event ramp",
  dealer_gamma: "Dealer gamma",
};
