import { createHash } from "node:crypto";
import { basename } from "node:path";
import { AnalysisError } from "../../../engine/analysis/mod.ts";
import { DbnError } from "../../../engine/dbn/mod.ts";
import {
  type InstrumentConfig,
  type PressureModel,
  StreamPipeline,
} from "../../../engine/pressure/mod.ts";
import type { Origin } from "../../../modules/kit/mod.ts";
import {
  openRun,
  type PlannedRun,
  type Pulled,
  type ReplayFeed,
  StageDrive,
} from "../../feeds/mod.ts";
import type { BinRequest, BinSource } from "./bin_source.ts";

/** A `.dbn` or `.dbn.zst` file, run through the pressure pipeline each time it is read. */
export class FileBins implements BinSource {
  readonly name: string;
  readonly origin: Origin;
  readonly instrument: InstrumentConfig;
  readonly baseNs: bigint;
  readonly startNs: bigint;
  readonly endNs: bigint | null;
  readonly hasScoreSteps = true;
  readonly #path: string;
  readonly #run: PlannedRun<ReplayFeed>;

  private constructor(path: string, run: PlannedRun<ReplayFeed>) {
    this.name = basename(path);
    this.origin = { isSynthetic: run.feed.isSynthetic, isReplay: true, source: this.name };
    this.#path = path;
    this.#run = run;
    this.instrument = run.instrument;
    this.startNs = run.firstEventNs;
    this.endNs = run.feed.endNs;
    this.baseNs = run.baseNs;
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
    try {
      const run = await openRun({ source: { kind: "file", path }, instrument, model });
      return new FileBins(path, run);
    } catch (error) {
      throw damage(error, path);
    }
  }

  async contentHash(): Promise<string> {
    const hash = createHash("sha256");
    const file = await Deno.open(this.#path);
    for await (const chunk of file.readable) hash.update(chunk);
    return hash.digest("hex");
  }

  startAt(date: string | null, time: string): bigint {
    return this.#run.firstBin({ date, start: time }) ?? this.startNs;
  }

  async read(request: BinRequest): Promise<void> {
    const { startNs, untilNs, projection, onBin, onProgress, onWarning } = request;
    const { feed } = this.#run;
    const pipeline: StreamPipeline = new StreamPipeline(this.instrument, {
      ...this.#run.timing(startNs),
      projection,
      onBin: (frame) => onBin(frame, pipeline),
      ...(onWarning !== undefined && { onWarning }),
    });
    await feed.rewind(0);
    const drive = new StageDrive(feed, pipeline);
    const goalNs = Number(untilNs - this.baseNs);
    while (await this.#step(drive, goalNs) === "more") {
      onProgress?.(this.#shareOf(pipeline, startNs, untilNs));
    }
    onProgress?.(this.#shareOf(pipeline, startNs, untilNs));
    if (pipeline.eventCount === 0 && feed.position > 0) {
      const { symbol } = this.instrument;
      throw new AnalysisError(
        "data",
        "the file",
        `must hold records of ${symbol}: it holds "${feed.symbol}"`,
      );
    }
  }

  close(): void {
    this.#run.feed.close();
  }

  async #step(drive: StageDrive, goalNs: number): Promise<Pulled> {
    try {
      return await drive.step(goalNs);
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

function damage(error: unknown, path: string): unknown {
  if (!(error instanceof DbnError)) return error;
  return new AnalysisError("data", `the file "${path}"`, `must be whole: ${error.message}`);
}
