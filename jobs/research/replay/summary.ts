import type { Run } from "./_run.ts";

/** What a replay found. 64-bit integers are decimal text, as on the wire. */
export interface ReplaySummary {
  readonly file: string;
  readonly symbol: string;
  readonly model: string;
  readonly mode: string;
  /** False when the file ended in an error; everything else then covers what was read. */
  readonly complete: boolean;
  readonly events: number;
  readonly bins: number;
  /** End of the first and last bin, ns since 1970 UTC. */
  readonly first_bin_ns: string | null;
  readonly last_bin_ns: string | null;
  readonly book_valid_at_start: boolean | null;
  readonly book_valid_at_end: boolean | null;
  /** Orders resting at the end, and those of them that lie outside the grid. */
  readonly orders: number;
  readonly orders_outside_grid: number;
  /** 1e-9 currency, 0 when none. */
  readonly best_bid_price_int: string;
  readonly best_ask_price_int: string;
  /** Shares of contracts that reached the velocities, 0..1. */
  readonly coverage_add: number;
  readonly coverage_pull: number;
  readonly coverage_fill: number;
  readonly warnings: number;
  readonly state_hash: string;
  readonly wall_seconds: number;
  readonly events_per_second: number;
  readonly bins_per_second: number;
  /** File that the bins were written to. */
  readonly bins_file: string | null;
}

/** What a summary takes besides the run. */
export interface SummaryContext {
  readonly file: string;
  readonly mode: string;
  readonly complete: boolean;
  readonly warnings: number;
  readonly wallMs: number;
  readonly binsFile: string | null;
}

/** Sums a finished run up. */
export function summarise(run: Run, context: SummaryContext): ReplaySummary {
  const { pipeline, facts, instrument } = run;
  const { book } = pipeline.engine;
  const coverage = pipeline.coverage();
  const seconds = Math.max(context.wallMs, 1) / 1_000;
  return {
    file: context.file,
    symbol: instrument.symbol,
    model: instrument.pressure_model,
    mode: context.mode,
    complete: context.complete,
    events: pipeline.eventCount,
    bins: pipeline.binCount,
    first_bin_ns: facts.firstEndNs?.toString() ?? null,
    last_bin_ns: facts.lastEndNs?.toString() ?? null,
    book_valid_at_start: facts.validAtStart,
    book_valid_at_end: facts.validAtEnd,
    orders: book.orders.size,
    orders_outside_grid: outsideGrid(run),
    best_bid_price_int: book.bestBid.toString(),
    best_ask_price_int: book.bestAsk.toString(),
    coverage_add: round(coverage.add, 4),
    coverage_pull: round(coverage.pull, 4),
    coverage_fill: round(coverage.fill, 4),
    warnings: context.warnings,
    state_hash: pipeline.hash(),
    wall_seconds: round(seconds, 3),
    events_per_second: Math.round(pipeline.eventCount / seconds),
    bins_per_second: Math.round(pipeline.binCount / seconds),
    bins_file: context.binsFile,
  };
}

/** A summary as lines for people. */
export function summaryLines(summary: ReplaySummary, priceDecimals: number): string {
  const count = (value: number) => value.toLocaleString("en-US");
  const share = (value: number) => `${(value * 100).toFixed(1)} %`;
  const price = (nano: string) =>
    nano === "0" ? "none" : (Number(nano) / 1e9).toFixed(priceDecimals);
  const time = (ns: string | null) => ns === null ? "none" : utcText(BigInt(ns));
  const valid = (value: boolean | null) => value === null ? "no bin" : value ? "valid" : "invalid";
  const rows: readonly (readonly [string, string])[] = [
    ["file", summary.file + (summary.complete ? "" : " (read in part)")],
    ["instrument", `${summary.symbol}, ${summary.mode} mode, ${summary.model} model`],
    ["events", count(summary.events)],
    ["bins", count(summary.bins)],
    ["first bin", time(summary.first_bin_ns)],
    ["last bin", time(summary.last_bin_ns)],
    [
      "book",
      `${valid(summary.book_valid_at_start)} at the first bin, ` +
      `${valid(summary.book_valid_at_end)} at the last`,
    ],
    ["orders", `${count(summary.orders)} (${summary.orders_outside_grid} outside the grid)`],
    [
      "best bid / ask",
      `${price(summary.best_bid_price_int)} / ${price(summary.best_ask_price_int)}`,
    ],
    [
      "coverage",
      `add ${share(summary.coverage_add)}, pull ${share(summary.coverage_pull)}, ` +
      `fill ${share(summary.coverage_fill)}`,
    ],
    ["warnings", count(summary.warnings)],
    ["state hash", summary.state_hash],
    [
      "speed",
      `${summary.wall_seconds} s, ${count(summary.events_per_second)} events/s, ` +
      `${count(summary.bins_per_second)} bins/s`,
    ],
  ];
  const all = summary.bins_file === null
    ? rows
    : [...rows, ["bins in", summary.bins_file] as const];
  return all.map(([name, value]) => `${name.padEnd(16)}${value}`).join("\n");
}

function outsideGrid(run: Run): number {
  const { orders } = run.pipeline.engine.book;
  let count = 0;
  for (let slot = orders.next(-1); slot >= 0; slot = orders.next(slot)) {
    if (orders.index(slot) < 0) count++;
  }
  return count;
}

function utcText(ns: bigint): string {
  const ms = Number(ns / 1_000_000n);
  const rest = (ns % 1_000_000n).toString().padStart(6, "0");
  return new Date(ms).toISOString().replace("Z", `${rest}Z`);
}

function round(value: number, decimals: number): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals;
}
