import { createHash } from "node:crypto";
import { join } from "node:path";
import { newYorkText } from "../../../engine/clock/mod.ts";
import {
  ENGINE_VERSION,
  type InstrumentConfig,
  type PipelineState,
  type StreamPipeline,
} from "../../../engine/pressure/mod.ts";
import type { FeedSink, RecordedFeed } from "../feed.ts";
import {
  checkKey,
  CheckpointError,
  type CheckpointKey,
  decodeCheckpoint,
  encodeCheckpoint,
  sha256,
} from "./checkpoint_file.ts";
import { flatten, StateTreeError, unflatten } from "./state_tree.ts";

/** Bytes read at once while a file is hashed. */
const CHUNK_BYTES = 1 << 20;
/** Records taken at once while a book is built. */
const RECORDS_PER_PULL = 50_000;

/** A run that is to begin at a given time: nothing of the file has been taken yet. */
export interface WarmTarget {
  /** Path of the file that the feed reads. */
  readonly file: string;
  readonly feed: RecordedFeed;
  /** Fresh, with `emitAfterNs` at the first bin. */
  readonly pipeline: Pick<
    StreamPipeline,
    "baseNs" | "emitAfterNs" | "take" | "save" | "restore" | "hash"
  >;
  readonly instrument: InstrumentConfig;
}

/** A book that cannot be built ahead. The message is one line for people. */
export class BookCacheError extends RangeError {
  override readonly name = "BookCacheError";
  readonly code: "no_boundary" | "ended";

  constructor(code: BookCacheError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** Tells of a checkpoint that was refused. */
export type Refused = (file: string, code: CheckpointError["code"], why: string) => void;

/**
 * Books after their warm-up, in files: what a replay that starts late would have built, so that it can
 * go on from there. A checkpoint belongs to one content of a file, one instrument, one time and one
 * engine version; whatever else lies there is refused, told of once, and built anew.
 */
export class BookCache {
  readonly #folder: string;
  readonly #onRefused: Refused;

  /** @param dataDir Data folder; checkpoints lie in `cache/book/` inside it. */
  constructor(dataDir: string, onRefused: Refused) {
    this.#folder = join(dataDir, "cache", "book");
    this.#onRefused = onRefused;
  }

  /**
   * Brings feed and pipeline to the first bin as fast as the cache allows. What follows is the same,
   * bit by bit, in all three cases.
   *
   * @returns `cold`: nothing was done, the run begins at the start of the file. `resumed`: both stand
   *   after the warm-up. `rebuilt`: the same, and a checkpoint that was refused has been replaced.
   */
  async prepare(target: WarmTarget): Promise<"cold" | "resumed" | "rebuilt"> {
    if (!hasBoundary(target)) return "cold";
    const candidates = await this.#candidates(target);
    if (candidates.length === 0) return "cold";
    const key = await keyOf(target);
    const name = nameOf(target, key);
    const found = candidates.includes(name) ? name : candidates[0]!;
    try {
      await this.#resume(target, join(this.#folder, found), key);
      return "resumed";
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
      this.#onRefused(found, error.code, error.message);
    }
    return await this.#rebuild(target, key);
  }

  /**
   * Takes the file up to the first bin and stores the book.
   *
   * @returns Path of the checkpoint.
   * @throws {BookCacheError} `no_boundary` when no event lies before the first bin, `ended` when none
   *   lies at or after it.
   */
  async build(target: WarmTarget): Promise<string> {
    if (!hasBoundary(target)) {
      throw new BookCacheError(
        "no_boundary",
        "Cannot warm the book as no event of the file lies before the given start",
      );
    }
    await takeWarmUp(target);
    return await this.#save(target, await keyOf(target));
  }

  /** Names of the checkpoints that may be meant. A run without any costs no look at the file. */
  async #candidates(target: WarmTarget): Promise<readonly string[]> {
    const prefix = prefixOf(target);
    const found: string[] = [];
    try {
      for await (const { name, isFile } of Deno.readDir(this.#folder)) {
        if (isFile && name.startsWith(prefix) && name.endsWith(SUFFIX)) found.push(name);
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    return found.sort();
  }

  async #resume(target: WarmTarget, path: string, key: CheckpointKey): Promise<void> {
    const { feed, pipeline } = target;
    const fresh = pipeline.save();
    const stored = decodeCheckpoint(await readCheckpoint(path));
    checkKey(stored.key, key);
    try {
      const state: PipelineState = unflatten(stored.state, fresh);
      pipeline.restore(state);
      if (pipeline.hash() !== stored.stateHash) {
        throw new CheckpointError("damaged", "its state is not the one that was stored");
      }
    } catch (error) {
      pipeline.restore(fresh);
      if (error instanceof CheckpointError) throw error;
      // Whatever a broken state makes the engine do, the run must go on without it.
      const why = error instanceof StateTreeError ? error.message : "its state cannot be put back";
      throw new CheckpointError("damaged", why, { cause: error });
    }
    await feed.rewind(stored.position);
  }

  async #rebuild(target: WarmTarget, key: CheckpointKey): Promise<"cold" | "rebuilt"> {
    const { feed, pipeline } = target;
    const fresh = pipeline.save();
    try {
      await takeWarmUp(target);
      await this.#save(target, key);
      return "rebuilt";
    } catch {
      // What is wrong with the file shows when the run itself comes there.
      await feed.rewind(0);
      pipeline.restore(fresh);
      return "cold";
    }
  }

  async #save(target: WarmTarget, key: CheckpointKey): Promise<string> {
    const { feed, pipeline } = target;
    await Deno.mkdir(this.#folder, { recursive: true });
    const path = join(this.#folder, nameOf(target, key));
    const bytes = encodeCheckpoint({
      key,
      position: feed.position,
      stateHash: pipeline.hash(),
      state: flatten(pipeline.save()),
    });
    const partial = `${path}.${crypto.randomUUID()}.part`;
    try {
      await Deno.writeFile(partial, bytes);
      await Deno.rename(partial, path);
    } catch (error) {
      await Deno.remove(partial).catch(() => {});
      throw error;
    }
    return path;
  }
}

const SUFFIX = ".book";

/** Whether there is anything to take before the first bin. */
function hasBoundary({ feed, pipeline }: WarmTarget): boolean {
  const { startNs } = feed;
  return pipeline.emitAfterNs > 0 && startNs !== null &&
    pipeline.baseNs + BigInt(pipeline.emitAfterNs) > startNs;
}

/** Takes every event before the first bin. */
async function takeWarmUp({ feed, pipeline }: WarmTarget): Promise<void> {
  const untilNs = pipeline.baseNs + BigInt(pipeline.emitAfterNs);
  const sink: FeedSink = { mbo: (block) => pipeline.take(block) };
  while (true) {
    const got = await feed.pull(untilNs, RECORDS_PER_PULL, sink);
    if (got === "due") return;
    if (got === "ended") {
      throw new BookCacheError(
        "ended",
        "Cannot warm the book as no event of the file lies at or after the given start",
      );
    }
  }
}

function startNsOf({ pipeline }: WarmTarget): bigint {
  return pipeline.baseNs + BigInt(pipeline.emitAfterNs);
}

function prefixOf(target: WarmTarget): string {
  const symbol = target.instrument.symbol.replaceAll(/[^A-Za-z0-9]/g, "-");
  const [date, time] = newYorkText(startNsOf(target)).split(" ");
  return `${symbol}_${date}_${time?.replaceAll(":", "")}_`;
}

function nameOf(target: WarmTarget, key: CheckpointKey): string {
  const digest = hex(sha256(JSON.stringify(Object.entries(key).sort()))).slice(0, 16);
  return `${prefixOf(target)}${digest}${SUFFIX}`;
}

async function keyOf(target: WarmTarget): Promise<CheckpointKey> {
  const { instrument, pipeline, file } = target;
  return {
    engine: ENGINE_VERSION,
    file_sha256: await hashFile(file),
    instrument_sha256: hex(sha256(JSON.stringify(Object.entries(instrument).sort()))),
    symbol: instrument.symbol,
    start_ns: String(startNsOf(target)),
    base_ns: String(pipeline.baseNs),
  };
}

async function hashFile(path: string): Promise<string> {
  using file = await Deno.open(path);
  const hash = createHash("sha256");
  const buffer = new Uint8Array(CHUNK_BYTES);
  for (let n = await file.read(buffer); n !== null; n = await file.read(buffer)) {
    hash.update(buffer.subarray(0, n));
  }
  return hash.digest("hex");
}

async function readCheckpoint(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    throw new CheckpointError("damaged", "it cannot be read", { cause: error });
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
