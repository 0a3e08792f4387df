import { ok, strictEqual } from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { ENG, ENGINE_COLUMNS, type GridFrame } from "../../frames/mod.ts";
import { newYorkNs } from "../../clock/mod.ts";
import type { InstrumentConfig } from "../instrument_file.ts";
import type { ProjectionModel } from "../projection.ts";
import type { EventSink } from "../replay_filter.ts";

/** ts, action, side, price, size, order id, flags. */
export type GoldenEvent = readonly [
  ts: string | number,
  action: string,
  side: string,
  price: number | string,
  size: number,
  id: number | string,
  flags: number,
];

/** The settings of a golden run. */
export interface GoldenRun {
  readonly config: Omit<InstrumentConfig, "tick_int" | "pressure_model">;
  readonly dt: string;
  readonly start_time: string | null;
  readonly projection_model?: {
    readonly use_cubic: boolean;
    readonly cubic_scale: number;
    readonly damping_lambda: number;
  };
  readonly fail_on_out_of_range?: boolean;
  readonly reanchor_after_events?: number;
}

const FIXTURES = `${import.meta.dirname}/../../../fixtures/vacuum-pressure`;
const WARMUP_NS = 1_800e9;

/** Reads a golden file, gzip or not. */
export function readGolden<T>(file: string, folder = FIXTURES): T {
  const bytes = Deno.readFileSync(`${folder}/${file}`);
  return JSON.parse(
    new TextDecoder().decode(file.endsWith(".gz") ? gunzipSync(bytes) : bytes),
  ) as T;
}

/** The instrument of a golden run, in the original's arithmetic. */
export function instrumentOf(run: GoldenRun, model: "compat" | "complete" = "compat") {
  const { config } = run;
  const equity = config.product_type === "equity_mbo";
  const tick_int = Math.round((equity ? config.bucket_size_dollars : config.tick_size) / 1e-9);
  return { ...config, tick_int, pressure_model: model } satisfies InstrumentConfig;
}

/** Offsets of a run whose base lies 32 days before its first event. */
export function timesOf(run: GoldenRun, firstNs: bigint) {
  const wanted = firstNs - 32n * 86_400_000_000_000n;
  const baseNs = wanted > 0n ? wanted : 0n;
  const emitAfterNs = run.start_time === null
    ? 0
    : Number(newYorkNs(run.dt, run.start_time) - baseNs);
  return {
    baseNs,
    emitAfterNs,
    warmupStartNs: run.start_time === null ? 0 : emitAfterNs - WARMUP_NS,
    reanchorAfterNs: Number(newYorkNs(run.dt, "09:30") - baseNs),
  };
}

/** The projection of a run. */
export function projectionOf(run: GoldenRun): ProjectionModel {
  const p = run.projection_model;
  return {
    form: p?.use_cubic ? "cubic" : "quadratic",
    cubicScale: p?.cubic_scale ?? 1 / 6,
    dampingLambda: p?.damping_lambda ?? 0,
  };
}

/** Gives one event to a sink. */
export function feedEvent(sink: EventSink, event: GoldenEvent, baseNs: bigint): void {
  const [ts, action, side, price, size, id, flags] = event;
  const key = BigInt(id);
  sink.onEvent(
    Number(BigInt(ts) - baseNs),
    action.charCodeAt(0),
    side.charCodeAt(0),
    Number(price),
    size,
    Number(key & 0xffff_ffffn),
    Number(key >> 32n),
    flags,
  );
}

/** Largest errors that published numbers allow, relative and absolute, by column. */
const BOUNDS: ReadonlyMap<string, readonly [relative: number, absolute: number]> = new Map(
  ENGINE_COLUMNS.map(({ name }, i) => {
    if (i === ENG.REST_DEPTH) return [name, [0, 0]];
    if (i < ENG.REST_DEPTH) return [name, [1e-11, 1e-12]];
    if (i < ENG.A_ADD || i >= ENG.PRESSURE) return [name, [1e-9, 1e-9]];
    return [name, [1e-7, 1e-9]];
  }),
);

/** Whether a value of a column is as published. */
export function checkColumn(name: string, actual: number, expected: number, where: string): void {
  const [relative, absolute] = BOUNDS.get(name) ?? [0, 0];
  const bound = Math.max(relative * Math.abs(expected), absolute);
  ok(Math.abs(actual - expected) <= bound, `${where} ${name}: ${actual}, expected ${expected}`);
}

/** Scores may differ by this much, and projections by a multiple: they divide by tiny scales. */
const SCORE_BOUND = 2e-4;

/** Bound of a projection `bins` ahead. */
export function projectionBound(bins: number, run: GoldenRun): number {
  const p = run.projection_model;
  const cubic = p?.use_cubic ? 8 * p.cubic_scale * bins ** 3 : 0;
  return SCORE_BOUND * (1 + 2 * bins + 2 * bins ** 2 + cubic);
}

/** Compares published with computed scores and states over a run. */
export class ScoreCheck {
  #cells = 0;
  #close = 0;
  #stateMisses = 0;
  readonly #run: GoldenRun;

  constructor(run: GoldenRun) {
    this.#run = run;
  }

  score(actual: number, expected: number, where: string): void {
    this.#cells++;
    const error = Math.abs(actual - expected);
    if (error <= 1e-6) this.#close++;
    ok(error <= SCORE_BOUND, `${where} score: ${actual}, expected ${expected}`);
  }

  state(actual: number, expected: number, score: number, where: string): void {
    if (actual === expected) return;
    this.#stateMisses++;
    const gap = Math.abs(Math.abs(score) - this.#run.config.spectrum_threshold_neutral);
    ok(gap <= SCORE_BOUND, `${where} state: ${actual}, expected ${expected} at score ${score}`);
  }

  projection(actual: number, expected: number, ms: number, where: string): void {
    const bound = projectionBound(ms / this.#run.config.cell_width_ms, this.#run);
    ok(
      Math.abs(actual - expected) <= bound,
      `${where} proj ${ms}: ${actual}, expected ${expected}`,
    );
  }

  /** At least 90 % of the scores must be close, at most 1 state in 10,000 may differ. */
  finish(): void {
    ok(this.#close >= 0.9 * this.#cells, `${this.#close} of ${this.#cells} scores are close`);
    ok(this.#stateMisses <= this.#cells / 10_000, `${this.#stateMisses} states differ`);
  }
}

/** Compares all rows of a serve window. */
export function checkWindow(
  frame: GridFrame,
  columns: readonly string[],
  rows: readonly (readonly number[])[],
  scores: ScoreCheck,
  where: string,
): void {
  strictEqual(rows.length, frame.k.length, `${where} rows`);
  const engineAt = new Map(ENGINE_COLUMNS.map(({ name }, i) => [name as string, i]));
  const horizons = columns.filter((name) => name.startsWith("proj_score_h"));
  rows.forEach((row, r) => {
    columns.forEach((name, c) => {
      const expected = row[c]!;
      const at = `${where} k ${frame.k[r]}`;
      const column = engineAt.get(name);
      if (column !== undefined) checkColumn(name, frame.engine[column]![r]!, expected, at);
      else if (name === "k") strictEqual(frame.k[r], expected, at);
      else if (name === "spectrum_score") scores.score(frame.score[r]!, expected, at);
      else if (name === "spectrum_state_code") {
        scores.state(frame.state[r]!, expected, frame.score[r]!, at);
      } else if (name === "last_event_id") strictEqual(frame.lastEventId[r], expected, at);
      else {
        const h = horizons.indexOf(name);
        scores.projection(frame.projections[h]![r]!, expected, Number(name.slice(12)), at);
      }
    });
  });
}
