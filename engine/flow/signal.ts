import type { NbboSide } from "../frames/mod.ts";

/** Which view of the option tape the signal flag is for. */
export type SignalProfile = "smart-money" | "balanced" | "all";

/** Least notionals of a view, USD. */
interface SignalLimits {
  readonly any: number;
  readonly etf: number;
  readonly bid: number;
  readonly mid: number;
  readonly unquoted: number;
  readonly sweep: number;
  readonly large: number;
}

const LIMITS: Readonly<Record<"smart-money" | "balanced", SignalLimits>> = {
  "smart-money": {
    any: 10_000,
    etf: 50_000,
    bid: 25_000,
    mid: 20_000,
    unquoted: 50_000,
    sweep: 25_000,
    large: 100_000,
  },
  "balanced": {
    any: 5_000,
    etf: 25_000,
    bid: 15_000,
    mid: 12_500,
    unquoted: 25_000,
    sweep: 15_000,
    large: 75_000,
  },
};

/** Contracts from which a print is large by size. */
const LARGE_SIZE = 500;

/** Whether a print belongs to the signal view, and why or why not. */
export interface Signal {
  readonly pass: boolean;
  readonly reasons: readonly string[];
}

function signal(pass: boolean, ...reasons: string[]): Signal {
  return Object.freeze({ pass, reasons: Object.freeze(reasons) });
}

const ALL = signal(true, "all_prints");
const BELOW_MIN = signal(false, "below_min_notional");
const BELOW_ETF = signal(false, "below_etf_notional");
const BELOW_BID = signal(false, "below_bid_side_notional");
const BELOW_MID = signal(false, "below_mid_notional");
const BELOW_UNQUOTED = signal(false, "below_unquoted_notional");
const NO_RULE = signal(false, "no_signal_rule");
/** Reasons to keep a print, by the bits ask side 1, sweep 2, size 4, notional 8. */
const KEPT = Array.from({ length: 16 }, (_, bits) =>
  signal(
    bits > 0,
    ...["ask_side", "sweep", "large_size", "large_notional"].filter((_, bit) => bits & (1 << bit)),
  ));

/** What the signal view asks of a print. */
export interface SignalInput {
  /** USD with the multiplier. */
  readonly notional: number;
  readonly size: number;
  readonly side: NbboSide;
  readonly isEtf: boolean;
  readonly isSweep: boolean;
}

/**
 * Whether a print belongs to the signal view of the option tape. A filter for people's eyes: the packets
 * are built from all prints.
 */
export function signalOf(profile: SignalProfile, input: SignalInput): Signal {
  if (profile === "all") return ALL;
  const limits = LIMITS[profile];
  const { notional, side, isSweep } = input;
  if (notional < limits.any) return BELOW_MIN;
  if (input.isEtf && notional < limits.etf) return BELOW_ETF;
  if ((side === "B" || side === "BB") && notional < limits.bid) return BELOW_BID;
  if (side === "MID" && !isSweep && notional < limits.mid) return BELOW_MID;
  if ((side === "MISSING" || side === "STALE") && notional < limits.unquoted) return BELOW_UNQUOTED;
  const bits = (side === "A" || side === "AA" ? 1 : 0) |
    (isSweep && notional >= limits.sweep ? 2 : 0) |
    (input.size >= LARGE_SIZE && notional >= limits.any ? 4 : 0) |
    (notional >= limits.large ? 8 : 0);
  return bits === 0 ? NO_RULE : KEPT[bits]!;
}
