export { csvCell } from "./csv_cell.ts";
export {
  clockText,
  EXCHANGE_ZONE_LABEL,
  exchangeClock,
  exchangeDate,
  nsToMs,
  spanText,
  zoneOffsetMs,
} from "./exchange_time.ts";
export { bytesText, compact, DASH, fixed, percent, signed, significant } from "./format.ts";
export { isTyping, keyName, KeyPairs } from "./key_names.ts";
export { REGIME_LABELS } from "./regime_labels.ts";
export { readSymbols } from "./symbols.ts";
