import { AnalysisError } from "../../engine/analysis/mod.ts";
import { checkInstrumentLock } from "../../engine/pressure/mod.ts";
import type { BinSource } from "./bin_source.ts";
import { FileBins } from "./file_bins.ts";
import type { AnalysisOptions } from "./options.ts";

/**
 * Opens what an analysis reads.
 *
 * @throws {AnalysisError} When the input is neither a market file nor anything else that can be read.
 * @throws {FeedError} When the file or the instrument is missing.
 * @throws {RangeError} When product or symbol differ from the instrument's.
 */
export async function openSource(
  options: Pick<AnalysisOptions, "input" | "instrument" | "model" | "product_type" | "symbol">,
): Promise<BinSource> {
  const { input, instrument, model, product_type: product, symbol } = options;
  if (!/\.dbn(\.zst)?$/.test(input)) {
    throw new AnalysisError(
      "data",
      "the input",
      `must be a .dbn or .dbn.zst file: it is "${input}"`,
    );
  }
  const source = await FileBins.open(input, instrument, model);
  try {
    const own = source.instrument;
    checkInstrumentLock(own, product ?? own.product_type, symbol ?? own.symbol);
    return source;
  } catch (error) {
    source.close();
    throw error;
  }
}
