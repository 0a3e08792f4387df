import { definitionFields } from "./_definition.ts";
import { type Field, field, NO_I32, NO_PRICE, NO_TIME, NO_U32 } from "./_field.ts";

/** Format versions that can be read and written. */
export type DbnVersion = 1 | 2 | 3;

/** Fields of one record type in one or more format versions. */
export interface RecordLayout {
  /** Name of the record type, for instance `mbo`, `mbp10`, `ohlcv1s`. */
  readonly record: string;
  readonly rtype: number;
  readonly bytes: number; // without ts_out
  readonly fields: readonly Field[]; // header fields after length and rtype included
}

/** Bytes of the header that every record starts with. */
export const HEADER_BYTES = 16;
/** Record type of market-by-order records. */
export const RTYPE_MBO = 0xa0;
/** Record type of instrument definitions. */
const RTYPE_DEFINITION = 0x13;
/** Record type of error messages. */
export const RTYPE_ERROR = 0x15;
/** Record type of symbol mappings. */
const RTYPE_SYMBOL_MAPPING = 0x16;
/** Record type of system messages. */
export const RTYPE_SYSTEM = 0x17;
/** Record type of statistics. */
const RTYPE_STATISTICS = 0x18;

const HEADER: readonly Field[] = [
  field("publisher_id", "u16", 2, 0),
  field("instrument_id", "u32", 4, 0),
  field("ts_event", "u64", 8, NO_TIME),
];

function layout(
  record: string,
  rtype: number,
  bytes: number,
  fields: readonly Field[],
): RecordLayout {
  return { record, rtype, bytes, fields: [...HEADER, ...fields] };
}

const TS_RECV = field("ts_recv", "u64", 16, NO_TIME);

const MBO = [
  field("order_id", "u64", 16, 0),
  field("price", "i64", 24, NO_PRICE),
  field("size", "u32", 32, NO_U32),
  field("flags", "u8", 36, 0),
  field("channel_id", "u8", 37, 255),
  field("action", "char", 38, "N"),
  field("side", "char", 39, "N"),
  field("ts_recv", "u64", 40, NO_TIME),
  field("ts_in_delta", "i32", 48, 0),
  field("sequence", "u32", 52, 0),
];

/** The 32 bytes after the header that trades, quotes and consolidated quotes share, by name. */
const EVENT: Readonly<Record<string, Field>> = Object.fromEntries(
  [
    field("price", "i64", 16, NO_PRICE),
    field("size", "u32", 24, NO_U32),
    field("action", "char", 28, "N"),
    field("side", "char", 29, "N"),
    field("flags", "u8", 30, 0),
    field("depth", "u8", 31, 0),
    field("ts_recv", "u64", 32, NO_TIME),
    field("ts_in_delta", "i32", 40, 0),
    field("sequence", "u32", 44, 0),
  ].map((f) => [f.name, f]),
);

function event(...names: string[]): Field[] {
  return names.map((name) => EVENT[name]!);
}

const TRADE = Object.values(EVENT);
const BBO = event("price", "size", "side", "flags", "ts_recv", "sequence");
const CMBP = event("price", "size", "action", "side", "flags", "ts_recv", "ts_in_delta");
const CBBO = event("price", "size", "side", "flags", "ts_recv");

/** Bid/ask pairs from byte 48 on; `counts` are order counts, else publisher ids per side. */
function levels(count: number, counts: boolean): Field[] {
  const fields: Field[] = [];
  for (let i = 0; i < count; i++) {
    const at = 48 + 32 * i;
    const n = String(i).padStart(2, "0");
    fields.push(
      field(`bid_px_${n}`, "i64", at, NO_PRICE),
      field(`ask_px_${n}`, "i64", at + 8, NO_PRICE),
      field(`bid_sz_${n}`, "u32", at + 16, 0),
      field(`ask_sz_${n}`, "u32", at + 20, 0),
      field(counts ? `bid_ct_${n}` : `bid_pb_${n}`, counts ? "u32" : "u16", at + 24, 0),
      field(counts ? `ask_ct_${n}` : `ask_pb_${n}`, counts ? "u32" : "u16", at + 28, 0),
    );
  }
  return fields;
}

const OHLCV = [
  field("open", "i64", 16, NO_PRICE),
  field("high", "i64", 24, NO_PRICE),
  field("low", "i64", 32, NO_PRICE),
  field("close", "i64", 40, NO_PRICE),
  field("volume", "u64", 48, 0),
];

const STATUS = [
  TS_RECV,
  field("action", "u16", 24, 0),
  field("reason", "u16", 26, 0),
  field("trading_event", "u16", 28, 0),
  field("is_trading", "char", 30, "~"),
  field("is_quoting", "char", 31, "~"),
  field("is_short_sell_restricted", "char", 32, "~"),
];

const IMBALANCE = [
  TS_RECV,
  field("ref_price", "i64", 24, NO_PRICE),
  field("auction_time", "u64", 32, NO_TIME),
  field("cont_book_clr_price", "i64", 40, NO_PRICE),
  field("auct_interest_clr_price", "i64", 48, NO_PRICE),
  field("ssr_filling_price", "i64", 56, NO_PRICE),
  field("ind_match_price", "i64", 64, NO_PRICE),
  field("upper_collar", "i64", 72, NO_PRICE),
  field("lower_collar", "i64", 80, NO_PRICE),
  field("paired_qty", "u32", 88, NO_U32),
  field("total_imbalance_qty", "u32", 92, NO_U32),
  field("market_imbalance_qty", "u32", 96, NO_U32),
  field("unpaired_qty", "u32", 100, NO_U32),
  field("auction_type", "char", 104, "~"),
  field("side", "char", 105, "N"),
  field("auction_status", "u8", 106, 0),
  field("freeze_status", "u8", 107, 0),
  field("num_extensions", "u8", 108, 0),
  field("unpaired_side", "char", 109, "N"),
  field("significant_imbalance", "char", 110, "~"),
];

/** Statistics: the quantity grew from 32 to 64 bits in version 3, and what follows it moved. */
function statistics(wide: boolean): Field[] {
  const shift = wide ? 4 : 0;
  return [
    TS_RECV,
    field("ts_ref", "u64", 24, NO_TIME),
    field("price", "i64", 32, NO_PRICE),
    wide ? field("quantity", "i64", 40, NO_PRICE) : field("quantity", "i32", 40, NO_I32),
    field("sequence", "u32", 44 + shift, 0),
    field("ts_in_delta", "i32", 48 + shift, 0),
    field("stat_type", "u16", 52 + shift, 0),
    field("channel_id", "u16", 54 + shift, 255),
    field("update_action", "u8", 56 + shift, 1),
    field("stat_flags", "u8", 57 + shift, 0),
  ];
}

const MAPPING_V1 = [
  field("stype_in_symbol", "cstr22", 16, ""),
  field("stype_out_symbol", "cstr22", 38, ""),
  field("start_ts", "u64", 64, NO_TIME),
  field("end_ts", "u64", 72, NO_TIME),
];

const MAPPING_V2 = [
  field("stype_in", "u8", 16, 255),
  field("stype_in_symbol", "cstr71", 17, ""),
  field("stype_out", "u8", 88, 255),
  field("stype_out_symbol", "cstr71", 89, ""),
  field("start_ts", "u64", 160, NO_TIME),
  field("end_ts", "u64", 168, NO_TIME),
];

const ERROR_V2 = [
  field("err", "cstr302", 16, ""),
  field("code", "u8", 318, 255),
  field("is_last", "u8", 319, 255),
];

const SYSTEM_V2 = [field("msg", "cstr303", 16, ""), field("code", "u8", 319, 255)];

const COMMON: readonly RecordLayout[] = [
  layout("mbo", RTYPE_MBO, 56, MBO),
  layout("trade", 0x00, 48, TRADE),
  layout("mbp1", 0x01, 80, [...TRADE, ...levels(1, true)]),
  layout("mbp10", 0x0a, 368, [...TRADE, ...levels(10, true)]),
  layout("bbo1s", 0xc3, 80, [...BBO, ...levels(1, true)]),
  layout("bbo1m", 0xc4, 80, [...BBO, ...levels(1, true)]),
  layout("cmbp1", 0xb1, 80, [...CMBP, ...levels(1, false)]),
  layout("tcbbo", 0xc2, 80, [...CMBP, ...levels(1, false)]),
  layout("cbbo1s", 0xc0, 80, [...CBBO, ...levels(1, false)]),
  layout("cbbo1m", 0xc1, 80, [...CBBO, ...levels(1, false)]),
  layout("ohlcv1s", 0x20, 56, OHLCV),
  layout("ohlcv1m", 0x21, 56, OHLCV),
  layout("ohlcv1h", 0x22, 56, OHLCV),
  layout("ohlcv1d", 0x23, 56, OHLCV),
  layout("ohlcv_eod", 0x24, 56, OHLCV),
  layout("ohlcv_deprecated", 0x11, 56, OHLCV),
  layout("status", 0x12, 40, STATUS),
  layout("imbalance", 0x14, 112, IMBALANCE),
];

const V1_V2 = layout("statistics", RTYPE_STATISTICS, 64, statistics(false));

const V2_V3: readonly RecordLayout[] = [
  layout("symbol_mapping", RTYPE_SYMBOL_MAPPING, 176, MAPPING_V2),
  layout("error", RTYPE_ERROR, 320, ERROR_V2),
  layout("system", RTYPE_SYSTEM, 320, SYSTEM_V2),
];

/** Every record type of each version; layouts that did not change between versions are one object. */
export const LAYOUTS: Readonly<Record<DbnVersion, readonly RecordLayout[]>> = {
  1: [
    ...COMMON,
    V1_V2,
    layout("definition", RTYPE_DEFINITION, 360, definitionFields(1)),
    layout("symbol_mapping", RTYPE_SYMBOL_MAPPING, 80, MAPPING_V1),
    layout("error", RTYPE_ERROR, 80, [field("err", "cstr64", 16, "")]),
    layout("system", RTYPE_SYSTEM, 80, [field("msg", "cstr64", 16, "")]),
  ],
  2: [
    ...COMMON,
    V1_V2,
    ...V2_V3,
    layout("definition", RTYPE_DEFINITION, 400, definitionFields(2)),
  ],
  3: [
    ...COMMON,
    ...V2_V3,
    layout("statistics", RTYPE_STATISTICS, 80, statistics(true)),
    layout("definition", RTYPE_DEFINITION, 520, definitionFields(3)),
  ],
};

function byRtype(layouts: readonly RecordLayout[]): readonly (RecordLayout | undefined)[] {
  const table = new Array<RecordLayout | undefined>(256).fill(undefined);
  for (const entry of layouts) table[entry.rtype] = entry;
  return table;
}

const BY_RTYPE = { 1: byRtype(LAYOUTS[1]), 2: byRtype(LAYOUTS[2]), 3: byRtype(LAYOUTS[3]) };

/** RecordLayout of a record type, or undefined when the version does not know it. */
export function layoutOf(rtype: number, version: DbnVersion): RecordLayout | undefined {
  return BY_RTYPE[version][rtype];
}

/**
 * RecordLayout of a record in a stream whose version is not known, chosen by its size, with the version
 * that the size proves (null when more than one version fits).
 *
 * @param bytes Size of the record without `ts_out`.
 */
export function layoutBySize(
  rtype: number,
  bytes: number,
): { layout: RecordLayout; version: DbnVersion | null } | undefined {
  const fits: DbnVersion[] = [];
  for (const version of [1, 2, 3] as const) {
    if (BY_RTYPE[version][rtype]?.bytes === bytes) fits.push(version);
  }
  const known = fits[fits.length - 1];
  if (known !== undefined) {
    const exact = BY_RTYPE[known][rtype]!;
    return { layout: exact, version: fits.length === 1 ? known : null };
  }
  for (const version of [3, 2, 1] as const) {
    const longer = BY_RTYPE[version][rtype];
    if (longer !== undefined && longer.bytes <= bytes) return { layout: longer, version: null };
  }
  const newest = BY_RTYPE[3][rtype];
  return newest === undefined ? undefined : { layout: newest, version: null };
}
