import { type Interval, percentile } from "../stats/mod.ts";
import { pnlInterval, tpInterval } from "./bootstrap.ts";
import type { OutcomeTable } from "./outcomes.ts";
import { meanPnl, tpRate } from "./random_trades.ts";

/** Trailing stretch over which activity is measured, ms. */
const ACTIVITY_MS = 60_000;
/** Length of a stratum of time, ns. */
const PART_NS = 1_800e9;

/** Trades of one kind of market. */
export interface Stratum {
  /** What splits the trades. */
  readonly by: "direction" | "activity" | "spread" | "time";
  readonly name: string;
  readonly n: number;
  readonly tp_rate: number;
  readonly tp_interval: Interval | null;
  readonly mean_pnl_ticks: number;
  readonly pnl_interval: Interval | null;
}

/** Which kind of market every bin belongs to. */
export interface MarketKinds {
  /** 0 quiet, 1 normal, 2 busy: thirds of the window by trailing path length of the mid. */
  readonly activity: Int8Array;
  /** 0 at most one tick, 1 wider or none. */
  readonly spread: Int8Array;
  /** Number of the half hour, from the first bin's. */
  readonly part: Int16Array;
  /** Start of part 0, ns from the series' base. */
  readonly partStartNs: number;
}

/**
 * Sorts bins into kinds of market. The bounds of quiet and busy are thirds of the window itself, so they
 * are known only afterwards: they describe, and cannot be traded on.
 *
 * @param tsNs Ascending, from a base that lies on a whole half hour.
 */
export function marketKinds(
  mid: Float64Array,
  spread: Float64Array,
  tsNs: Float64Array,
  cellWidthMs: number,
): MarketKinds {
  const n = mid.length;
  const path = trailingPath(mid, Math.max(1, Math.ceil(ACTIVITY_MS / cellWidthMs)));
  const low = percentile(path, 100 / 3);
  const high = percentile(path, 200 / 3);
  const partStartNs = n === 0 ? 0 : Math.floor(tsNs[0]! / PART_NS) * PART_NS;
  return {
    activity: Int8Array.from(path, (length) => length <= low ? 0 : length <= high ? 1 : 2),
    spread: Int8Array.from(spread, (ticks) => ticks <= 1 ? 0 : 1),
    part: Int16Array.from(tsNs, (ts) => Math.floor((ts - partStartNs) / PART_NS)),
    partStartNs,
  };
}

/** Distance that the mid went over the last bins, price units. */
function trailingPath(mid: Float64Array, bins: number): Float64Array {
  const n = mid.length;
  const total = new Float64Array(n + 1);
  let before = 0;
  for (let i = 0; i < n; i++) {
    const now = mid[i]!;
    total[i + 1] = total[i]! + (now > 0 && before > 0 ? Math.abs(now - before) : 0);
    if (now > 0) before = now;
  }
  return mid.map((_, i) => total[i + 1]! - total[Math.max(0, i + 1 - bins)]!);
}

/**
 * Splits trades by direction, activity, spread and half hour; kinds without a trade are left out.
 *
 * @param partName Name of a half hour by its start, ns from the series' base.
 */
export function strataOf(
  places: Int32Array,
  table: OutcomeTable,
  kinds: MarketKinds,
  partName: (startNs: number) => string,
  seed: number,
  stream: number,
): readonly Stratum[] {
  const found: Stratum[] = [];
  const add = (by: Stratum["by"], name: string, holds: (at: number) => boolean) => {
    const own = places.filter(holds);
    if (own.length === 0) return;
    const at = stream + found.length;
    found.push({
      by,
      name,
      n: own.length,
      tp_rate: tpRate(own, table),
      tp_interval: tpInterval(own, table, seed, at),
      mean_pnl_ticks: meanPnl(own, table),
      pnl_interval: pnlInterval(own, table, seed, at),
    });
  };
  add("direction", "up", (at) => (at & 1) === 0);
  add("direction", "down", (at) => (at & 1) === 1);
  ["quiet", "normal", "busy"].forEach((name, code) => {
    add("activity", name, (at) => kinds.activity[at >> 1] === code);
  });
  ["one tick", "wider"].forEach((name, code) => {
    add("spread", name, (at) => kinds.spread[at >> 1] === code);
  });
  const parts = kinds.part.length === 0 ? 0 : kinds.part[kinds.part.length - 1]! + 1;
  for (let part = 0; part < parts; part++) {
    const name = partName(kinds.partStartNs + part * PART_NS);
    add("time", name, (at) => kinds.part[at >> 1] === part);
  }
  return found;
}
