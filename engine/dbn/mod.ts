/**
 * Databento Binary Encoding: reading and writing market data files.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { compressZstd, decodeDbn, encodeMetadata, newMetadata, schemaId } from "./mod.ts";
 *
 * const metadata = newMetadata({ dataset: "XNAS.ITCH", schema: schemaId("mbo"), startNs: 0n });
 * let orders = 0;
 * await decodeDbn(compressZstd([encodeMetadata(metadata)]), {
 *   onMetadata: ({ dataset }) => equal(dataset, "XNAS.ITCH"),
 *   onMbo: (block) => orders += block.count,
 * });
 * equal(orders, 0);
 * ```
 *
 * @module
 */

export type { ByteSource } from "./_byte_reader.ts";
export type { FieldValue } from "./_field.ts";
export type { DbnVersion } from "./_layout.ts";
export { decompress } from "./container.ts";
export { decodeDbn } from "./decode.ts";
export { type DefinitionRow, definitionRow, encodeDefinition } from "./definition_row.ts";
export { type DbnCounters, DbnDecoder, type DbnDecoderOptions, type DbnSink } from "./decoder.ts";
export { concatBytes, encodeDbn } from "./encode.ts";
export { DbnError, type DbnErrorCode, type DbnErrorPlace } from "./error.ts";
export { ACTION, FLAG, MBO_BYTES, MBO_WORD, type MboBlock, SIDE } from "./mbo.ts";
export {
  type DbnMetadata,
  END_NONE,
  type MappingInterval,
  newMetadata,
  SCHEMA_MIXED,
  schemaId,
  type SchemaName,
  schemaName,
  type StypeName,
  type SymbolMapping,
} from "./metadata.ts";
export { encodeMetadata, type MetadataExtent } from "./metadata_codec.ts";
export { type MetadataJson, metadataToJson } from "./metadata_json.ts";
export { mboRecord } from "./mbo_record.ts";
export { type MboFields, writeMbo } from "./mbo_write.ts";
export { type DbnRecord, type DbnRecordInput, encodeRecord } from "./record.ts";
export { type RecordView } from "./record_view.ts";
export {
  encodeStatistics,
  STAT_TYPE,
  type StatisticsRow,
  statisticsRow,
} from "./statistics_row.ts";
export type { UpgradePolicy } from "./upgrade.ts";
export { SymbolMap, utcDate } from "./symbols.ts";
export { compressZstd } from "./zstd_write.ts";
