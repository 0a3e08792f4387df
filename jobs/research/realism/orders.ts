import { decodeDbn } from "../../../engine/dbn/mod.ts";
import { FuturesBook } from "../../../engine/realism/mod.ts";
import { FuturesTape } from "../../../engine/tape/futures/mod.ts";
import { TapeFolderError } from "../../lake/tape/mod.ts";

const START_NS = 1_768_401_000_000_000_000n;
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
