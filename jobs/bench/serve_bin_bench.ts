import { GridEncoder, type GridFrame, gridLayout, GridView } from "../../engine/frames/mod.ts";
import { QUADRATIC_PROJECTION, StreamPipeline } from "../../engine/pressure/mod.ts";
import { newWindowFrame, writeWindow } from "../../engine/pressure/serve_window.ts";
import { percentile } from "../../engine/stats/mod.ts";
import { FuturesTape } from "../../engine/tape/futures/mod.ts";
import { instrumentFor } from "../feeds/instruments.ts";
import type { BenchRow } from "./row.ts";

const START_NS = 1_767_709_740_000_000_000n;
const BASE_NS = START_NS - 86_400_000_000_000n;
const WARM_SEC = 45;
const BINS = 2_000;
const BINS_PER_ROUND = 200;
const ROUNDS = 12;

/** Times one served bin: window, then Arrow; and what a bin leaves to the garbage collector. */
export async function serveRows(now: () => number): Promise<BenchRow[]> {
  const { config } = await instrumentFor("es", "");
  const tape = new FuturesTape({ seed: 1, startNs: START_NS });
  const out = tape.writer();
  const pipeline = new StreamPipeline(config, {
    baseNs: BASE_NS,
    emitAfterNs: 0,
    warmupStartNs: 0,
    projection: QUADRATIC_PROJECTION,
    onBin: () => {},
  });
  const run = (sec: number) => {
    out.reset();
    tape.generate(sec * 1e9, out);
    pipeline.take(out.block());
  };
  for (let sec = 1; sec <= WARM_SEC; sec++) run(sec);
  const horizons = config.projection_horizons_ms;
  const frame = newWindowFrame(BASE_NS, config.grid_radius_ticks, horizons.length);
  const encoder = new GridEncoder(2 * config.grid_radius_ticks + 1, horizons);
  let arrowBytes = 0;
  let jsonBytes = 0;
  const fast = times(now, BINS, () => {
    writeWindow(pipeline.engine, pipeline.spectrum, frame);
    arrowBytes = encoder.encode(frame).length;
  });
  const json = new RowText(frame, horizons);
  const naive = times(now, BINS, () => {
    writeWindow(pipeline.engine, pipeline.spectrum, frame);
    jsonBytes = json.encode().length;
  });
  const allocated = bytesPerBin(pipeline);
  return [
    {
      name: "serve",
      what: "serve bin of 101 ticks, Arrow encoding included, p50",
      unit: "ms",
      measured: percentile(fast, 50),
      baseline: { what: "an object per row as JSON", value: percentile(naive, 50) },
      reach: { bound: "at most", value: 0.5 },
      note: `p99 ${percentile(fast, 99).toFixed(2)} ms; ${arrowBytes} against ${jsonBytes} bytes`,
    },
    {
      name: "serve",
      what: "allocation per bin in steady state, engine and spectrum",
      unit: "bytes",
      measured: allocated,
      baseline: null,
      reach: null,
      note: "least growth of the heap over 200 bins of time passing",
    },
  ];
}

/** The same columns as an array of row objects, as text. */
class RowText {
  readonly #frame: GridFrame;
  readonly #names: readonly string[];
  readonly #view: GridView;
  readonly #encoder = new TextEncoder();

  constructor(frame: GridFrame, horizonsMs: readonly number[]) {
    this.#frame = frame;
    const layout = gridLayout(frame.k.length, horizonsMs);
    this.#names = layout.columns.map(({ name }) => name);
    this.#view = new GridView(layout);
  }

  encode(): Uint8Array {
    const { columns } = this.#view.rows(this.#frame);
    const rows = Array.from(this.#frame.k, (_, row) => {
      const object: Record<string, number> = {};
      for (let c = 0; c < columns.length; c++) object[this.#names[c]!] = Number(columns[c]![row]);
      return object;
    });
    return this.#encoder.encode(JSON.stringify(rows));
  }
}

/** Heap that a closed bin leaves behind, without encoding: the least of several rounds. */
function bytesPerBin(pipeline: StreamPipeline): number {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const before = Deno.memoryUsage().heapUsed;
    pipeline.closeUntil(pipeline.nextBinEndNs + (BINS_PER_ROUND - 1) * 1e8);
    const grown = Deno.memoryUsage().heapUsed - before;
    // A collection in between makes the heap shrink and says nothing.
    if (grown >= 0) least = Math.min(least, grown / BINS_PER_ROUND);
  }
  return least;
}

function times(now: () => number, count: number, run: () => void): Float64Array {
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const begin = now();
    run();
    out[i] = now() - begin;
  }
  return out;
}
