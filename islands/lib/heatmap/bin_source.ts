/** Bins asked for when the stream opens: what a wide screen shows. */
export const FIRST_BINS = 1_200;

/** Where a page of the driver gets its bins. */
export interface BinSource {
  /** Address of the stream. */
  readonly streamUrl: string;
  /** Script of the worker that reads it. */
  readonly workerUrl: URL;
}

/**
 * The shared market of the page's own server.
 *
 * @param bundleUrl Address of the bundle of the page's island: the worker lies beside it.
 */
export function sharedMarket(bundleUrl: string): BinSource {
  const { protocol, host } = location;
  const scheme = protocol === "https:" ? "wss:" : "ws:";
  const query = `backfill=${FIRST_BINS}&order=newest&parts=grid,trade_cells`;
  return {
    streamUrl: `${scheme}//${host}/v1/pressure/stream?${query}`,
    workerUrl: new URL("./bin_worker.js", bundleUrl),
  };
}
