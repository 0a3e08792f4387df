/** Files of a captured folder in either form. The log is outside of everything that is hashed or compared. */
export const DATASET_FILES = {
  BINS: "bins.parquet",
  BUCKETS: "buckets.parquet",
  /** Of the compact form: every so manieth bin as in `buckets.parquet`. */
  KEYS: "keys.parquet",
  /** Of the compact form: the ticks that time alone does not explain. */
  TOUCHED: "touched.parquet",
  MANIFEST: "manifest.json",
  LOG: "capture.log.json",
} as const;

/** How a data set keeps its rows: all of them, or those from which the others follow. */
export type DatasetForm = "full" | "compact";

/** The Parquet files of each form. */
export const FORM_FILES: Readonly<Record<DatasetForm, readonly string[]>> = {
  full: [DATASET_FILES.BINS, DATASET_FILES.BUCKETS],
  compact: [DATASET_FILES.BINS, DATASET_FILES.KEYS, DATASET_FILES.TOUCHED],
};

/** Name of a file while it is written. */
export function partialName(name: string): string {
  return `${name}.partial`;
}
