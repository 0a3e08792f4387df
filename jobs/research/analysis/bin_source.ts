import type { ScoreSteps } from "../../../engine/analysis/mod.ts";
import type { GridFrame } from "../../../engine/frames/mod.ts";
import type { Origin } from "../../../modules/kit/mod.ts";
import type { InstrumentConfig, ProjectionModel } from "../../../engine/pressure/mod.ts";

/** What is wanted of a source. */
export interface BinRequest {
  /** First bin, epoch ns. */
  readonly startNs: bigint;
  /** Bins that end at or after this are not wanted, epoch ns. */
  readonly untilNs: bigint;
  readonly projection: ProjectionModel;
  /** The frame and the steps are valid inside the call only. */
  readonly onBin: (frame: GridFrame, steps: ScoreSteps) => void;
  /** Share of the stretch that was read, 0..1. */
  readonly onProgress?: (share: number) => void;
  readonly onWarning?: (message: string) => void;
}

/**
 * Where the bins of an analysis come from: a market file that is run through the pipeline, or bins that
 * were computed and stored before. Reading twice gives the same bins to the last bit.
 */
export interface BinSource {
  /** Name for people. */
  readonly name: string;
  /** What the market was that its bins show; null when it was stored before that was kept. */
  readonly origin: Origin | null;
  readonly instrument: InstrumentConfig;
  /** Epoch ns that the times of its frames count from. */
  readonly baseNs: bigint;
  /** First instant it holds, and the end where it is known, epoch ns. */
  readonly startNs: bigint;
  readonly endNs: bigint | null;
  /** Whether its frames come with what projections start from; without it only directions can be had. */
  readonly hasScoreSteps: boolean;
  /** SHA-256 of its content, hex. */
  contentHash(): Promise<string>;
  /**
   * Checks and gives the first bin of a run that begins at a New York time.
   *
   * @throws {RangeError} When the source does not hold it.
   */
  startAt(date: string | null, time: string): bigint;
  /** Gives the bins in order. */
  read(request: BinRequest): Promise<void>;
  close(): void;
}
