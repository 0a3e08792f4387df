import { join } from "node:path";
import { concatBytes, encodeMetadata, newMetadata, schemaId } from "../../engine/dbn/mod.ts";
import { benchFlow } from "../../engine/flow/flow_bench.ts";
import { benchTap } from "../../engine/particle/frames/tap_bench.ts";
import { parseInstrument } from "../../engine/pressure/mod.ts";
import {
  benchAdvance,
  benchFullBin,
  benchGridCopy,
  benchThroughput,
} from "../../engine/pressure/pressure_bench.ts";
import { benchSpectrum } from "../../engine/pressure/spectrum_bench.ts";
import { FuturesTape } from "../../engine/tape/futures/mod.ts";
import { benchTape } from "../../engine/tape/tape_bench.ts";
import { samplePath, samplesDir } from "../testing/samples.ts";
import { MapEngine } from "./map_engine.ts";
import type { BenchRow } from "./row.ts";
import { ROOT } from "./server_process.ts";

/** Records of the crude-oil sample; a synthetic stand-in gets as many. */
const SAMPLE_RECORDS = 38_212;
const SAMPLE_BASE_NS = 1_755_907_200_000_000_000n;
const SYNTH_START_NS = 1_767_709_740_000_000_000n;
const DAY_NS = 86_400_000_000_000n;
const EVENTS = 2_000_000;
const BASELINE_PASSES = 4;
/** About a third of the file, 24 minutes. */
const TAP_BYTES = 12_000 * 56;

type Now = () => number;

/** Times the synthetic options and equities market, against making every second from nothing. */
export function tapeRows(now: Now): BenchRow[] {
  const { perSecond, naivePerSecond, messages, differing } = benchTape(now);
  return [{
    name: "tape",
    what: "synthetic options and equities tape",
    unit: "messages/s",
    measured: perSecond,
    baseline: { what: "every second by a tape that starts anew", value: naivePerSecond },
    reach: { bound: "at least", value: 50_000 },
    note: `${messages} quotes and prints at active load; ${differing} records differ`,
  }];
}

/** Times decoding, book and ticks over a real file, against maps and objects. */
export function engineRows(now: Now): BenchRow[] {
  const { bytes, baseNs, what } = input();
  const { eventsPerSecond, events } = benchThroughput(now, bytes, baseNs, "complete", EVENTS);
  const naive = new MapEngine();
  naive.read(bytes);
  const before = naive.eventCount;
  const begin = now();
  for (let pass = 0; pass < BASELINE_PASSES; pass++) {
    const fresh = new MapEngine();
    fresh.read(bytes);
    if (fresh.bestBid !== naive.bestBid) throw new Error("Cannot trust a baseline that differs");
  }
  const naivePerSecond = BASELINE_PASSES * before / ((now() - begin) / 1_000);
  return [{
    name: "engine",
    what: "decode, book and pressure engine",
    unit: "events/s",
    measured: eventsPerSecond,
    baseline: { what: "maps and an object per record, level and tick", value: naivePerSecond },
    reach: { bound: "at least", value: 4e6 },
    note: `${what} again and again, ${events} events, complete model; the baseline's arithmetic ` +
      "is compat's",
  }, tapRow(now, bytes, baseNs)];
}

/** Times the pressure pipeline with the lab's tap against itself without. */
function tapRow(now: Now, bytes: Uint8Array, baseNs: bigint): BenchRow {
  const path = join(ROOT, "fixtures/instruments/cl.yaml");
  const instrument = parseInstrument(Deno.readTextFileSync(path), path);
  const { plain, tapped, ticks } = benchTap(now, bytes.subarray(0, TAP_BYTES), baseNs, instrument);
  return {
    name: "engine",
    what: "pressure pipeline with the lab's tap",
    unit: "times its time",
    measured: tapped / plain,
    baseline: null,
    reach: { bound: "at most", value: 1.05 },
    note: `${ticks} ticks of 0.5 s, ${plain.toFixed(0)} ms without; least of 7 passes, in turns`,
  };
}

/** Times letting a bin pass over the full grid, every tick active. */
export function gridRows(now: Now): BenchRow[] {
  const { fast, naive } = benchAdvance(now, "complete");
  return [{
    name: "grid",
    what: "passive advance and forces, 8,192 ticks active, p50",
    unit: "ms",
    measured: fast.p50,
    baseline: { what: "a map of tick objects, impulse by impulse", value: naive.p50 },
    reach: { bound: "at most", value: 1.5 },
    note: `p99 ${fast.p99.toFixed(2)} ms`,
  }];
}

/** Times a whole bin of the full grid with 200 ticks active, scores included. */
export function binRows(now: Now): BenchRow[] {
  const { fast, naive } = benchFullBin(now, "complete", 200);
  const baseline = "every window sorted anew, active ticks only";
  const row = (what: "p50" | "p99", most: number): BenchRow => ({
    name: "bin",
    what: `full-grid bin with spectrum, 200 ticks active, ${what}`,
    unit: "ms",
    measured: fast[what],
    baseline: { what: baseline, value: naive[what] },
    reach: { bound: "at most", value: most },
    note: "complete model, 300-bin windows full",
  });
  return [row("p50", 5), row("p99", 10)];
}

/** Times copying the full grid's columns with 200 ticks active, and with all of them. */
export function copyRows(now: Now): BenchRow[] {
  const some = benchGridCopy(now, 200);
  const all = benchGridCopy(now, 8_192);
  const what = "column by column and tick by tick";
  const row = (name: string, measured: number, naive: number, most: number | null): BenchRow => ({
    name: "copy",
    what: name,
    unit: "µs",
    measured,
    baseline: { what, value: naive },
    reach: most === null ? null : { bound: "at most", value: most },
    note: "8,192 ticks of 18 columns; least of 60 runs, in turns",
  });
  return [
    row("full grid kept from bin to bin, 200 ticks active", some.kept, some.naive, 10),
    row("whole copy of the full grid, 200 ticks active", some.whole, some.naive, 60),
    row("whole copy of the full grid, all ticks active", all.whole, all.naive, null),
  ];
}

/** Times the scores alone, against their definition. */
export function spectrumRows(now: Now): BenchRow[] {
  const { incremental, naive, maxDifference } = benchSpectrum(now);
  return [{
    name: "spectrum",
    what: "spectrum alone, 200 ticks active, p50",
    unit: "ms",
    measured: incremental.p50,
    baseline: { what: "every window sorted anew, active ticks only", value: naive.p50 },
    reach: { bound: "at most", value: 5 },
    note: `largest difference of any score: ${maxDifference}`,
  }];
}

/** The crude-oil sample, or a synthetic file as long. */
export function input(): { bytes: Uint8Array; baseNs: bigint; what: string } {
  const dir = samplesDir();
  if (dir !== null) {
    try {
      const bytes = Deno.readFileSync(samplePath(dir, "CLX5_mbo.dbn"));
      return { bytes, baseNs: SAMPLE_BASE_NS, what: "the crude-oil file" };
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return { bytes: synthetic(), baseNs: SYNTH_START_NS - 32n * DAY_NS, what: "a synthetic market" };
}

/** A synthetic file as long as the real one. */
function synthetic(): Uint8Array {
  const tape = new FuturesTape({ seed: 1, startNs: SYNTH_START_NS });
  const out = tape.writer();
  let records = 0;
  for (let sec = 1; records < SAMPLE_RECORDS; sec++) records += tape.generate(sec * 1e9, out);
  const head = encodeMetadata(
    newMetadata({ dataset: "BENCH", schema: schemaId("mbo"), startNs: SYNTH_START_NS }),
  );
  return concatBytes([head, out.bytes().slice(0, SAMPLE_RECORDS * 56)]);
}

/** Times the flow pipeline: enrichment, clustering, structures, scores. */
export function flowRows(now: Now): BenchRow[] {
  const { printsPerSecond, naivePerSecond, prints, records, events } = benchFlow(now);
  return [{
    name: "flow",
    what: "option prints enriched, clustered and scored",
    unit: "prints/s",
    measured: printsPerSecond,
    baseline: {
      what: "lists filtered for every join, packet and baseline, without structures",
      value: naivePerSecond,
    },
    reach: { bound: "at least", value: 30_000 },
    note:
      `${prints} prints among ${records} records of four streams, ${events} events; median of 8`,
  }];
}
