import { join } from "node:path";
import { newYorkText } from "../../../engine/clock/mod.ts";
import { gridLayout } from "../../../engine/frames/contract.ts";
import { EMBEDDED_MARKET, type Origin, stampText } from "../../../modules/kit/mod.ts";
import { DatasetFolder, DatasetWriter, jsonText } from "../datasets/mod.ts";
import type { EncodedBin } from "../../market/mod.ts";
import { manifestOf } from "./manifest.ts";
import type { recordedConfig } from "./recorded_config.ts";

/** Bins of a row group: 20 s of market at ten bins a second. */
const FLUSH_BINS = 200;

/** What a recording is made of. */
export interface RecordingOptions {
  readonly folder: string;
  readonly name: string;
  readonly source: string;
  /** Whether the feed's market was made up. */
  readonly isSynthetic: boolean;
  readonly config: ReturnType<typeof recordedConfig>;
  readonly nowMs: () => number;
  readonly now: () => Date;
  readonly onFailure: (error: Error) => void;
}

/** One run of bins from a live feed into a folder that is whole when it has ended. */
export class Recording {
  readonly name: string;
  readonly symbol: string;
  readonly #options: RecordingOptions;
  readonly #folder: DatasetFolder;
  readonly #writer: DatasetWriter;
  readonly #startedMs: number;
  #endedMs: number | null = null;
  #lastSeq: number | null = null;

  /** @throws {DatasetError} When the folder cannot be taken. */
  constructor(options: RecordingOptions) {
    this.#options = options;
    this.name = options.name;
    const { instrument } = options.config;
    this.symbol = instrument.symbol;
    this.#startedMs = options.nowMs();
    this.#folder = DatasetFolder.claim(options.folder, {
      what: "live recording",
      source: options.source,
      symbol: instrument.symbol,
    });
    this.#writer = new DatasetWriter({
      folder: options.folder,
      layout: gridLayout(2 * instrument.grid_radius_ticks + 1, instrument.projection_horizons_ms),
      flushBins: FLUSH_BINS,
      stamp: stampText({ ...originOf(options), instrument: instrument.symbol, date: null }),
      input: null,
      encoded: true,
      onFailure: options.onFailure,
    });
  }

  get bins(): number {
    return this.#writer.bins;
  }

  get bytes(): number {
    return this.#writer.bytes;
  }

  /** Bins on their way to the writing thread. */
  get ahead(): number {
    return this.#writer.ahead;
  }

  get elapsedMs(): number {
    return (this.#endedMs ?? this.#options.nowMs()) - this.#startedMs;
  }

  /** Takes the next bin. Returns false, and takes nothing, when bins before it are missing. */
  add(bin: EncodedBin): boolean {
    if (this.#lastSeq !== null && bin.seq !== this.#lastSeq + 1) return false;
    this.#lastSeq = bin.seq;
    this.#writer.addEncoded(bin.header, bin.arrow);
    return true;
  }

  /**
   * Makes the folder whole.
   *
   * @throws {Error} When no bin came or the disk does not take it; the folder is gone then.
   */
  async finish(why: string | null): Promise<void> {
    this.#endedMs = this.#options.nowMs();
    try {
      if (this.#writer.bins === 0) throw new RangeError("No bin came while it recorded");
      const facts = await this.#writer.finish();
      const { instrument, projection } = this.#options.config;
      const cellNs = BigInt(instrument.cell_width_ms) * 1_000_000n;
      const startNs = (facts.firstBinNs ?? 0n) - cellNs;
      const wall = newYorkText(startNs);
      const manifest = manifestOf({
        source: { kind: "live", name: this.#options.source },
        origin: originOf(this.#options),
        instrument,
        projection,
        date: wall.slice(0, 10),
        startTime: wall.slice(11, 16),
        startNs,
        endNs: (facts.lastBinNs ?? 0n) + cellNs,
        flushBins: FLUSH_BINS,
        warnings: null,
        facts,
      });
      const log = {
        created_at_utc: this.#options.now().toISOString(),
        elapsed_seconds: Math.round(this.elapsedMs) / 1_000,
        ended: why,
        deno: Deno.version.deno,
      };
      this.#folder.commit(jsonText(manifest), jsonText(log), "full");
    } catch (error) {
      await this.discard();
      throw error;
    }
  }

  /** Removes everything. */
  async discard(): Promise<void> {
    this.#endedMs ??= this.#options.nowMs();
    await this.#writer.abort();
    this.#folder.abort();
  }
}

/** Where the bins of a feed come from. */
function originOf({ source, isSynthetic }: RecordingOptions): Origin {
  return source === "synthetic" ? EMBEDDED_MARKET : { isSynthetic, isReplay: true, source };
}

/** Folder of all recordings below the data folder. */
export function recordingsFolder(dataDir: string): string {
  return join(dataDir, "recordings");
}

/** Name of a recording that was given none: symbol and New York time. */
export function recordingName(symbol: string, atNs: bigint): string {
  const [date = "", time = ""] = newYorkText(atNs).split(" ");
  const safe = symbol.replace(/[^A-Za-z0-9]/g, "_") || "feed";
  return `${safe}-${date.replaceAll("-", "")}-${time.replaceAll(":", "")}`;
}
