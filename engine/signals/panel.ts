import { rankLimit, rankOf } from "./signal_rows.ts";

/** What the panel reads of one bin: columns of equal length, one row per price level. */
export interface PanelRows {
  /** Ticks from the spot reference. */
  readonly k: Int32Array;
  /** Contracts/s. */
  readonly pressure: Float64Array;
  /** Contracts/s. */
  readonly vacuum: Float64Array;
  /** Contracts. */
  readonly restDepth: Float64Array;
  /** True when row k sits at k + ½ ticks from the mid. */
  readonly spotHalfTick: boolean;
}

/** Sums over the levels above and below the mid; the level at the mid belongs to neither. */
export interface PanelSums {
  readonly pressureAbove: number;
  readonly pressureBelow: number;
  readonly vacuumAbove: number;
  readonly vacuumBelow: number;
  readonly depthAbove: number;
  readonly depthBelow: number;
}

/** Readings of {@link PanelSums} that a person looks at. */
export interface Panel {
  readonly sums: PanelSums;
  /** Pressure below plus vacuum above, contracts/s: what holds or draws the price up. */
  readonly bull: number;
  /** Pressure above plus vacuum below, contracts/s. */
  readonly bear: number;
  /** bull − bear, contracts/s. */
  readonly net: number;
  /** bull + bear, contracts/s. */
  readonly total: number;
  /** |net| / total, 0 to 1; 0 without any force. */
  readonly conviction: number;
  readonly state: "UP BIAS" | "DOWN BIAS" | "UP LEAN" | "DOWN LEAN" | "CHOP";
  readonly long: "HOLD" | "TIGHTEN" | "EXIT";
  readonly short: "HOLD" | "TIGHTEN" | "EXIT";
  readonly risk:
    | "SUPPORT FAILING"
    | "RESISTANCE THINNING"
    | "UP ADVANTAGE"
    | "DOWN ADVANTAGE"
    | "BALANCED";
  /** Place of the marker on a bar from bear to bull, 0 to 1. */
  readonly marker: number;
  /** Depth below minus depth above, contracts. */
  readonly depthTilt: number;
  /** Contracts. */
  readonly depthTotal: number;
}

/**
 * Sums a bin by side of the mid.
 *
 * @see docs/methods/signals.md, "Signal panel".
 */
export function panelSums(rows: PanelRows): PanelSums {
  const { k, pressure, vacuum, restDepth, spotHalfTick } = rows;
  const limit = rankLimit(k, spotHalfTick);
  const sums = {
    pressureAbove: 0,
    pressureBelow: 0,
    vacuumAbove: 0,
    vacuumBelow: 0,
    depthAbove: 0,
    depthBelow: 0,
  };
  for (let i = 0; i < k.length; i++) {
    const rank = rankOf(k[i]!, spotHalfTick);
    if (rank > 0 && rank <= limit) {
      sums.pressureAbove += pressure[i]!;
      sums.vacuumAbove += vacuum[i]!;
      sums.depthAbove += restDepth[i]!;
    } else if (rank < 0) {
      sums.pressureBelow += pressure[i]!;
      sums.vacuumBelow += vacuum[i]!;
      sums.depthBelow += restDepth[i]!;
    }
  }
  return sums;
}

/**
 * Reads the sums as a state, advice for an open position and a risk. These are descriptions of the
 * present book by fixed thresholds, not tested forecasts.
 *
 * @see docs/methods/signals.md, "Signal panel".
 */
export function readPanel(sums: PanelSums): Panel {
  const { pressureAbove, pressureBelow, vacuumAbove, vacuumBelow, depthAbove, depthBelow } = sums;
  const bull = pressureBelow + vacuumAbove;
  const bear = pressureAbove + vacuumBelow;
  const net = bull - bear;
  const total = bull + bear;
  const up = vacuumAbove > pressureAbove && pressureBelow > vacuumBelow;
  const down = vacuumBelow > pressureBelow && pressureAbove > vacuumAbove;
  return {
    sums,
    bull,
    bear,
    net,
    total,
    conviction: total === 0 ? 0 : Math.abs(net) / total,
    state: panelState(net, up, down),
    long: net > 5 && up ? "HOLD" : net > -2 ? "TIGHTEN" : "EXIT",
    short: net < -5 && down ? "HOLD" : net < 2 ? "TIGHTEN" : "EXIT",
    risk: panelRisk(sums, net),
    marker: 0.5 * Math.tanh(net / 200) + 0.5,
    depthTilt: depthBelow - depthAbove,
    depthTotal: depthAbove + depthBelow,
  };
}

function panelState(net: number, up: boolean, down: boolean): Panel["state"] {
  if (net > 5 && up) return "UP BIAS";
  if (net < -5 && down) return "DOWN BIAS";
  if (net > 2) return "UP LEAN";
  if (net < -2) return "DOWN LEAN";
  return "CHOP";
}

function panelRisk(sums: PanelSums, net: number): Panel["risk"] {
  if (sums.vacuumBelow > Math.max(1.15 * sums.pressureBelow, 2)) return "SUPPORT FAILING";
  if (sums.vacuumAbove > Math.max(1.15 * sums.pressureAbove, 2)) return "RESISTANCE THINNING";
  if (Math.abs(net) >= 2) return net > 0 ? "UP ADVANTAGE" : "DOWN ADVANTAGE";
  return "BALANCED";
}

/** A number with one decimal, and a plus sign when positive. */
export function signedText(value: number): string {
  return `${value > 0 ? "+" : ""}${value.toFixed(1)}`;
}

/** A share as a whole percentage. */
export function percentText(share: number): string {
  return `${Math.round(share * 100)}%`;
}
