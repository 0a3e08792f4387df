import { deepEqual, equal } from "node:assert/strict";
import type { TickBook } from "../book/mod.ts";
import { ACTION, FLAG, MBO_WORD, type MboBlock, SIDE } from "../dbn/mod.ts";
import { CorePipeline } from "./core_pipeline.ts";
import type { PipelineTap } from "./pipeline_tap.ts";
import { QUADRATIC_PROJECTION } from "./projection.ts";
import { StreamPipeline } from "./stream_pipeline.ts";

const TICK = 250_000_000;
const STRIDE_WORDS = 14;
const INSTRUMENT = {
  product_type: "future_mbo" as const,
  symbol: "TEST",
  tick_int: TICK,
  n_absolute_ticks: 64,
  grid_radius_ticks: 20,
  cell_width_ms: 100,
  pressure_model: "complete" as const,
  spectrum_windows: [2, 5],
  spectrum_rollup_weights: [1, 2],
  spectrum_derivative_weights: [0.55, 0.3, 0.15],
  spectrum_tanh_scale: 3,
  spectrum_threshold_neutral: 0.15,
  zscore_window_bins: 40,
  zscore_min_periods: 10,
  projection_horizons_bins: [1],
  projection_horizons_ms: [100],
};

/** One record; what is left out is a single resting bid of an event of its own. */
interface Order {
  readonly ms: number;
  readonly action?: number;
  readonly side?: number;
  readonly tick?: number;
  readonly id?: number;
  readonly flags?: number;
}

function blockOf(orders: readonly Order[]): MboBlock {
  const words = new Uint32Array(orders.length * STRIDE_WORDS);
  orders.forEach((order, i) => {
    const { ms, action = ACTION.ADD, side = SIDE.BID, tick = 1_000, id = i + 1 } = order;
    const { flags = FLAG.LAST } = order;
    const at = i * STRIDE_WORDS;
    const [ts, price] = [BigInt(ms) * 1_000_000n, BigInt(tick) * BigInt(TICK)];
    words[at + MBO_WORD.TS_EVENT_LOW] = Number(ts & 0xffff_ffffn);
    words[at + MBO_WORD.TS_EVENT_HIGH] = Number(ts >> 32n);
    words[at + MBO_WORD.PRICE_LOW] = Number(price & 0xffff_ffffn);
    words[at + MBO_WORD.PRICE_HIGH] = Number(price >> 32n);
    words[at + MBO_WORD.SIZE] = 5;
    words[at + MBO_WORD.ORDER_ID_LOW] = id;
    words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE] = (flags | action << 16 | side << 24) >>> 0;
  });
  return { words, strideWords: STRIDE_WORDS, count: orders.length };
}

/** Tells what happens to it, in order, with times in ms; stretches of 250 ms from whole ones on. */
class Recorder implements PipelineTap {
  readonly told: string[];
  endNs = NaN;

  constructor(told: string[]) {
    this.told = told;
  }

  open(startNs: number): void {
    this.told.push(`open ${startNs / 1e6}`);
    this.endNs = (Math.floor(startNs / 250e6) + 1) * 250e6;
  }

  close(): void {
    this.told.push(`stretch ${this.endNs / 1e6}`);
    this.endNs += 250e6;
  }

  see({ bestBid, bestAsk }: TickBook): void {
    this.told.push(`${bestBid / TICK}/${bestAsk / TICK}`);
  }
}

function tapped(startMs = 0) {
  const told: string[] = [];
  const pipeline = new StreamPipeline(INSTRUMENT, {
    baseNs: 0n,
    emitAfterNs: startMs * 1e6,
    warmupStartNs: 0,
    projection: QUADRATIC_PROJECTION,
    tap: new Recorder(told),
    onBin: ({ binEndNs }) => told.push(`bin ${binEndNs / 1e6}`),
  });
  return { told, pipeline };
}

Deno.test("PipelineTap closes after the bins that end by then, before the first event at its end", () => {
  const { told, pipeline } = tapped();
  pipeline.take(blockOf([{ ms: 150 }, { ms: 249 }, { ms: 250, tick: 1_001 }]));
  deepEqual(told, ["open 150", "1000/0", "1000/0", "bin 250", "stretch 250", "1001/0"]);
});

Deno.test("PipelineTap closes as time passes without events, and not at the end of the input", () => {
  const { told, pipeline } = tapped();
  pipeline.closeUntil(1e9);
  deepEqual(told, [], "no bin is open yet");
  pipeline.take(blockOf([{ ms: 1_160 }]));
  told.length = 0;
  pipeline.closeUntil(1_499e6);
  deepEqual(told, ["stretch 1250", "bin 1260", "bin 1360", "bin 1460"]);
  pipeline.closeUntil(1_500e6);
  equal(told.at(-1), "stretch 1500");
  pipeline.take(blockOf([{ ms: 1_510, id: 9 }]));
  told.length = 0;
  pipeline.finish();
  deepEqual(told, ["bin 1560"]);
});

Deno.test("PipelineTap opens with the first bin and has seen the book that led to it", () => {
  const { told, pipeline } = tapped(600);
  pipeline.take(blockOf([{ ms: 100 }, { ms: 510, side: SIDE.ASK, tick: 1_002 }]));
  pipeline.openFirstBin();
  pipeline.closeUntil(750e6);
  deepEqual(told, ["1000/0", "1000/1002", "open 600", "bin 700", "stretch 750"]);
});

Deno.test("PipelineTap sees no book inside an event or a snapshot", () => {
  const { told, pipeline } = tapped();
  pipeline.take(blockOf([
    { ms: 10, flags: 0 },
    { ms: 10, side: SIDE.ASK, tick: 1_002 },
    { ms: 20, action: ACTION.CLEAR, side: SIDE.NONE, flags: FLAG.SNAPSHOT },
    { ms: 20, tick: 998, flags: FLAG.SNAPSHOT },
    { ms: 20, tick: 999 }, // another event amid the snapshot
    { ms: 20, side: SIDE.ASK, tick: 1_003, flags: FLAG.SNAPSHOT | FLAG.LAST },
  ]));
  deepEqual(told, ["open 10", "1000/1002", "999/1003"]);
});

for (const model of ["complete", "compat"] as const) {
  Deno.test(`CorePipeline in the model ${model} gives the same bins with a tap`, () => {
    const block = blockOf(Array.from({ length: 900 }, (_, i) => ({
      ms: 100 + 7 * i,
      side: i % 2 === 0 ? SIDE.BID : SIDE.ASK,
      tick: 1_000 + (i % 2 === 0 ? -(i % 5) - 1 : i % 7) + (i > 400 ? 9 : 0),
    })));
    const run = (tap?: PipelineTap) => {
      const bins: string[] = [];
      const pipeline = new CorePipeline({ ...INSTRUMENT, pressure_model: model }, {
        baseNs: 0n,
        emitAfterNs: 0,
        warmupStartNs: 0,
        reanchorAfterNs: 3_005e6, // inside a bin, and where no stretch ends
        onBin: ({ binEndNs, anchorTick, columns }) => {
          const sums = columns.map((column) => column.reduce((sum, value) => sum + value, 0));
          bins.push(JSON.stringify([binEndNs, anchorTick, sums]));
        },
        ...(tap === undefined ? {} : { tap }),
      });
      pipeline.take(block);
      pipeline.finish();
      return { bins, hash: pipeline.hash() };
    };
    const told: string[] = [];
    deepEqual(run(new Recorder(told)), run());
    equal(told.filter((line) => line.startsWith("stretch")).length, 25);
  });
}
