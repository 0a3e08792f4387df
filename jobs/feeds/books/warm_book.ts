import {
  type InstrumentConfig,
  QUADRATIC_PROJECTION,
  StreamPipeline,
} from "../../../engine/pressure/mod.ts";
import { baseNsOf, startOf, warmupStart } from "../../market/mod.ts";
import { instrumentFor } from "../instruments.ts";
import { ReplayFeed } from "../replay_feed.ts";
import { type BookCache, BookCacheError } from "./book_cache.ts";

/** Which book to build ahead. */
export interface WarmOptions {
  readonly file: string;
  /** Instrument name, path of a YAML file, or empty to go by the file's symbol. */
  readonly instrument: string;
  /** Takes the place of the instrument's `pressure_model`. */
  readonly model: InstrumentConfig["pressure_model"] | null;
  /** New York `HH:MM[:SS]` of the first bin. */
  readonly start: string;
  /** New York date of the first bin, or null for the file's first. */
  readonly date: string | null;
  readonly onWarning: (message: string) => void;
}

/** A book that was built ahead. */
export interface WarmBook {
  readonly path: string;
  readonly symbol: string;
  /** Records of the file that it holds. */
  readonly records: number;
  /** Resting orders in it. */
  readonly orders: number;
  readonly stateHash: string;
}

/**
 * Takes a file up to a time and stores the book in the cache, in place of one that may be there.
 *
 * @throws {BookCacheError} When no event lies before the time, or none after it.
 * @throws {FeedError} When it is no market file, no instrument fits, or the file does not hold the time.
 */
export async function warmBook(cache: BookCache, options: WarmOptions): Promise<WarmBook> {
  const feed = await ReplayFeed.open(options.file);
  try {
    const { config } = await instrumentFor(options.instrument, feed.symbol);
    const { model } = options;
    const instrument = model === null ? config : { ...config, pressure_model: model };
    const startNs = startOf(options, feed, instrument);
    if (startNs === null || feed.startNs === null) {
      throw new BookCacheError("no_boundary", "Cannot warm the book as the file has no time");
    }
    const baseNs = baseNsOf(feed.startNs);
    const emitAfterNs = Number(startNs - baseNs);
    const pipeline = new StreamPipeline(instrument, {
      baseNs,
      emitAfterNs,
      warmupStartNs: warmupStart(emitAfterNs, Number(feed.startNs - baseNs)),
      projection: QUADRATIC_PROJECTION,
      symbolOf: feed.symbolOf,
      onBin: () => {},
      onWarning: options.onWarning,
    });
    const path = await cache.build({ file: options.file, feed, pipeline, instrument });
    return {
      path,
      symbol: instrument.symbol,
      records: feed.position,
      orders: pipeline.engine.book.orders.size,
      stateHash: pipeline.stateHash(),
    };
  } finally {
    feed.close();
  }
}
