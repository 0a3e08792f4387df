import type { DataRow, EquityRow, OptionRow, Side, SmartRow } from "./rows.ts";
import type { LinkItem } from "../socket/mod.ts";

/** An option print of a test. */
export function print(seq: number, given: Partial<OptionRow> = {}): OptionRow {
  return {
    kind: "options",
    ts: 1_000_000 + seq,
    seq,
    id: `print-${seq}`,
    symbol: "NVDA",
    contract: "NVDA-2026-01-30-142.5-C",
    right: "C",
    strike: 142.5,
    expiry: "2026-01-30",
    dte: 5,
    price: 2,
    size: 10,
    premium: 2_000,
    side: "A" as Side,
    iv: 0.4,
    spot: 140,
    bid: 1.9,
    ask: 2,
    quoteAgeMs: 50,
    venue: "CBOE",
    conditions: "",
    delta: 0.5,
    moneyness: 142.5 / 140,
    isEtf: false,
    isSignal: true,
    reasons: "",
    ...given,
  };
}

/** A share print of a test. */
export function share(seq: number, given: Partial<EquityRow> = {}): EquityRow {
  return {
    kind: "equities",
    ts: 1_000_000 + seq,
    seq,
    id: `share-${seq}`,
    symbol: "NVDA",
    price: 140,
    size: 100,
    premium: 14_000,
    venue: "XNAS",
    isOff: false,
    conditions: "",
    ...given,
  };
}

/** An event of a test. */
export function event(seq: number, given: Partial<SmartRow> = {}): SmartRow {
  return {
    kind: "smart-money",
    ts: 1_000_000 + seq,
    seq,
    id: `event-${seq}`,
    symbol: "NVDA",
    isMulti: false,
    structure: "",
    contract: "NVDA-2026-01-30-142.5-C",
    profile: "retail_whale",
    direction: "bullish",
    score: 0.8,
    probability: 0.96,
    band: "high",
    scores: [],
    reasons: "",
    premium: 50_000,
    size: 100,
    prints: 5,
    dte: 5,
    windowMs: 400,
    suppressed: "",
    packetIds: [],
    members: [],
    ...given,
  };
}

/** Rows as the link hands them over. */
export function rowsOf(key: string, ...rows: DataRow[]): LinkItem<DataRow> {
  return { kind: "rows", key, rows };
}
