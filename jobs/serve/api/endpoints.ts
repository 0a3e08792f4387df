import type { Endpoint } from "./endpoint.ts";
import { JOIN_BY_ID, OPTIONS_SUPPORT, PACKET_BY_ID, PRINTS_BY_TRACE } from "./lookups.ts";
import { CURRENT, HISTORY, REPLAY } from "./pages.ts";
import { HEALTH, READY } from "./probes.ts";
import { CANDLES, EQUITY_RANGE } from "./ranges.ts";

/** Every endpoint of the tape's public API, in the order of the documentation. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...CURRENT.values(),
  EQUITY_RANGE,
  CANDLES,
  ...HISTORY.values(),
  ...REPLAY.values(),
  PACKET_BY_ID,
  JOIN_BY_ID,
  PRINTS_BY_TRACE,
  OPTIONS_SUPPORT,
  HEALTH,
  READY,
];
