import { AnalysisError } from "../../../engine/analysis/mod.ts";
import { checkInstrumentLock } from "../../../engine/pressure/mod.ts";
import { researchRoot } from "../../lake/datasets/mod.ts";
import type { BinSource } from "./bin_source.ts";
import { DatasetBins } from "./dataset_bins.ts";
import { FileBins } from "./file_bins.ts";
import type { AnalysisOptions } from "./options.ts";

/** What decides which bins are read. */
export type SourceOptions = Pick<
  AnalysisOptions,
  "input" | "dataDir" | "instrument" | "model" | "product_type" | "symbol"
>;

/**
 * Opens what an analysis reads.
 *
 * @throws {AnalysisError} When the input is neither a market file nor anything else that can be read.
 * @throws {FeedError} When the file or the instrument is missing.
 * @throws {RangeError} When product or symbol differ from the instrument's.
 */
export async function openSource(options: SourceOptions): Promise<BinSource> {
  const { product_type: product, symbol } = options;
  const source = await sourceOf(options);
  try {
    const own = source.instrument;
    checkInstrumentLock(own, product ?? own.product_type, symbol ?? own.symbol);
    return source;
  } catch (error) {
    source.close();
    throw error;
  }
}

async function sourceOf(options: SourceOptions): Promise<BinSource> {
  const { input, instrument, model, dataDir } = options;
  if (/\.dbn(\.zst)?$/.test(input)) return await FileBins.open(input, instrument, model);
  if (/[\\/]/.test(input)) {
    throw new AnalysisError(
      "data",
      "the input",
      `must be a .dbn or .dbn.zst file or the id of a data set: it is "${input}"`,
    );
  }
  const source = await DatasetBins.open(researchRoot(dataDir), input, instrument);
  if (model === null || model === source.instrument.pressure_model) return source;
  throw new AnalysisError("data", "model", `must be the data set's: it is ${model}`);
}
