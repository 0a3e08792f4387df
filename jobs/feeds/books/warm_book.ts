import {
  type PressureModel,
  QUADRATIC_PROJECTION,
  StreamPipeline,
} from "../../../engine/pressure/mod.ts";
import { openRun } from "../run_plan.ts";
import { type BookCache, BookCacheError } from "./book_cache.ts";

/** Which book to build ahead. */
export interface WarmOptions {
  readonly file: string;
  /** Instrument name, path of a YAML file, or empty to go by the file's symbol. */
  readonly instrument: string;
  /** Takes the place of the instrument's `pressure_model`. */
  readonly model: PressureModel | null;
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
  const { file, instrument: wanted, model, date, start } = options;
  const run = await openRun({ source: { kind: "file", path: file }, instrument: wanted, model });
  const { feed, instrument } = run;
  try {
    const firstBinNs = run.firstBin({ date, start });
    if (firstBinNs === null) {
      throw new BookCacheError("no_boundary", "Cannot warm the book as the file has no time");
    }
    const pipeline = new StreamPipeline(instrument, {
      ...run.timing(firstBinNs),
      projection: QUADRATIC_PROJECTION,
      onBin: () => {},
      onWarning: options.onWarning,
    });
    const path = await cache.build({ file, feed, pipeline, instrument });
    return {
      path,
      symbol: instrument.symbol,
      records: feed.position,
      orders: pipeline.engine.book.orders.size,
      stateHash: pipeline.hash(),
    };
  } finally {
    feed.close();
  }
}
