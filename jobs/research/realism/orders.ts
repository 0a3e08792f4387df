import { decodeDbn } from "../../../engine/dbn/mod.ts";
import { FuturesBook } from "../../../engine/realism/mod.ts";
import { DEFAULT_CONTROL, fixedTimeline } from "../../../engine/regime/mod.ts";
import { FuturesTape } from "../../../engine/tape/futures/mod.ts";
import { openRun } from "../../feeds/mod.ts";
import { TapeFolderError } from "../../lake/tape/mod.ts";

const START_NS = 1_768_401_000_000_000_000n;
/** Wednesday 2026-01-14, 12:00 New York. */
const NOON_NS = 1_768_410_000_000_000_000n;
const STEP_NS = 10_000_000_000;
const STEPS_A_MINUTE = 6;

/** Facts of the book of synthetic futures, one market after the other. */
export function syntheticBook(seeds: readonly number[], minutes: number): FuturesBook {
  const book = new FuturesBook();
  for (const seed of seeds) {
    book.begin();
    const tape = new FuturesTape({ seed, startNs: START_NS });
    const out = tape.writer();
    for (let step = 1; step <= minutes * STEPS_A_MINUTE; step++) {
      tape.generate(step * STEP_NS, out);
      book.read(out.block());
      out.reset();
    }
  }
  return book;
}

/**
 * The same of futures that follow the plan of a market, as the terminal shows them: from two and a half hours
 * after the open on, one market after the other.
 */
export async function followedBook(
  seeds: readonly number[],
  minutes: number,
): Promise<FuturesBook> {
  const book = new FuturesBook();
  for (const seed of seeds) {
    book.begin();
    const timeline = fixedTimeline({ ...DEFAULT_CONTROL, shared_seed: seed });
    const plan = { timeline, clock: "et" } as const;
    const source = { kind: "synthetic", seed, regime: null, startNs: NOON_NS, plan } as const;
    const { feed } = await openRun({ source, instrument: "", model: null });
    const untilNs = NOON_NS + BigInt(minutes) * 60_000_000_000n;
    await feed.pull(untilNs, Infinity, { mbo: (block) => book.read(block) });
    feed.close();
  }
  return book;
}

/**
 * Gives a book the orders of a file, from its first record.
 *
 * @throws {TapeFolderError} `bad_file` when it cannot be decoded.
 */
export async function readOrders(path: string, book: FuturesBook): Promise<void> {
  book.begin();
  try {
    const file = await Deno.open(path);
    await decodeDbn(file.readable, { onMbo: (block) => book.read(block) });
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new TapeFolderError("bad_file", `Cannot read "${path}": ${what}`, { cause });
  }
}
