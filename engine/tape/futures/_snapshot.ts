import { ACTION, FLAG, SIDE } from "../../dbn/mod.ts";
import { Xoshiro256 } from "../../prng/mod.ts";
import type { OrderFlow } from "./_order_flow.ts";
import { flowTables } from "./_tables.ts";
import type { MboWriter } from "./mbo_writer.ts";

const SNAPSHOT_STREAM = 11;
const PROFILE_TICKS = 200;
const HOUR_NS = 3_600_000_000_000;
const FLAGS = FLAG.SNAPSHOT | FLAG.BAD_TS_RECV;

/**
 * Fills both sides to the target profile and writes the book as a snapshot: one clear, then every
 * resting order in the order of arrival, spread over the hour before the start.
 *
 * @param bestBid Best bid, ticks; the best ask stands one tick above.
 */
export function writeSnapshot(
  seed: number | bigint,
  flow: OrderFlow,
  bestBid: number,
  out: MboWriter,
): void {
  const rng = new Xoshiro256(seed, SNAPSHOT_STREAM);
  const { limitSizes } = flowTables();
  const orders: { bid: boolean; tick: number; size: number }[] = [];
  for (let k = 0; k <= PROFILE_TICKS; k++) {
    for (const bid of [true, false]) {
      const tick = bid ? bestBid - k : bestBid + 1 + k;
      let left = Math.max(1, Math.floor(flow.target(tick, k) + 0.5));
      while (left > 0) {
        const size = Math.min(left, limitSizes[rng.bits16()]!);
        orders.push({ bid, tick, size });
        left -= size;
      }
    }
  }
  for (let i = orders.length - 1; i > 0; i--) {
    const j = rng.below(i + 1);
    const held = orders[i]!;
    orders[i] = orders[j]!;
    orders[j] = held;
  }
  flow.packet.openSnapshot(0);
  flow.packet.snapshot(out, -HOUR_NS);
  out.record(ACTION.CLEAR, SIDE.NONE, FLAGS, 0, -1, 0);
  const stepNs = Math.floor(HOUR_NS / (orders.length + 1));
  let slotNs = -HOUR_NS;
  for (const { bid, tick, size } of orders) {
    slotNs += stepNs;
    const ns = slotNs - Math.floor(rng.uniform() * (stepNs - 1));
    const id = flow.nextOrderId();
    flow.packet.snapshot(out, ns);
    (bid ? flow.bids : flow.asks).add(id, tick, size, ns, 0);
    out.record(ACTION.ADD, bid ? SIDE.BID : SIDE.ASK, FLAGS, id, tick, size);
  }
  out.close();
}
