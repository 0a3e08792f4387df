import { benchMboDecode } from "../../engine/dbn/mbo_bench.ts";
import { mboRecord } from "../../engine/dbn/mod.ts";
import { FuturesTape } from "../../engine/tape/futures/mod.ts";
import { benchFuturesTape } from "../../engine/tape/futures/futures_bench.ts";
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

/** Times the synthetic market. */
export function generatorRows(now: Now): BenchRow[] {
  const { recordsPerSec, records } = benchFuturesTape(now, TAPE_MINUTES);
  return [{
    name: "generator",
    what: "synthetic generator",
    unit: "records/s",
    measured: recordsPerSec,
    baseline: { what: "the same with an object per record", value: objectsPerSecond(now) },
    reach: { bound: "at least", value: 300e3 },
    note: `${records} records into memory`,
  }];
}

function objectsPerSecond(now: Now): number {
  const tape = new FuturesTape({ seed: 1, startNs: 1_767_709_740_000_000_000n });
  const out = tape.writer();
  tape.generate(60e9, out);
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
