import { layoutOf, RTYPE_MBO } from "./_layout.ts";
import type { MboBlock } from "./mbo.ts";
import { type DbnRecord, readRecord } from "./record.ts";

/**
 * Record `index` of a block as names and values, for tables and text. Cold path: replay reads the
 * words of the block instead.
 *
 * @throws {RangeError} When the block has no such record.
 */
export function mboRecord(block: MboBlock, index: number): DbnRecord {
  if (!(index >= 0 && index < block.count)) {
    throw new RangeError(`Cannot read mbo record ${index} of a block with: ${block.count}`);
  }
  const { words, strideWords } = block;
  const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
  const size = strideWords * 4;
  return readRecord(bytes, index * size, size, layoutOf(RTYPE_MBO, 3)!, strideWords === 16);
}
