import { BoundedMap, type Touched } from "./_bounded_map.ts";

/** Packets that a baseline looks back on, and how long. */
const PACKETS = 50;
export const BASELINE_MS = 390_000;
/** Packets from which a contract's own baseline counts; below it, its bucket's. */
const LEAST_OWN = 5;
const CAP = 20_000;
const FIRST_ROOM = 8;

/** Where a value stands against the packets before. */
export interface Standing {
  readonly mean: number;
  /** Population standard deviation. */
  readonly std: number;
  /** 0 when the deviation is 0. */
  readonly z: number;
  /** Packets behind it. */
  readonly n: number;
}

const COLD: Standing = { mean: 0, std: 0, z: 0, n: 0 };

class Ring {
  #values = new Float64Array(FIRST_ROOM);
  #times = new Float64Array(FIRST_ROOM);
  #count = 0;

  /** Values after `sinceMs`. */
  countSince(sinceMs: number): number {
    const kept = Math.min(this.#count, PACKETS);
    for (let n = 0; n < kept; n++) {
      if (this.#times[(this.#count - 1 - n) % PACKETS]! <= sinceMs) return n;
    }
    return kept;
  }

  push(value: number, nowMs: number): void {
    if (this.#count === this.#values.length && this.#count < PACKETS) {
      this.#values = widened(this.#values, this.#count * 3);
      this.#times = widened(this.#times, this.#count * 3);
    }
    this.#values[this.#count % PACKETS] = value;
    this.#times[this.#count % PACKETS] = nowMs;
    this.#count++;
  }

  /** Where a value stands against the newest `n`, added up from the oldest on: the sum is the same anywhere. */
  standing(value: number, n: number): Standing {
    if (n === 0) return COLD;
    const first = this.#count - n;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += this.#values[(first + i) % PACKETS]!;
    const mean = sum / n;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const distance = this.#values[(first + i) % PACKETS]! - mean;
      squares += distance * distance;
    }
    const std = Math.sqrt(squares / n);
    // A deviation that is only rounding must not blow a z up.
    return { mean, std, z: std > 1e-9 ? (value - mean) / std : 0, n };
  }
}

function widened(values: Float64Array<ArrayBuffer>, room: number): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(Math.min(PACKETS, room));
  wider.set(values);
  return wider;
}

class Baseline implements Touched {
  touchedTs = 0;
  readonly premium = new Ring();
  readonly size = new Ring();
  readonly spread = new Ring();
}

/** Standing of a packet's premium, size and quoted spread. */
export interface PacketStanding {
  readonly premium: Standing;
  readonly size: Standing;
  readonly spread: Standing;
}

/**
 * Rolling baselines of the last 50 packets per contract within six and a half minutes. A contract with fewer
 * than five is measured against its bucket of symbol, tenor and moneyness. At most 20,000 of each.
 */
export class Baselines {
  readonly #own = new BoundedMap<Baseline>(CAP, BASELINE_MS);
  readonly #buckets = new BoundedMap<Baseline>(CAP, BASELINE_MS);

  get size(): number {
    return this.#own.size + this.#buckets.size;
  }

  /** Standing of a packet against those before it; then it counts for those after it. */
  measure(
    contractId: string,
    bucket: string,
    nowMs: number,
    premium: number,
    size: number,
    spread: number | null,
  ): PacketStanding {
    const own = take(this.#own, contractId, nowMs);
    const wide = take(this.#buckets, bucket, nowMs);
    const sinceMs = nowMs - BASELINE_MS;
    const found = {
      premium: pick(own.premium, wide.premium, premium, sinceMs),
      size: pick(own.size, wide.size, size, sinceMs),
      spread: spread === null ? COLD : pick(own.spread, wide.spread, spread, sinceMs),
    };
    for (const { premium: premiums, size: sizes, spread: spreads } of [own, wide]) {
      premiums.push(premium, nowMs);
      sizes.push(size, nowMs);
      if (spread !== null) spreads.push(spread, nowMs);
    }
    return found;
  }

  sweep(nowMs: number): void {
    this.#own.sweep(nowMs);
    this.#buckets.sweep(nowMs);
  }
}

function take(map: BoundedMap<Baseline>, key: string, nowMs: number): Baseline {
  let found = map.get(key);
  if (found === undefined) {
    found = new Baseline();
    map.set(key, found);
  }
  found.touchedTs = nowMs;
  return found;
}

function pick(own: Ring, bucket: Ring, value: number, sinceMs: number): Standing {
  const mine = own.countSince(sinceMs);
  const all = bucket.countSince(sinceMs);
  return mine >= LEAST_OWN || mine >= all ? own.standing(value, mine) : bucket.standing(value, all);
}

/** Bucket of a contract: root, tenor and distance of the strike from spot. */
export function bucketOf(root: string, dteDays: number, moneyness: number | null): string {
  const tenor = dteDays === 0 ? 0 : dteDays <= 7 ? 1 : dteDays <= 45 ? 2 : 3;
  const away = moneyness === null ? 1 : Math.abs(moneyness - 1);
  const zone = away < 0.01 ? 0 : away < 0.03 ? 1 : away < 0.08 ? 2 : 3;
  return `${root}:${tenor}${zone}`;
}
