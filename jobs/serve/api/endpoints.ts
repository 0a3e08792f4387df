import type { Endpoint } from "../../kit/http/mod.ts";
import type { ApiState } from "./_endpoint.ts";
import { JOIN_BY_ID, OPTIONS_SUPPORT, PACKET_BY_ID, PRINTS_BY_TRACE } from "./lookups.ts";
import { CURRENT, HISTORY, REPLAY } from "./pages.ts";
import { CANDLE_RANGE, EQUITY_RANGE } from "./ranges.ts";

/** Every endpoint of the stored tape, in the order of the documentation. */
export const TAPE_ENDPOINTS: readonly Endpoint<ApiState>[] = [
  ...CURRENT.values(),
  EQUITY_RANGE,
  CANDLE_RANGE,
  ...HISTORY.values(),
  ...REPLAY.values(),
  PACKET_BY_ID,
  JOIN_BY_ID,
  PRINTS_BY_TRACE,
  OPTIONS_SUPPORT,
];
