import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";
import { ENGINE_COLUMNS, type GridFrame } from "../../engine/frames/mod.ts";
import { QUADRATIC_PROJECTION, StreamPipeline } from "../../engine/pressure/mod.ts";
import { runCapture } from "../lake/capture/mod.ts";
import { openRun } from "../feeds/mod.ts";
import { runReplay } from "../research/replay/mod.ts";
import { captureOptions, marketFile } from "../testing/captured.ts";
import type { BenchRow } from "./row.ts";

/** Market captured, s. */
const SECONDS = 600;
const NAIVE_SECONDS = 60;
const ROUNDS = 3;
const BINS_PER_GROUP = 200;

/** Times storing a market bin by bin, against the engine alone and against the plain way. */
export async function captureRows(now: () => number): Promise<BenchRow[]> {
  const folder = await Deno.makeTempDir({ prefix: "lotus_bench_" });
  try {
    const file = await marketFile(folder, SECONDS + 1);
    const naive = await naiveSpeed(now, await marketFile(folder, NAIVE_SECONDS, 8));
    const engine: number[] = [];
    const capture: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const dir = join(folder, `out${round}`);
      const options = captureOptions(file, dir);
      const alone = await timed(
        now,
        () => runReplay({ ...options, start: "09:30", mode: "serve", speed: "max", bins: null }),
      );
      const stored = await timed(now, () => runCapture({ ...options, end: "09:40" }));
      await Deno.remove(dir, { recursive: true });
      if (round === 0) continue; // the compiler warms up
      engine.push(alone);
      capture.push(stored);
    }
    const [aloneMs, storedMs] = [median(engine), median(capture)];
    const note = `${SECONDS * 10} bins of 101 rows and all columns; engine alone ` +
      `${(aloneMs / 1_000).toFixed(2)} s, with capture ${(storedMs / 1_000).toFixed(2)} s`;
    return [{
      name: "capture",
      what: "capture of a synthetic market",
      unit: "times real time",
      measured: SECONDS * 1_000 / storedMs,
      baseline: {
        what: "arrays of values through the library on the engine's thread",
        value: naive,
      },
      reach: { bound: "at least", value: 60 },
      note: `median of ${ROUNDS}`,
    }, {
      name: "capture",
      what: "capture against the engine alone",
      unit: "times its time",
      measured: storedMs / aloneMs,
      baseline: null,
      reach: { bound: "at most", value: 1.3 },
      note,
    }];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function timed(now: () => number, work: () => Promise<unknown>): Promise<number> {
  const begin = now();
  await work();
  return now() - begin;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** Recorded seconds per second of a capture that gathers values in arrays and compresses in between. */
async function naiveSpeed(now: () => number, file: string): Promise<number> {
  const begin = now();
  const run = await openRun({ source: { kind: "file", path: file }, instrument: "", model: null });
  const { feed } = run;
  const rows = new NaiveRows();
  const pipeline = new StreamPipeline(run.instrument, {
    ...run.timing(null),
    projection: QUADRATIC_PROJECTION,
    onBin: (frame) => rows.add(frame),
  });
  await feed.pull(1n << 63n, Infinity, { mbo: (block) => pipeline.take(block) });
  pipeline.finish();
  rows.flush();
  feed.close();
  return NAIVE_SECONDS * 1_000 / (now() - begin);
}

/** Every column as an array of values, one push each. */
class NaiveRows {
  readonly #columns = new Map<string, number[]>();
  #bins = 0;

  add(frame: GridFrame): void {
    const header = [frame.binStartNs, frame.binEndNs, frame.binSeq, frame.binEventCount];
    const prices = [frame.eventId, frame.midPrice, frame.bestBidPriceInt, frame.bestAskPriceInt];
    for (let i = 0; i < frame.k.length; i++) {
      [...header, ...prices].forEach((value, c) => this.#push(`header_${c}`, value));
      this.#push("k", frame.k[i]!);
      ENGINE_COLUMNS.forEach(({ name }, c) => this.#push(name, frame.engine[c]![i]!));
      this.#push("score", frame.score[i]!);
      this.#push("state", frame.state[i]!);
      this.#push("last_event_id", frame.lastEventId[i]!);
      frame.projections.forEach((column, h) => this.#push(`proj_${h}`, column[i]!));
    }
    if (++this.#bins % BINS_PER_GROUP === 0) this.flush();
  }

  /** Makes the file of what was gathered. */
  flush(): void {
    if (this.#columns.size === 0) return;
    parquetWriteBuffer({
      columnData: [...this.#columns].map(([name, data]) => ({ name, data, type: "DOUBLE" })),
    });
    this.#columns.clear();
  }

  #push(name: string, value: number): void {
    const column = this.#columns.get(name);
    if (column === undefined) this.#columns.set(name, [value]);
    else column.push(value);
  }
}
