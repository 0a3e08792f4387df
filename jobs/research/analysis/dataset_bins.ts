import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { AnalysisError } from "../../../engine/analysis/mod.ts";
import { newYorkDate, newYorkNs, newYorkText } from "../../../engine/clock/mod.ts";
import {
  arrayAs,
  BIN_HEADER_COLUMNS,
  type Column,
  type ColumnArray,
  ENG,
  ENGINE_COLUMNS,
  LayoutError,
  readBinHeader,
  STATE_COLUMN,
} from "../../../engine/frames/mod.ts";
import {
  type InstrumentConfig,
  newWindowFrame,
  type WindowFrame,
} from "../../../engine/pressure/mod.ts";
import { type Origin, originOf, StoredOrigin } from "../../../modules/kit/mod.ts";
import { CompactBins, datasetPaths, verifyDataset } from "../../lake/datasets/mod.ts";
import { GroupReader, type RowRange } from "../../lake/parquet/mod.ts";
import { baseNsOf, instrumentFor } from "../../feeds/mod.ts";
import type { BinRequest, BinSource } from "./bin_source.ts";

/** What of a captured folder's manifest is needed to read its bins. */
const Captured = z.looseObject({
  symbol: z.string(),
  provenance: StoredOrigin.optional(),
  config_version: z.string(),
  pressure_model: z.enum(["complete", "compat"]),
  grid_radius_ticks: z.int().positive(),
  capture_start_ns: z.string().regex(/^\d+$/),
  capture_end_ns: z.string().regex(/^\d+$/),
});
type Captured = z.infer<typeof Captured>;

/** The manifest of a published base carries the captured one along. */
const BaseManifest = z.looseObject({
  form: z.enum(["full", "compact"]).default("full"),
  source_manifest: Captured,
});
type Form = z.infer<typeof BaseManifest>["form"];

/** Engine columns that an analysis of directions reads, besides the state. */
const ENGINE = [ENG.REST_DEPTH, ENG.V_ADD, ENG.V_PULL, ENG.V_FILL, ENG.PRESSURE, ENG.VACUUM];
const ROW_COLUMNS = [...ENGINE.map((place) => ENGINE_COLUMNS[place]!), STATE_COLUMN];

/**
 * The bins of a published data set. It holds what a pipeline showed, not what it remembered: the
 * differences of scores that projections start from are not in it, so it serves the mode regime alone.
 */
export class DatasetBins implements BinSource {
  readonly name: string;
  readonly origin: Origin | null;
  readonly instrument: InstrumentConfig;
  readonly baseNs: bigint;
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly hasScoreSteps = false;
  readonly #folder: string;
  readonly #form: Form;

  private constructor(
    id: string,
    folder: string,
    form: Form,
    manifest: Captured,
    instrument: InstrumentConfig,
  ) {
    this.name = id;
    this.origin = manifest.provenance === undefined ? null : originOf(manifest.provenance);
    this.#folder = folder;
    this.#form = form;
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
    const { form, source_manifest: manifest } = BaseManifest.parse(JSON.parse(text));
    const { config } = await instrumentFor(instrument, manifest.symbol);
    const { config_version: version, pressure_model } = manifest;
    if (config.config_version !== version) {
      throw new AnalysisError(
        "data",
        `the data set ${id}`,
        `must be of the instrument's settings ${config.config_version}: it is of ${version}`,
      );
    }
    return new DatasetBins(id, folder, form, manifest, { ...config, pressure_model });
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

  async read(request: BinRequest): Promise<void> {
    if (this.#form === "compact") await this.#restore(request);
    else await this.#read(request);
  }

  close(): void {
    // Files are open only while they are read.
  }

  async #restore({ startNs, untilNs, onBin, onProgress }: BinRequest): Promise<void> {
    const bins = CompactBins.open(this.#folder);
    for await (const frame of bins.read()) {
      if (bins.baseNs + BigInt(frame.binEndNs) >= untilNs) return;
      if (bins.baseNs + BigInt(frame.binStartNs) < startNs) continue;
      frame.spotHalfTick = this.#isHalfTick(frame);
      onBin(frame, NO_STEPS);
      onProgress?.((frame.binSeq + 1) / bins.manifest.rows.bins);
    }
  }

  async #read({ startNs, untilNs, onBin, onProgress }: BinRequest): Promise<void> {
    const bins = await this.#file("bins.parquet");
    const grid = await this.#file("grid_clean.parquet");
    const header = await columnsOf(bins, BIN_HEADER_COLUMNS, { from: 0, to: bins.rows });
    const frame = newWindowFrame(this.baseNs, this.instrument.grid_radius_ticks, 0);
    const rows = frame.k.length;
    let seen = 0;
    for (const group of grid.groups) {
      const columns = await columnsOf(grid, ROW_COLUMNS, group);
      for (let at = 0; at < group.to - group.from; at += rows, seen++) {
        readBinHeader(frame, header, seen);
        frame.spotHalfTick = this.#isHalfTick(frame);
        if (this.baseNs + BigInt(frame.binStartNs) < startNs) continue;
        if (this.baseNs + BigInt(frame.binEndNs) >= untilNs) return;
        fillRows(frame, columns, at);
        onBin(frame, NO_STEPS);
      }
      onProgress?.(group.to / grid.rows);
    }
  }

  #isHalfTick({ bestBidPriceInt: bid, bestAskPriceInt: ask, spotRefPriceInt: spot }: WindowFrame) {
    const { tick_int: tick, pressure_model: model } = this.instrument;
    return model === "complete" && spot > 0 && ((bid + ask) / tick) % 2 !== 0;
  }

  #file(name: string): Promise<GroupReader> {
    return GroupReader.open(join(this.#folder, name));
  }
}

const NO_STEPS = { writeSteps: (_row: number, out: Float64Array) => void out.fill(0, 0, 4) };

/** Some columns of a file's rows. @throws {AnalysisError} When it lacks one. */
async function columnsOf(
  file: GroupReader,
  columns: readonly Column[],
  range: RowRange,
): Promise<readonly ColumnArray[]> {
  try {
    return (await file.read(columns, range)).columns;
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    throw new AnalysisError("data", "the data set", `must have the column ${error.subject}`);
  }
}

/** Takes a bin's rows, those from `at`, of the columns that {@link ROW_COLUMNS} names. */
function fillRows(frame: WindowFrame, columns: readonly ColumnArray[], at: number): void {
  const rows = frame.k.length;
  ENGINE.forEach((place, i) => {
    frame.engine[place]!.set(arrayAs(Float64Array, columns[i], "engine").subarray(at, at + rows));
  });
  const state = arrayAs(Int8Array, columns.at(-1), STATE_COLUMN.name);
  frame.state.set(state.subarray(at, at + rows));
}
