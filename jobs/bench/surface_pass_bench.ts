import { percentile } from "../../engine/stats/mod.ts";
import { NaiveReader } from "./naive_surfaces.ts";
import type { BenchRow } from "./row.ts";
import { SurfaceReader } from "./surface_reader.ts";
import { decodeFile, RECORD_BYTES, type SessionFile, sessionFile } from "./surface_session.ts";

type Now = () => number;

const SECONDS = 120;
const NAIVE_SECONDS = 8;
const TURNS = 12;
/** The compiler has what it needs after so many turns. */
const WARM_TURNS = 3;
/** The last of these count: how the compiler does it after an hour of market. */
const CLOSE_TURNS = 30;
const COUNTED_TURNS = 4;

/** Times the whole pass over a session of a future and its options, against doing it the obvious way. */
export function surfacePassRows(now: Now): BenchRow[] {
  const file = sessionFile(SECONDS);
  const naive = naiveTurn(now, sessionFile(NAIVE_SECONDS));
  for (let i = 0; i < WARM_TURNS; i++) turn(now, file);
  const turns = Array.from({ length: TURNS }, () => turn(now, file));
  const best = turns.reduce((a, b) => a.seconds < b.seconds ? a : b);
  const closes = closesOf(now, file);
  const options = file.chain.instrumentId.length;
  const what =
    `${file.records} records of a future and ${options} options in ${SECONDS} s of market`;
  const sent = best.sentBytes / SECONDS / 1e3;
  return [
    {
      name: "surfaces",
      what: "decode, books, every surface, encoded Arrow of both endpoints",
      unit: "records/s",
      measured: file.records / best.seconds,
      baseline: {
        what: "objects in maps, rescans, bisection, rows as JSON",
        value: naive.recordsPerSecond,
      },
      reach: { bound: "at least", value: 400e3 },
      note: `${what}, best of ${TURNS}; ${sent.toFixed(0)} kB a window; the baseline its first ` +
        `${naive.records} without radar, bands, flow and profile, totals of gamma differ by ` +
        `${naive.miss.toPrecision(2)}`,
    },
    {
      name: "surfaces",
      what: "the same, one processor",
      unit: "times real time",
      measured: SECONDS / best.seconds,
      baseline: { what: "the same baseline", value: NAIVE_SECONDS / naive.seconds },
      reach: { bound: "at least", value: 100 },
      note: what,
    },
    {
      name: "surfaces",
      what: "close of a window, which a bin waits for, p99",
      unit: "ms",
      measured: percentile(closes.ms, 99),
      baseline: {
        what: "a window of the same baseline",
        value: naive.seconds * 1_000 / NAIVE_SECONDS,
      },
      reach: { bound: "at most", value: 10 },
      note:
        `p50 ${percentile(closes.ms, 50).toFixed(2)} ms over ${closes.ms.length} windows, packed ` +
        "for the serving thread",
    },
    {
      name: "surfaces",
      what: "allocation per event in steady state, books and accounts",
      unit: "bytes",
      measured: closes.bytesPerEvent,
      baseline: null,
      reach: { bound: "at most", value: 1 },
      note:
        "median of seconds; what is left are entry times of orders, boxed (12 bytes) where a call " +
        `is not inlined. Besides ${
          (closes.bytesPerWindow / 1e3).toFixed(0)
        } kB per window, most of ` +
        "it views of the columns that it packs into a buffer of its own, and the decoder's view of " +
        "every 128 records",
    },
  ];
}

function turn(now: Now, file: SessionFile): { seconds: number; sentBytes: number } {
  const reader = new SurfaceReader(file, true);
  const begin = now();
  decodeFile(file.bytes, (block) => reader.pass.take(block));
  reader.pass.finish();
  return { seconds: (now() - begin) / 1_000, sentBytes: reader.sentBytes };
}

function naiveTurn(now: Now, file: SessionFile) {
  const naive = new NaiveReader(file);
  const begin = now();
  decodeFile(file.bytes, (block) => naive.take(block));
  naive.finish();
  const seconds = (now() - begin) / 1_000;
  const reader = new SurfaceReader(file, false);
  decodeFile(file.bytes, (block) => reader.pass.take(block));
  reader.pass.finish();
  const { gamma: { summary }, levels: { rows } } = reader.pass;
  const depth = rows.depthQtyEnd.subarray(0, rows.count).reduce((a, b) => a + b);
  if (naive.depth !== depth || naive.windows !== reader.windows) {
    throw new RangeError(`Cannot trust a baseline that differs: ${naive.depth}, not ${depth}`);
  }
  return {
    seconds,
    records: file.records,
    recordsPerSecond: file.records / seconds,
    miss: Math.abs(naive.gexTotal / summary.gexTotal - 1),
  };
}

/** Feeds second by second, so that what an event costs and what a close costs stay apart. */
function closesOf(now: Now, file: SessionFile) {
  const ms: number[] = [];
  const perEvent: number[] = [];
  const perWindow: number[] = [];
  const heap = () => Deno.memoryUsage().heapUsed;
  for (let turn = 0; turn < CLOSE_TURNS; turn++) {
    const { pass } = new SurfaceReader(file, false);
    file.secondEnds.forEach((to, second) => {
      const block = blockOf(file, file.secondEnds[second - 1] ?? null, to);
      const asked = heap();
      const before = heap();
      pass.take(block);
      const fed = heap();
      const begin = now();
      pass.closeUntil((second + 1) * 1e9);
      const tookMs = now() - begin;
      const closed = heap();
      if (turn < CLOSE_TURNS - COUNTED_TURNS) return;
      const asking = before - asked;
      ms.push(tookMs);
      // A collection in between makes the heap shrink and says nothing.
      if (asking >= 0 && fed >= before) perEvent.push((fed - before - asking) / block.count);
      if (asking >= 0 && closed >= fed) perWindow.push(closed - fed - asking);
    });
  }
  return {
    ms,
    bytesPerEvent: percentile(perEvent, 50),
    bytesPerWindow: percentile(perWindow, 50),
  };
}

/** The decoded records of a stretch of the file; `from` null for its first. */
function blockOf({ bytes, secondEnds, records }: SessionFile, from: number | null, to: number) {
  const head = (secondEnds.at(-1) ?? 0) - records * RECORD_BYTES;
  const begin = from ?? head;
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + begin, (to - begin) / 4);
  return { words, strideWords: RECORD_BYTES / 4, count: (to - begin) / RECORD_BYTES };
}
