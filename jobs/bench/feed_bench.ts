import { benchMboDecode } from "../../engine/dbn/mbo_bench.ts";
import { mboRecord } from "../../engine/dbn/mod.ts";
import { FuturesTape, type MboWriter } from "../../engine/tape/futures/mod.ts";
import { benchFuturesTape } from "../../engine/tape/futures/futures_bench.ts";
import { benchSessionTape, warmedSession } from "../../engine/tape/session/session_bench.ts";
import type { BenchRow } from "./row.ts";

type Now = () => number;

const DECODE_RECORDS = 40_000_000;
const TAPE_MINUTES = 10;
const OBJECT_MINUTES = 2;

/** Times reading mbo records to fields. */
export function decodeRows(now: Now): BenchRow[] {
  const { recordsPerSecond, baselineRecordsPerSecond, checksum, baselineChecksum } = benchMboDecode(
    DECODE_RECORDS,
    now,
  );
  if (checksum !== baselineChecksum) throw new Error("Cannot trust a baseline that differs");
  return [{
    name: "decode",
    what: "decode mbo records to fields, uncompressed",
    unit: "records/s",
    measured: recordsPerSecond,
    baseline: { what: "DataView and BigInt to objects", value: baselineRecordsPerSecond },
    reach: { bound: "at least", value: 1e8 },
    note: "a cached chunk of 0.9 MB, as a file reader hands out",
  }];
}

/** Times the synthetic market: the future alone, and with the day's options. */
export function generatorRows(now: Now): BenchRow[] {
  const future = benchFuturesTape(now, TAPE_MINUTES);
  const session = benchSessionTape(now, TAPE_MINUTES);
  const shared = { unit: "records/s", reach: { bound: "at least", value: 300e3 } } as const;
  const baseline = "the same with an object per record";
  return [{
    ...shared,
    name: "generator",
    what: "synthetic generator",
    measured: future.recordsPerSec,
    baseline: { what: baseline, value: objectsPerSecond(now, newFuture()) },
    note: `${future.records} records into memory`,
  }, {
    ...shared,
    name: "session-tape",
    what: "synthetic generator, future and options",
    measured: session.recordsPerSec,
    baseline: { what: baseline, value: objectsPerSecond(now, warmedSession()) },
    note: `${session.records} records into memory, ${TAPE_MINUTES} minutes of market`,
  }];
}

interface Warm {
  readonly tape: { generate(untilNs: number, out: MboWriter): number };
  readonly out: MboWriter;
}

function newFuture(): Warm {
  const tape = new FuturesTape({ seed: 1, startNs: 1_767_709_740_000_000_000n });
  const out = tape.writer();
  tape.generate(60e9, out);
  return { tape, out };
}

function objectsPerSecond(now: Now, { tape, out }: Warm): number {
  const kept: unknown[] = [];
  const begin = now();
  for (let sec = 61; sec <= 60 + OBJECT_MINUTES * 60; sec++) {
    out.reset();
    tape.generate(sec * 1e9, out);
    const block = out.block();
    for (let i = 0; i < block.count; i++) kept.push(mboRecord(block, i));
  }
  return kept.length / ((now() - begin) / 1_000);
}
