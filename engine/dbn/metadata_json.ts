import { METADATA_FIXED_END, type MetadataExtent } from "./metadata_codec.ts";
import { type DbnMetadata, END_NONE, schemaName, stypeName } from "./metadata.ts";

/** Metadata as plain JSON: ids as names, 64-bit integers as decimal strings, absent values null. */
export interface MetadataJson {
  readonly version: number;
  readonly metadata_length: number;
  readonly dataset: string;
  readonly schema: string | null;
  readonly start: string;
  readonly end: string | null;
  readonly limit: string | null;
  readonly record_count_raw?: string; // version 1 only
  readonly stype_in: string | null;
  readonly stype_out: string | null;
  readonly ts_out: boolean;
  readonly symbol_cstr_len: number;
  readonly fixed_part_end: number;
  readonly symbols: readonly string[];
  readonly partial: readonly string[];
  readonly not_found: readonly string[];
  readonly mappings: readonly {
    readonly raw_symbol: string;
    readonly intervals: readonly {
      readonly start_date: number;
      readonly end_date: number;
      readonly symbol: string;
    }[];
  }[];
  readonly end_padding: number;
}

/** The JSON form of metadata, with the extent that it had in its file. */
export function metadataToJson(metadata: DbnMetadata, extent: MetadataExtent): MetadataJson {
  const { endNs, limit } = metadata;
  return {
    version: metadata.version,
    metadata_length: extent.length,
    dataset: metadata.dataset,
    schema: schemaName(metadata.schema),
    start: metadata.startNs.toString(),
    end: endNs === END_NONE || endNs === 0n ? null : endNs.toString(),
    limit: limit === 0n ? null : limit.toString(),
    ...(extent.recordCount === null ? {} : { record_count_raw: extent.recordCount.toString() }),
    stype_in: stypeName(metadata.stypeIn),
    stype_out: stypeName(metadata.stypeOut),
    ts_out: metadata.tsOut,
    symbol_cstr_len: metadata.symbolCstrLen,
    fixed_part_end: METADATA_FIXED_END,
    symbols: metadata.symbols,
    partial: metadata.partial,
    not_found: metadata.notFound,
    mappings: metadata.mappings.map(({ rawSymbol, intervals }) => ({
      raw_symbol: rawSymbol,
      intervals: intervals.map(({ startDate, endDate, symbol }) => ({
        start_date: startDate,
        end_date: endDate,
        symbol,
      })),
    })),
    end_padding: extent.endPadding,
  };
}
