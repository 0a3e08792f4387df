import { Xoshiro256 } from "../../prng/mod.ts";
import type { VectorEvent } from "../../../jobs/testing/vectors/surface_events.ts";

const TICK = 250_000_000;
const MIDDLE = 6_950_000_000_000;

/**
 * A stream with every kind of trouble: adds, full and partial cancels, modifies, partial fills before
 * and after their C, icebergs, snapshots with and without a clear, doubtful and late records, crossed
 * books, unknown and repeated orders, prices off the tick or far away, quiet seconds. Instrument 0 is
 * the future; others have no book.
 */
export function randomStream(seed: number, events: number): VectorEvent[] {
  const random = new Xoshiro256(seed, 12);
  const below = (n: number) => Math.floor(random.uniform() * n);
  const chance = (p: number) => random.uniform() < p;
  const found: VectorEvent[] = [];
  let now = below(2e9);
  let middle = MIDDLE;
  const price = (side: string) => {
    const away = chance(0.03) ? below(1_600) - 400 : chance(0.04) ? -below(4) : 1 + below(8);
    return middle + TICK * (side === "B" ? -away : away) + (chance(0.02) ? 7 : 0);
  };
  const put = (action: string, flags: number, id = below(24), size = 1 + below(9)) => {
    const side = chance(0.02) ? "N" : (id % 2 === 0) !== chance(0.05) ? "B" : "A";
    const late = chance(0.03) ? below(2e9) : 0;
    const instrument = chance(0.02) ? 5 : 0;
    const doubt = chance(0.004) ? 4 : 0;
    const kept = chance(0.02) ? (chance(0.5) ? null : 0) : price(side);
    found.push([now - late, instrument, action, side, kept, size, id, flags | doubt]);
  };
  const snapshot = () => {
    if (chance(0.7)) put("R", chance(0.8) ? 40 : 128, 0, 0);
    const ids = below(10);
    for (let id = 0; id < ids; id++) put("A", 40, id);
    if (chance(0.8)) put("A", 168);
  };
  const execution = () => {
    const id = below(24);
    const size = 1 + below(6);
    const parts = [["T", 0, size], ["F", id, size], ["C", id, size]] as const;
    const order = chance(0.7) ? [0, 1, 2] : chance(0.5) ? [0, 2, 1] : [1, 0];
    const extra = chance(0.3) ? [1] : [];
    for (const part of [...order, ...extra]) {
      const [action, whose, qty] = parts[part]!;
      put(action, 0, whose, chance(0.2) ? qty + below(3) : qty);
      if (chance(0.05)) put("A", 0, id);
      if (chance(0.05)) now += below(1e9);
      if (chance(0.01)) put("R", 0, 0, 0);
    }
    put(chance(0.4) ? "M" : "N", 128, id, size);
  };
  if (chance(0.7)) snapshot();
  while (found.length < events) {
    now += chance(0.02) ? below(4e9) : below(4e7);
    if (chance(0.05)) middle += TICK * (below(5) - 2);
    const kind = random.uniform();
    if (kind < 0.45) put("A", chance(0.9) ? 128 : 0, below(60));
    else if (kind < 0.62) put("C", chance(0.9) ? 128 : 0, below(60));
    else if (kind < 0.76) put("M", chance(0.9) ? 128 : 0);
    else if (kind < 0.97) execution();
    else if (kind < 0.98) snapshot();
    else put("N", 128);
  }
  return found;
}
