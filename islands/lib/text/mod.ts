export {
  clockText,
  EXCHANGE_ZONE_LABEL,
  exchangeClock,
  exchangeDate,
  nsToMs,
  spanText,
  zoneOffsetMs,
} from "./exchange_time.ts";
export { bytesText, compact, fixed, percent, signed, significant } from "./format.ts";
export { isTyping, keyName, PAIR_MS } from "./key_names.ts";
