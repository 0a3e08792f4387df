import { deepEqual, equal } from "node:assert/strict";
import { sampleTest } from "../../../jobs/testing/samples.ts";
import { DbnDecoder } from "../../dbn/mod.ts";
import { BIDS } from "../book/mod.ts";
import { SurfaceWindows } from "./mod.ts";
import { NO_CHAIN } from "../gamma/mod.ts";

const BASE_NS = 1_758_742_200_000_000_000n;
const CRUDE_OIL = { instrumentId: 432_669, tickNano: 10_000_000 };

interface Totals {
  windows: number;
  added: number;
  pulled: number;
  pulledRest: number;
  filled: number;
  unmatched: number;
  ghosts: number;
}

/** Runs over a file in pieces and checks the accounts of every level on the way. */
function totalsOf(bytes: Uint8Array, piece: number): Totals & { resting: number } {
  const sum: Totals = {
    windows: 0,
    added: 0,
    pulled: 0,
    pulledRest: 0,
    filled: 0,
    unmatched: 0,
    ghosts: 0,
  };
  const ends = new Map<number, number>();
  const windows = new SurfaceWindows({
    baseNs: BASE_NS,
    future: CRUDE_OIL,
    options: NO_CHAIN,
    onWindow: ({ future: { levels, counts, row } }) => {
      sum.windows++;
      sum.unmatched += counts.unmatchedFills;
      sum.ghosts += counts.ghosts;
      for (let i = 0; i < levels.touchedCount; i++) {
        const level = levels.touchedAt(i);
        const key = levels.tick(level) * (levels.sideOf(level) === BIDS ? 1 : -1);
        const [add, pull] = [levels.added(level), levels.pulled(level)];
        const fill = levels.filled(level);
        sum.added += add;
        sum.pulled += pull;
        sum.pulledRest += levels.pulledRest(level);
        sum.filled += fill;
        equal(levels.depth(level) - levels.start(level), add - pull - fill, `level ${key}`);
        if ((row.quality & 1) === 0) equal(levels.start(level), ends.get(key) ?? 0, `level ${key}`);
        ends.set(key, levels.depth(level));
      }
      if ((row.quality & 1) !== 0) keepAll(ends, levels);
    },
  });
  const decoder = new DbnDecoder();
  const sink = { onMbo: windows.take.bind(windows) };
  for (let from = 0; from < bytes.length; from += piece) {
    decoder.push(bytes.subarray(from, from + piece), sink);
  }
  decoder.finish(sink);
  windows.finish();
  const [bids = 0, asks = 0] = windows.future.levels.total;
  return { ...sum, resting: bids + asks };
}

/** After a snapshot every level may be another one. */
function keepAll(ends: Map<number, number>, levels: SurfaceWindows["future"]["levels"]): void {
  ends.clear();
  for (let side = 0; side < 2; side++) {
    for (let rank = 0; rank < levels.count(side); rank++) {
      const level = levels.at(side, rank);
      ends.set(levels.tick(level) * (side === BIDS ? 1 : -1), levels.depth(level));
    }
  }
}

sampleTest("SurfaceWindows attributes a whole session as two others do, however chunked", (dir) => {
  const bytes = Deno.readFileSync(`${dir}/CLX5_mbo.dbn`);
  const whole = totalsOf(bytes, bytes.length);
  deepEqual(whole, {
    windows: 9_000,
    added: 29_231,
    pulled: 25_289,
    pulledRest: 18_316,
    filled: 3_503,
    unmatched: 6,
    ghosts: 1_470,
    resting: 439,
  });
  for (const piece of [1_000, 54_321, 1_000_000]) deepEqual(totalsOf(bytes, piece), whole);
});
