import { type Field, field, type FieldValue, NO_I32, NO_PRICE, NO_TIME, NO_U32 } from "./_field.ts";

type Row = readonly [
  name: string,
  types: readonly [string, string, string],
  offsets: readonly [number | null, number | null, number | null],
  missing: FieldValue,
];

/** One field with its offsets in versions 1, 2 and 3; null where the version lacks it. */
function row(
  name: string,
  type: string | readonly [string, string, string],
  v1: number | null,
  v2: number | null,
  v3: number | null,
  missing: FieldValue,
): Row {
  return [name, typeof type === "string" ? [type, type, type] : type, [v1, v2, v3], missing];
}

const ROWS: readonly Row[] = [
  row("ts_recv", "u64", 16, 16, 16, NO_TIME),
  row("min_price_increment", "i64", 24, 24, 24, NO_PRICE),
  row("display_factor", "i64", 32, 32, 32, NO_PRICE),
  row("expiration", "u64", 40, 40, 40, NO_TIME),
  row("activation", "u64", 48, 48, 48, NO_TIME),
  row("high_limit_price", "i64", 56, 56, 56, NO_PRICE),
  row("low_limit_price", "i64", 64, 64, 64, NO_PRICE),
  row("max_price_variation", "i64", 72, 72, 72, NO_PRICE),
  row("unit_of_measure_qty", "i64", 88, 88, 80, NO_PRICE),
  row("min_price_increment_amount", "i64", 96, 96, 88, NO_PRICE),
  row("price_ratio", "i64", 104, 104, 96, NO_PRICE),
  row("strike_price", "i64", 328, 112, 104, NO_PRICE),
  row("raw_instrument_id", ["u32", "u32", "u64"], 120, 128, 112, 0),
  row("leg_price", "i64", null, null, 120, NO_PRICE),
  row("leg_delta", "i64", null, null, 128, NO_PRICE),
  row("inst_attrib_value", "i32", 112, 120, 136, NO_I32),
  row("underlying_id", "u32", 116, 124, 140, 0),
  row("market_depth_implied", "i32", 124, 132, 144, NO_I32),
  row("market_depth", "i32", 128, 136, 148, NO_I32),
  row("market_segment_id", "u32", 132, 140, 152, NO_U32),
  row("max_trade_vol", "u32", 136, 144, 156, NO_U32),
  row("min_lot_size", "i32", 140, 148, 160, NO_I32),
  row("min_lot_size_block", "i32", 144, 152, 164, NO_I32),
  row("min_lot_size_round_lot", "i32", 148, 156, 168, NO_I32),
  row("min_trade_vol", "u32", 152, 160, 172, NO_U32),
  row("contract_multiplier", "i32", 160, 164, 176, NO_I32),
  row("decay_quantity", "i32", 164, 168, 180, NO_I32),
  row("original_contract_size", "i32", 168, 172, 184, NO_I32),
  row("leg_instrument_id", "u32", null, null, 188, 0),
  row("leg_ratio_price_numerator", "i32", null, null, 192, 0),
  row("leg_ratio_price_denominator", "i32", null, null, 196, 0),
  row("leg_ratio_qty_numerator", "i32", null, null, 200, 0),
  row("leg_ratio_qty_denominator", "i32", null, null, 204, 0),
  row("leg_underlying_id", "u32", null, null, 208, 0),
  row("appl_id", "i16", 178, 178, 212, 32767),
  row("maturity_year", "u16", 180, 180, 214, 65535),
  row("decay_start_date", "u16", 182, 182, 216, 65535),
  row("channel_id", "u16", 184, 184, 218, 65535),
  row("leg_count", "u16", null, null, 220, 0),
  row("leg_index", "u16", null, null, 222, 0),
  row("currency", "cstr4", 186, 186, 224, ""),
  row("settl_currency", "cstr4", 190, 190, 228, ""),
  row("secsubtype", "cstr6", 194, 194, 232, ""),
  row("raw_symbol", ["cstr22", "cstr71", "cstr71"], 200, 200, 238, ""),
  row("group", "cstr21", 222, 271, 309, ""),
  row("exchange", "cstr5", 243, 292, 330, ""),
  row("asset", ["cstr7", "cstr7", "cstr11"], 248, 297, 335, ""),
  row("cfi", "cstr7", 255, 304, 346, ""),
  row("security_type", "cstr7", 262, 311, 353, ""),
  row("unit_of_measure", "cstr31", 269, 318, 360, ""),
  row("underlying", "cstr21", 300, 349, 391, ""),
  row("strike_price_currency", "cstr4", 321, 370, 412, ""),
  row("leg_raw_symbol", "cstr71", null, null, 416, ""),
  row("instrument_class", "char", 325, 374, 487, "\0"),
  row("match_algorithm", "char", 342, 375, 488, " "),
  row("main_fraction", "u8", 344, 377, 489, 255),
  row("price_display_format", "u8", 345, 378, 490, 255),
  row("sub_fraction", "u8", 347, 380, 491, 255),
  row("underlying_product", "u8", 348, 381, 492, 255),
  row("security_update_action", "char", 349, 382, 493, "A"),
  row("maturity_month", "u8", 350, 383, 494, 255),
  row("maturity_day", "u8", 351, 384, 495, 255),
  row("maturity_week", "u8", 352, 385, 496, 255),
  row("user_defined_instrument", "char", 353, 386, 497, "N"),
  row("contract_multiplier_unit", "i8", 354, 387, 498, 127),
  row("flow_schedule_type", "i8", 355, 388, 499, 127),
  row("tick_rule", "u8", 356, 389, 500, 255),
  row("leg_instrument_class", "char", null, null, 501, "\0"),
  row("leg_side", "char", null, null, 502, "N"),
  row("trading_reference_price", "i64", 80, 80, null, NO_PRICE),
  row("trading_reference_date", "u16", 176, 176, null, 65535),
  row("md_security_trading_status", "u8", 343, 376, null, 255),
  row("settl_price_type", "u8", 346, 379, null, 255),
];

/**
 * Fields of an instrument definition after the record header, in the order of their offsets.
 *
 * @param version Format version 1, 2 or 3.
 */
export function definitionFields(version: 1 | 2 | 3): Field[] {
  const fields: Field[] = [];
  for (const [name, types, offsets, missing] of ROWS) {
    const offset = offsets[version - 1];
    if (offset !== null && offset !== undefined) {
      fields.push(field(name, types[version - 1]!, offset, missing));
    }
  }
  return fields.sort((a, b) => a.offset - b.offset);
}
