import type { DbnVersion } from "./_layout.ts";

/** From when to when a raw symbol had a symbol of the output symbology. */
export interface MappingInterval {
  readonly startDate: number; // YYYYMMDD, UTC, inclusive
  readonly endDate: number; // YYYYMMDD, UTC, exclusive
  readonly symbol: string;
}

/** The symbols that one requested symbol stood for, by date. */
export interface SymbolMapping {
  readonly rawSymbol: string;
  readonly intervals: readonly MappingInterval[];
}

/** What a DBN stream says about itself before its first record. */
export interface DbnMetadata {
  readonly version: DbnVersion;
  readonly dataset: string;
  /** Schema id; `SCHEMA_MIXED` in live and mixed streams. */
  readonly schema: number;
  readonly startNs: bigint; // UTC, inclusive
  /** UTC, exclusive; `END_NONE` or 0 when open. */
  readonly endNs: bigint;
  /** Record limit of the request; 0 = none. */
  readonly limit: bigint;
  /** Symbology id; `STYPE_MIXED` in live and mixed streams. */
  readonly stypeIn: number;
  readonly stypeOut: number;
  /** Whether every record carries 8 more bytes with its send time. */
  readonly tsOut: boolean;
  /** Width of the symbol strings that follow: 22 in version 1, normally 71 later. */
  readonly symbolCstrLen: number;
  readonly symbols: readonly string[];
  /** Symbols that were not resolved for at least one day. */
  readonly partial: readonly string[];
  /** Symbols that were resolved for no day. */
  readonly notFound: readonly string[];
  readonly mappings: readonly SymbolMapping[];
}

/** Schema id of streams with several record types. */
export const SCHEMA_MIXED = 65_535;
/** Symbology id of streams with several symbologies. */
const STYPE_MIXED = 255;
/** `endNs` of a stream without an end: 2^64 - 1. */
export const END_NONE = (1n << 64n) - 1n;

const SCHEMAS = [
  "mbo",
  "mbp-1",
  "mbp-10",
  "tbbo",
  "trades",
  "ohlcv-1s",
  "ohlcv-1m",
  "ohlcv-1h",
  "ohlcv-1d",
  "definition",
  "statistics",
  "status",
  "imbalance",
  "ohlcv-eod",
  "cmbp-1",
  "cbbo-1s",
  "cbbo-1m",
  "tcbbo",
  "bbo-1s",
  "bbo-1m",
] as const;

const STYPES = [
  "instrument_id",
  "raw_symbol",
  "smart",
  "continuous",
  "parent",
  "nasdaq_symbol",
  "cms_symbol",
  "isin",
  "us_code",
  "bbg_comp_id",
  "bbg_comp_ticker",
  "figi",
  "figi_ticker",
] as const;

/** Name of a schema. */
export type SchemaName = typeof SCHEMAS[number];
/** Name of a symbology. */
export type StypeName = typeof STYPES[number];

/** Name of a schema id: null for mixed streams, `schema_<id>` for ids that are not known here. */
export function schemaName(id: number): string | null {
  return id === SCHEMA_MIXED ? null : SCHEMAS[id] ?? `schema_${id}`;
}

/** Id of a schema name. */
export function schemaId(name: SchemaName): number {
  return SCHEMAS.indexOf(name);
}

/** Name of a symbology id: null for mixed streams, `stype_<id>` for ids that are not known here. */
export function stypeName(id: number): string | null {
  return id === STYPE_MIXED ? null : STYPES[id] ?? `stype_${id}`;
}

/** Id of a symbology name. */
export function stypeId(name: StypeName): number {
  return STYPES.indexOf(name);
}

/** Metadata with the defaults of a new version 3 file of one record type; `given` overrides. */
export function newMetadata(
  given: Partial<DbnMetadata> & Pick<DbnMetadata, "dataset" | "schema" | "startNs">,
): DbnMetadata {
  const version = given.version ?? 3;
  return {
    version,
    endNs: END_NONE,
    limit: 0n,
    stypeIn: stypeId("raw_symbol"),
    stypeOut: stypeId("instrument_id"),
    tsOut: false,
    symbolCstrLen: version === 1 ? 22 : 71,
    symbols: [],
    partial: [],
    notFound: [],
    mappings: [],
    ...given,
  };
}

/** Metadata as delivered under an upgrade to `target`. */
export function upgradeMetadata(metadata: DbnMetadata, target: DbnVersion): DbnMetadata {
  if (metadata.version === target) return metadata;
  const symbolCstrLen = metadata.version === 1 ? 71 : metadata.symbolCstrLen;
  return { ...metadata, version: target, symbolCstrLen };
}
