import { DbnDecoder } from "../../dbn/mod.ts";
import { QUADRATIC_PROJECTION } from "../projection.ts";
import { type PipelineInstrument, StreamPipeline } from "../stream_pipeline.ts";

/** Runs a pipeline over the bytes of a file cut into chunks, and returns its hash at the end. */
export function hashOfRun(
  bytes: Uint8Array,
  chunkBytes: number,
  instrument: PipelineInstrument,
  baseNs: bigint,
): string {
  const pipeline = new StreamPipeline(instrument, {
    baseNs,
    emitAfterNs: 0,
    warmupStartNs: 0,
    projection: QUADRATIC_PROJECTION,
    onBin: () => {},
  });
  const sink = { onMbo: pipeline.take.bind(pipeline) };
  const decoder = new DbnDecoder();
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    decoder.push(bytes.subarray(at, at + chunkBytes), sink);
  }
  decoder.finish(sink);
  pipeline.finish();
  return pipeline.hash();
}

/** What the test sends to a worker. */
export interface HashJob {
  readonly bytes: Uint8Array;
  readonly instrument: PipelineInstrument;
  readonly baseNs: bigint;
}

// As a worker's script this file answers jobs; as a test file it only offers the function.
const scope = globalThis as unknown as {
  readonly WorkerGlobalScope?: unknown;
  onmessage: ((event: MessageEvent<HashJob>) => void) | null;
  postMessage(message: string): void;
};
if (scope.WorkerGlobalScope !== undefined) {
  scope.onmessage = ({ data }) =>
    scope.postMessage(hashOfRun(data.bytes, 65_536, data.instrument, data.baseNs));
}
