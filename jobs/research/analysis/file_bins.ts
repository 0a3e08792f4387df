import { createHash } from "node:crypto";
import { basename } from "node:path";
import { AnalysisError } from "../../../engine/analysis/mod.ts";
import { DbnError } from "../../../engine/dbn/mod.ts";
import {
  type InstrumentConfig,
  type PressureModel,
  StreamPipeline,
} from "../../../engine/pressure/mod.ts";
import { baseNsOf, startOf, warmupStart } from "../../market/mod.ts";
import { instrumentFor, ReplayFeed } from "../../feeds/mod.ts";
import type { BinRequest, BinSource } from "./bin_source.ts";

/** Records taken before progress is told again. */
const RECORDS_PER_STEP = 20_000;

/** A `.dbn` or `.dbn.zst` file, run through the pressure pipeline each time it is read. */
export class FileBins implements BinSource {
  readonly name: string;
  readonly instrument: InstrumentConfig;
  readonly baseNs: bigint;
  readonly startNs: bigint;
  readonly endNs: bigint | null;
  readonly hasScoreSteps = true;
  readonly #path: string;
  readonly #feed: ReplayFeed;

  private constructor(path: string, feed: ReplayFeed, instrument: InstrumentConfig) {
    this.name = basename(path);
    this.#path = path;
    this.#feed = feed;
    this.instrument = instrument;
    this.startNs = feed.startNs ?? 0n;
    this.endNs = feed.endNs;
    this.baseNs = baseNsOf(this.startNs);
  }

  /**
   * @param instrument Name, path of a YAML file, or empty to go by the file's symbol.
   * @param model Takes the place of the instrument's.
   * @throws {FeedError} When it is no market file, or no instrument fits.
   * @throws {AnalysisError} When its beginning is damaged.
   */
  static async open(
    path: string,
    instrument: string,
    model: PressureModel | null,
  ): Promise<FileBins> {
    const feed = await openFeed(path);
    try {
      const { config } = await instrumentFor(instrument, feed.symbol);
      return new FileBins(
        path,
        feed,
        model === null ? config : { ...config, pressure_model: model },
      );
    } catch (error) {
      feed.close();
      throw error;
    }
  }

  async contentHash(): Promise<string> {
    const hash = createHash("sha256");
    const file = await Deno.open(this.#path);
    for await (const chunk of file.readable) hash.update(chunk);
    return hash.digest("hex");
  }

  startAt(date: string | null, time: string): bigint {
    return startOf({ date, start: time }, this.#feed, this.instrument) ?? this.startNs;
  }

  async read(request: BinRequest): Promise<void> {
    const { startNs, untilNs, projection, onBin, onProgress, onWarning } = request;
    const emitAfterNs = Number(startNs - this.baseNs);
    const pipeline: StreamPipeline = new StreamPipeline(this.instrument, {
      baseNs: this.baseNs,
      emitAfterNs,
      warmupStartNs: warmupStart(emitAfterNs, Number(this.startNs - this.baseNs)),
      symbolOf: this.#feed.symbolOf,
      projection,
      onBin: (frame) => onBin(frame, pipeline),
      ...(onWarning !== undefined && { onWarning }),
    });
    await this.#feed.rewind(0);
    let got: "due" | "more" | "ended" = "more";
    while (got === "more") {
      got = await this.#pull(untilNs, pipeline);
      onProgress?.(this.#shareOf(pipeline, startNs, untilNs));
    }
    // Events go on past the stretch, so the quiet before its end is bins too.
    if (got === "due") pipeline.closeBinsUntil(Number(untilNs - this.baseNs));
    else pipeline.finish();
    if (pipeline.eventCount === 0 && this.#feed.position > 0) {
      const { symbol } = this.instrument;
      throw new AnalysisError(
        "data",
        "the file",
        `must hold records of ${symbol}: it holds "${this.#feed.symbol}"`,
      );
    }
  }

  close(): void {
    this.#feed.close();
  }

  async #pull(untilNs: bigint, pipeline: StreamPipeline): Promise<"due" | "more" | "ended"> {
    try {
      return await this.#feed.pull(untilNs, RECORDS_PER_STEP, (block) => pipeline.onBlock(block));
    } catch (error) {
      throw damage(error, this.#path);
    }
  }

  #shareOf(pipeline: StreamPipeline, startNs: bigint, untilNs: bigint): number {
    const at = pipeline.nextBinEndNs;
    if (Number.isNaN(at)) return 0;
    return Math.min(1, (at - Number(startNs - this.baseNs)) / Number(untilNs - startNs));
  }
}

async function openFeed(path: string): Promise<ReplayFeed> {
  try {
    return await ReplayFeed.open(path);
  } catch (error) {
    throw damage(error, path);
  }
}

function damage(error: unknown, path: string): unknown {
  if (!(error instanceof DbnError)) return error;
  return new AnalysisError("data", `the file "${path}"`, `must be whole: ${error.message}`);
}
