import type { ByteSource } from "./_byte_reader.ts";
import { decompress } from "./container.ts";
import { type DbnCounters, DbnDecoder, type DbnDecoderOptions, type DbnSink } from "./decoder.ts";

/**
 * Decodes a DBN file or fragment, plain or Zstandard, told apart by content.
 *
 * @param source Chunks of any size, for instance a file's `readable`; closed at the end.
 * @param sink Receives metadata, mbo blocks and records in file order, until the end or the error.
 * @returns What was counted.
 * @throws {DbnError} When the input is no DBN, is damaged, or ends too early.
 * @see docs/methods/dbn.md, "Reading".
 */
export async function decodeDbn(
  source: ByteSource,
  sink: DbnSink,
  options: DbnDecoderOptions = {},
): Promise<DbnCounters> {
  const decoder = new DbnDecoder(options);
  for await (const chunk of decompress(source)) decoder.push(chunk, sink);
  return decoder.finish(sink);
}
