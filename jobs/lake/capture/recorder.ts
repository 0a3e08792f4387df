import { join } from "node:path";
import type { RecordingStatus } from "../../../modules/feed/contract.ts";
import { checkName, DatasetError } from "../datasets/mod.ts";
import { freeBytes, type Logger } from "../../kit/mod.ts";
import type { MarketEvent, MarketSession } from "../../market/mod.ts";
import { recordedConfig } from "./recorded_config.ts";
import { Recording, recordingName, recordingsFolder } from "./recording.ts";

/** Free space below which no recording starts, and below which one ends, bytes. */
const MIN_FREE_BYTES = 256 * 1024 * 1024;

/** How often free space is looked at, ms. */
const LOOK_EVERY_MS = 5_000;

/** Longest recording, bytes: about two days of one market. */
const MAX_BYTES = 24 * 1024 ** 3;

/** Bins on their way to the disk before a recording ends, as it cannot keep up. */
const MAX_AHEAD = 4_096;

/** Names tried for a recording that was given none. */
const MAX_NAMES = 100;

/** A recording that cannot start or end, with one line for people. */
export class RecorderError extends RangeError {
  override readonly name = "RecorderError";
  readonly code: "busy" | "idle" | "not_running" | "exists" | "disk_full";

  constructor(code: RecorderError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What the recorder listens to and where it writes. */
export interface RecorderOptions {
  readonly dataDir: string;
  readonly session: MarketSession;
  readonly log: Logger;
  readonly nowMs: () => number;
  readonly now: () => Date;
  /** Free bytes of the disk that holds a folder; the system's answer when left out. */
  readonly freeBytes?: (folder: string) => number;
}

type Status = Omit<RecordingStatus, "allowed">;

const IDLE: Status = {
  phase: "idle",
  name: null,
  folder: null,
  symbol: null,
  bins: 0,
  bytes: 0,
  elapsedMs: 0,
  message: null,
};

/**
 * Records the shared market, one recording at a time. It ends as a whole dataset when it is told to, and
 * when the feed is switched or moved, the disk gets full or does not keep up, or the server stops.
 */
export class Recorder {
  readonly #options: RecorderOptions;
  #recording: Recording | null = null;
  #ending: Promise<void> | null = null;
  #ended: Status = IDLE;
  #unsubscribe: () => void = () => {};
  #lookedAtMs = 0;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** The recording that runs, or how the last one ended. */
  status(): Status {
    const recording = this.#recording;
    if (recording === null) return this.#ended;
    return {
      phase: this.#ending === null ? "recording" : "finishing",
      ...this.#figures(recording),
      message: null,
    };
  }

  /**
   * Starts with the next bin of the running feed.
   *
   * @param name Name of the dataset, or null to go by symbol and time.
   * @throws {RecorderError} When one runs, no feed does, the name is taken or the disk is full.
   * @throws {DatasetError} `bad_name` when the name cannot be a folder.
   */
  start(name: string | null): Status {
    if (this.#recording !== null) {
      throw new RecorderError("busy", `Cannot record as "${this.#recording.name}" is recorded`);
    }
    const { dataDir, session, nowMs, now } = this.#options;
    const { config, state } = session;
    const nearNs = state?.nowNs ?? state?.startNs ?? null;
    const runs = state !== null && (state.phase === "live" || state.phase === "paused");
    if (config === null || nearNs === null || !runs) {
      throw new RecorderError("not_running", "Cannot record as no feed is running");
    }
    const root = recordingsFolder(dataDir);
    Deno.mkdirSync(root, { recursive: true });
    this.#checkFree(root);
    const found = recordedConfig(config);
    const title = name !== null
      ? checkName("a recording", name)
      : this.#freeName(root, recordingName(state.symbol, BigInt(nearNs)));
    try {
      this.#recording = new Recording({
        folder: join(root, title),
        name: title,
        source: state.name,
        isSynthetic: state.isSynthetic,
        config: found,
        nowMs,
        now,
        onFailure: (error) => void this.#end(null, error),
      });
    } catch (error) {
      if (!(error instanceof DatasetError)) throw error;
      throw new RecorderError("exists", `Cannot record as the name is taken: "${title}"`, {
        cause: error,
      });
    }
    const unfollow = session.follow();
    const unsubscribe = session.events.subscribe((event) => this.#take(event));
    this.#unsubscribe = () => {
      unsubscribe();
      unfollow();
    };
    this.#lookedAtMs = nowMs();
    this.#options.log.info("recording_started", { name: title });
    return this.status();
  }

  /**
   * Ends the recording as a whole dataset.
   *
   * @throws {RecorderError} When none runs.
   */
  async stop(): Promise<Status> {
    if (this.#recording === null) {
      throw new RecorderError("idle", "Cannot end as nothing is recorded");
    }
    await this.#end(null, null);
    return this.#ended;
  }

  /** Ends whatever runs, as the server stops. */
  async close(): Promise<void> {
    if (this.#recording !== null) await this.#end("the server stopped", null);
  }

  #figures(recording: Recording): Omit<Status, "phase" | "message"> {
    return {
      name: recording.name,
      folder: `recordings/${recording.name}`,
      symbol: recording.symbol,
      bins: recording.bins,
      bytes: recording.bytes,
      elapsedMs: Math.round(recording.elapsedMs),
    };
  }

  #freeName(root: string, wanted: string): string {
    const taken = new Set([...Deno.readDirSync(root)].map((entry) => entry.name));
    for (let i = 1; i <= MAX_NAMES; i++) {
      const name = i === 1 ? wanted : `${wanted}-${i}`;
      if (!taken.has(name)) return name;
    }
    throw new RecorderError("exists", `Cannot record as the name is taken: "${wanted}"`);
  }

  #checkFree(folder: string): void {
    if (this.#isFull(folder)) {
      throw new RecorderError("disk_full", "Cannot record as the disk is almost full");
    }
  }

  #isFull(folder: string): boolean {
    return (this.#options.freeBytes ?? freeBytes)(folder) < MIN_FREE_BYTES;
  }

  #take(event: MarketEvent): void {
    const recording = this.#recording;
    if (recording === null || this.#ending !== null) return;
    switch (event.type) {
      case "bin": {
        const bin = this.#options.session.bins.at(event.sequence);
        if (bin === undefined || !recording.add(bin)) {
          return void this.#end("bins are missing from here on", null);
        }
        return this.#watch(recording);
      }
      case "reset":
      case "config":
        return void this.#end("the feed was switched or moved", null);
      case "state": {
        const over = event.state.phase === "ended" || event.state.phase === "error";
        return over ? void this.#end("the feed ended", null) : undefined;
      }
      case "gone":
        return void this.#end("the feed ended", null);
    }
  }

  /** Ends a recording that has become too much for the disk. */
  #watch(recording: Recording): void {
    if (recording.ahead > MAX_AHEAD) {
      return void this.#end("the disk does not keep up", null);
    }
    const nowMs = this.#options.nowMs();
    if (nowMs - this.#lookedAtMs < LOOK_EVERY_MS) return;
    this.#lookedAtMs = nowMs;
    if (recording.bytes > MAX_BYTES) return void this.#end("it reached the largest size", null);
    if (this.#isFull(recordingsFolder(this.#options.dataDir))) {
      void this.#end("the disk is almost full", null);
    }
  }

  /** Ends the recording once; a failure of the writer takes everything away. */
  #end(why: string | null, failure: Error | null): Promise<void> {
    const recording = this.#recording;
    if (recording === null) return Promise.resolve();
    this.#ending ??= this.#finish(recording, why, failure);
    return this.#ending;
  }

  async #finish(recording: Recording, why: string | null, failure: Error | null): Promise<void> {
    const { log } = this.#options;
    this.#unsubscribe();
    try {
      if (failure !== null) {
        await recording.discard();
        throw failure;
      }
      await recording.finish(why);
      this.#ended = { phase: "done", ...this.#figures(recording), message: why };
      log.info("recording_ended", { name: recording.name, bins: recording.bins, why });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#ended = { phase: "failed", ...this.#figures(recording), folder: null, message };
      log.error("recording_failed", { name: recording.name, message });
    } finally {
      this.#recording = null;
      this.#ending = null;
    }
  }
}
