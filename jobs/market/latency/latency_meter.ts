import { newYorkDate, newYorkNs } from "../../../engine/clock/mod.ts";
import { BinTimes } from "./bin_times.ts";
import { latencyLine, type MeasuredBin } from "./latency_line.ts";
import { LineFile } from "./line_file.ts";
import { type Percentiles, Rolling } from "./rolling.ts";
import type { LatencySettings } from "./settings.ts";

/** What the newest bins took, µs. */
export interface LatencySummary {
  /** Bins measured since the start. */
  readonly bins: number;
  /** From the last event of a bin to its hand-over. */
  readonly lastIngestToQueuePutDoneUs: Percentiles | null;
  /** The hand-over alone. */
  readonly queueBlockUs: Percentiles | null;
  /** False once the file could not be written. */
  readonly writes: boolean;
}

/** What a meter tells its owner. */
export interface LatencyReports {
  readonly onSummary: (summary: LatencySummary) => void;
  /** Told once, when the file cannot be written. */
  readonly onFailure: (message: string) => void;
}

/** A day whose bounds are known. */
interface Day {
  readonly date: string;
  readonly fromNs: bigint;
  readonly toNs: bigint;
  readonly windowFromNs: bigint | null;
  readonly windowToNs: bigint | null;
}

/**
 * Measures what every bin took in the producer: a JSON line each, and percentiles over the newest. It
 * ends with its file: once that cannot be written, nothing more is measured.
 *
 * @see docs/operations.md, "Producer latency".
 */
export class LatencyMeter {
  /** Where the producer notes its times. */
  readonly times: BinTimes;
  readonly #settings: LatencySettings;
  readonly #reports: LatencyReports;
  readonly #file: LineFile;
  readonly #total: Rolling;
  readonly #block: Rolling;
  #bins = 0;
  #summed = 0;
  #day: Day | null = null;

  /** @param nowMs Monotonic ms. */
  constructor(settings: LatencySettings, nowMs: () => number, reports: LatencyReports) {
    this.times = new BinTimes(nowMs);
    this.#settings = settings;
    this.#reports = reports;
    this.#file = new LineFile(settings.path, reports.onFailure);
    this.#total = new Rolling(settings.summaryEvery);
    this.#block = new Rolling(settings.summaryEvery);
  }

  /** Whether anything is still measured. */
  get works(): boolean {
    return this.#file.works;
  }

  /** What the newest bins took. */
  get summary(): LatencySummary {
    return {
      bins: this.#bins,
      lastIngestToQueuePutDoneUs: this.#total.percentiles(),
      queueBlockUs: this.#block.percentiles(),
      writes: this.works,
    };
  }

  /** Takes a bin that was handed over, with the times noted, and forgets those. */
  take(bin: Omit<MeasuredBin, "date">): void {
    if (this.works && this.#wants(bin)) {
      const date = this.#dayOf(bin.startNs).date;
      const line = latencyLine({ ...bin, date }, this.times);
      this.#file.add(line.text);
      this.#total.add(line.lastIngestToQueuePutDoneUs);
      this.#block.add(line.queueBlockUs);
      this.#bins++;
      if (this.#bins - this.#summed >= this.#settings.summaryEvery) this.#sumUp();
    }
    this.times.clear();
  }

  /** Writes what waits. */
  flush(): void {
    this.#file.flush();
  }

  /** Sums up what was not yet, writes what waits and closes the file. */
  close(): void {
    if (this.#bins > this.#summed) this.#sumUp();
    this.#file.close();
  }

  #sumUp(): void {
    this.#summed = this.#bins;
    this.#reports.onSummary(this.summary);
  }

  #wants({ startNs, endNs }: Pick<MeasuredBin, "startNs" | "endNs">): boolean {
    const { from, to } = this.#settings;
    if (from === null && to === null) return true;
    const { windowFromNs, windowToNs } = this.#dayOf(startNs);
    if (windowFromNs !== null && endNs <= windowFromNs) return false;
    return windowToNs === null || startNs < windowToNs;
  }

  /** The New York day of an instant; a run of bins asks for the same one again and again. */
  #dayOf(ns: bigint): Day {
    const known = this.#day;
    if (known !== null && ns >= known.fromNs && ns < known.toNs) return known;
    const { from, to } = this.#settings;
    const date = newYorkDate(ns);
    const fromNs = newYorkNs(date, "00:00");
    // 26 hours after midnight lies in the next day, whatever the clocks do.
    const next = newYorkNs(newYorkDate(fromNs + 26n * 3_600_000_000_000n), "00:00");
    this.#day = {
      date,
      fromNs,
      toNs: next,
      windowFromNs: from === null ? null : timeOfDay(date, from),
      windowToNs: to === null ? null : timeOfDay(date, to),
    };
    return this.#day;
  }
}

/** A New York time of a day; 03:00 for one that the day skips as the clocks go forward. */
function timeOfDay(date: string, time: string): bigint {
  try {
    return newYorkNs(date, time);
  } catch {
    return newYorkNs(date, "03:00");
  }
}

/** A summary as the fields of a log line; a percentile that is not known is null. */
export function latencyFields(summary: LatencySummary): Readonly<Record<string, number | null>> {
  const total = summary.lastIngestToQueuePutDoneUs;
  const block = summary.queueBlockUs;
  return {
    bins: summary.bins,
    last_ingest_to_queue_put_done_us_p50: total?.p50 ?? null,
    last_ingest_to_queue_put_done_us_p95: total?.p95 ?? null,
    last_ingest_to_queue_put_done_us_p99: total?.p99 ?? null,
    queue_block_us_p50: block?.p50 ?? null,
    queue_block_us_p95: block?.p95 ?? null,
    queue_block_us_p99: block?.p99 ?? null,
  };
}
