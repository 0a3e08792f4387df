import { createHash } from "node:crypto";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import {
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
} from "hyparquet";
import { z } from "zod";
import { AnalysisError } from "../../../engine/analysis/mod.ts";
import { newYorkDate, newYorkNs, newYorkText } from "../../../engine/clock/mod.ts";
import { ENG, ENGINE_COLUMNS, type GridFrame } from "../../../engine/frames/mod.ts";
import type { InstrumentConfig } from "../../../engine/pressure/mod.ts";
import { datasetPaths, verifyDataset } from "../../lake/datasets/mod.ts";
import { baseNsOf, instrumentFor } from "../../feeds/mod.ts";
import type { BinRequest, BinSource } from "./bin_source.ts";

/** What of a captured folder's manifest is needed to read its bins. */
const Captured = z.looseObject({
  symbol: z.string(),
  config_version: z.string(),
  pressure_model: z.enum(["complete", "compat"]),
  grid_radius_ticks: z.int().positive(),
  capture_start_ns: z.string().regex(/^\d+$/),
  capture_end_ns: z.string().regex(/^\d+$/),
});
type Captured = z.infer<typeof Captured>;

/** The manifest of a published base carries the captured one along. */
const BaseManifest = z.looseObject({ source_manifest: Captured });

/** Engine columns that an analysis of directions reads. */
const ENGINE = [ENG.REST_DEPTH, ENG.V_ADD, ENG.V_PULL, ENG.V_FILL, ENG.PRESSURE, ENG.VACUUM]
  .map((column) => ({ column, name: ENGINE_COLUMNS[column]?.name ?? "" }));

type Columns = ReadonlyMap<string, Values>;

/**
 * The bins of a published data set. It holds what a pipeline showed, not what it remembered: the
 * differences of scores that projections start from are not in it, so it serves the mode regime alone.
 */
export class DatasetBins implements BinSource {
  readonly name: string;
  readonly instrument: InstrumentConfig;
  readonly baseNs: bigint;
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly hasScoreSteps = false;
  readonly #folder: string;

  private constructor(
    id: string,
    folder: string,
    manifest: Captured,
    instrument: InstrumentConfig,
  ) {
    this.name = id;
    this.#folder = folder;
    this.instrument = instrument;
    this.startNs = BigInt(manifest.capture_start_ns);
    this.endNs = BigInt(manifest.capture_end_ns);
    this.baseNs = baseNsOf(this.startNs);
  }

  /**
   * @param root Folder of all data sets.
   * @param instrument Name, path of a YAML file, or empty to go by the data set's symbol.
   * @throws {AnalysisError} When a file has changed, or the instrument's settings are others by now.
   * @throws {DatasetError} When there is no such data set.
   */
  static async open(root: string, id: string, instrument: string): Promise<DatasetBins> {
    const { problems } = verifyDataset(root, id);
    if (problems.length > 0) {
      throw new AnalysisError("data", `the data set ${id}`, `must be as published: ${problems[0]}`);
    }
    const folder = datasetPaths(root, id).base;
    const text = await Deno.readTextFile(join(folder, "manifest.json"));
    const { source_manifest: manifest } = BaseManifest.parse(JSON.parse(text));
    const { config } = await instrumentFor(instrument, manifest.symbol);
    const { config_version: version, pressure_model } = manifest;
    if (config.config_version !== version) {
      throw new AnalysisError(
        "data",
        `the data set ${id}`,
        `must be of the instrument's settings ${config.config_version}: it is of ${version}`,
      );
    }
    return new DatasetBins(id, folder, manifest, { ...config, pressure_model });
  }

  async contentHash(): Promise<string> {
    const text = await Deno.readTextFile(join(this.#folder, "checksums.json"));
    return createHash("sha256").update(text).digest("hex");
  }

  startAt(date: string | null, time: string): bigint {
    const atNs = newYorkNs(date ?? newYorkDate(this.startNs), time);
    if (atNs >= this.startNs && atNs < this.endNs) return atNs;
    throw new AnalysisError(
      "data",
      "start-time",
      `must lie inside ${this.name}, which runs from ${newYorkText(this.startNs)} to ` +
        `${newYorkText(this.endNs)} New York time: it is ${time}`,
    );
  }

  async read({ startNs, untilNs, onBin, onProgress }: BinRequest): Promise<void> {
    const bins = await this.#file("bins.parquet");
    const grid = await this.#file("grid_clean.parquet");
    const header = await bins.columns(0, bins.rows);
    const rows = 2 * this.instrument.grid_radius_ticks + 1;
    const frame = this.#frame(rows);
    let seen = 0;
    for (const { from, to } of grid.groups) {
      const columns = await grid.columns(from, to);
      for (let at = from; at < to; at += rows, seen++) {
        fillHeader(frame, header, seen, this.instrument);
        if (this.baseNs + BigInt(frame.binStartNs) < startNs) continue;
        if (this.baseNs + BigInt(frame.binEndNs) >= untilNs) return;
        fillRows(frame, columns, at - from);
        onBin(frame, NO_STEPS);
      }
      onProgress?.(to / grid.rows);
    }
  }

  close(): void {
    // Files are open only while they are read.
  }

  #frame(rows: number): Frame {
    const column = () => new Float64Array(rows);
    const radius = (rows - 1) / 2;
    return {
      binStartNs: 0,
      binEndNs: 0,
      baseNs: this.baseNs,
      binSeq: 0,
      binEventCount: 0,
      eventId: 0,
      midPrice: 0,
      spotRefPriceInt: 0,
      bestBidPriceInt: 0,
      bestAskPriceInt: 0,
      bookValid: false,
      spotHalfTick: false,
      k: Int32Array.from({ length: rows }, (_, row) => row - radius),
      engine: ENGINE_COLUMNS.map(column),
      score: column(),
      state: new Int8Array(rows),
      lastEventId: column(),
      projections: [],
    };
  }

  async #file(name: string): Promise<ColumnFile> {
    const file = await asyncBufferFromFile(join(this.#folder, name));
    return new ColumnFile(file, await parquetMetadataAsync(file));
  }
}

type Frame = { -readonly [K in keyof GridFrame]: GridFrame[K] };

const NO_STEPS = { writeSteps: (_row: number, out: Float64Array) => void out.fill(0, 0, 4) };

/** A flat Parquet file of ours, read by row groups. */
class ColumnFile {
  readonly rows: number;
  /** Rows of each row group, `[from, to)`. */
  readonly groups: readonly { readonly from: number; readonly to: number }[];
  readonly #file: Awaited<ReturnType<typeof asyncBufferFromFile>>;
  readonly #metadata: FileMetaData;

  constructor(file: Awaited<ReturnType<typeof asyncBufferFromFile>>, metadata: FileMetaData) {
    this.#file = file;
    this.#metadata = metadata;
    this.rows = Number(metadata.num_rows);
    let from = 0;
    this.groups = metadata.row_groups.map((group) => {
      const to = from + Number(group.num_rows);
      const range = { from, to };
      from = to;
      return range;
    });
  }

  /** All columns of whole row groups. Chunks arrive in any order and are put in the rows' order. */
  async columns(rowStart: number, rowEnd: number): Promise<Columns> {
    const parts = new Map<string, Part[]>();
    await parquetRead({
      file: this.#file,
      metadata: this.#metadata,
      rowStart,
      rowEnd,
      compressors: { ZSTD: (input) => zstdDecompressSync(input) },
      onChunk: ({ columnName, columnData, rowStart: from }) => {
        const part: Part = { from, data: columnData as Values };
        const known = parts.get(columnName);
        if (known === undefined) parts.set(columnName, [part]);
        else known.push(part);
      },
    });
    return new Map([...parts].map(([name, all]) => [name, whole(all)]));
  }
}

type Values = ArrayLike<number | bigint | boolean>;

interface Part {
  readonly from: number;
  readonly data: Values;
}

function whole(parts: readonly Part[]): Values {
  const [only, ...more] = parts;
  if (only !== undefined && more.length === 0) return only.data;
  return parts.toSorted((a, b) => a.from - b.from).flatMap(({ data }) => Array.from(data));
}

function columnOf(columns: Columns, name: string): Values {
  const column = columns.get(name);
  if (column !== undefined) return column;
  throw new AnalysisError("data", "the data set", `must have the column ${name}`);
}

function fillHeader(
  frame: Frame,
  columns: Columns,
  bin: number,
  { tick_int: tick, pressure_model: model }: InstrumentConfig,
): void {
  const value = (name: string) => columnOf(columns, name)[bin] ?? 0;
  const offset = (name: string) => Number(BigInt(value(name)) - frame.baseNs);
  frame.binStartNs = offset("bin_start_ns");
  frame.binEndNs = offset("bin_end_ns");
  frame.binSeq = Number(value("bin_seq"));
  frame.binEventCount = Number(value("bin_event_count"));
  frame.eventId = Number(value("event_id"));
  frame.midPrice = Number(value("mid_price"));
  frame.spotRefPriceInt = Number(value("spot_ref_price_int"));
  frame.bestBidPriceInt = Number(value("best_bid_price_int"));
  frame.bestAskPriceInt = Number(value("best_ask_price_int"));
  frame.bookValid = Boolean(value("book_valid"));
  const odd = ((frame.bestBidPriceInt + frame.bestAskPriceInt) / tick) % 2 !== 0;
  frame.spotHalfTick = model === "complete" && frame.spotRefPriceInt > 0 && odd;
}

function fillRows(frame: Frame, columns: Columns, from: number): void {
  const rows = frame.k.length;
  for (const { column, name } of ENGINE) {
    const source = columnOf(columns, name);
    const target = frame.engine[column]!;
    for (let row = 0; row < rows; row++) target[row] = Number(source[from + row]);
  }
  const state = columnOf(columns, "spectrum_state_code");
  for (let row = 0; row < rows; row++) frame.state[row] = Number(state[from + row]);
}
