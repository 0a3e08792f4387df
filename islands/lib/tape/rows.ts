import type { LiveCursor } from "../../../modules/tape/contract.ts";

/** What every row of a tape has. `ts` is event time, epoch ms; (ts, seq) is unique in its channel. */
export interface TapeRowHead {
  readonly ts: number;
  readonly seq: number;
  readonly id: string;
  readonly symbol: string;
}

/** Side of a print against the quote standing when it happened. */
export type Side = "AA" | "A" | "MID" | "B" | "BB" | "MISSING" | "STALE";
export const SIDES: readonly Side[] = ["AA", "A", "MID", "B", "BB", "MISSING", "STALE"];

export interface OptionRow extends TapeRowHead {
  readonly kind: "options";
  readonly contract: string;
  readonly right: "C" | "P";
  readonly strike: number | null;
  readonly expiry: string;
  readonly dte: number | null;
  readonly price: number;
  readonly size: number;
  /** USD, multiplier included. */
  readonly premium: number;
  readonly side: Side;
  readonly iv: number | null;
  readonly spot: number | null;
  readonly bid: number | null;
  readonly ask: number | null;
  readonly quoteAgeMs: number | null;
  readonly venue: string;
  readonly conditions: string;
  /** −1…1 of one contract. */
  readonly delta: number | null;
  /** Strike over spot. */
  readonly moneyness: number | null;
  readonly isEtf: boolean;
  readonly isSignal: boolean;
  readonly reasons: string;
}

export interface EquityRow extends TapeRowHead {
  readonly kind: "equities";
  readonly price: number;
  readonly size: number;
  /** USD. */
  readonly premium: number;
  readonly venue: string;
  readonly isOff: boolean;
  readonly conditions: string;
}

export interface ScoreRow {
  readonly profile: string;
  readonly probability: number;
  readonly band: string;
  readonly direction: string;
}

export interface SmartRow extends TapeRowHead {
  readonly kind: "smart-money";
  readonly isMulti: boolean;
  readonly structure: string;
  readonly contract: string;
  readonly profile: string | null;
  readonly direction: string;
  /** Of the best profile, 0…1. */
  readonly probability: number;
  readonly band: string;
  readonly scores: readonly ScoreRow[];
  readonly reasons: string;
  readonly premium: number;
  readonly size: number;
  readonly prints: number;
  readonly dte: number | null;
  readonly windowMs: number;
  readonly suppressed: string;
  readonly packetIds: readonly string[];
  readonly members: readonly string[];
}

export interface PacketRow extends TapeRowHead {
  readonly kind: "flow";
  readonly contract: string;
  readonly structure: string;
  readonly startTs: number;
  readonly endTs: number;
  readonly windowMs: number;
  readonly prints: number;
  readonly size: number;
  readonly premium: number;
  /** Share of aggressive prints that bought, and that sold, 0…1. */
  readonly buy: number | null;
  readonly sell: number | null;
  readonly quality: "clean" | "stale" | "missing";
}

export interface AlertRow extends TapeRowHead {
  readonly kind: "alerts";
  readonly severity: "high" | "medium" | "low";
  /** 0…100. */
  readonly score: number;
  readonly profile: string;
  readonly direction: string;
  readonly probability: number;
  readonly premium: number | null;
  readonly explanations: string;
  readonly refs: readonly string[];
}

export interface DarkRow extends TapeRowHead {
  readonly kind: "inferred-dark";
  readonly type: string;
  readonly confidence: number;
  readonly size: number | null;
  readonly price: number | null;
  readonly refs: readonly string[];
}

export type DataRow = OptionRow | EquityRow | SmartRow | PacketRow | AlertRow | DarkRow;

/** Rows that the server dropped or that a lost connection swallowed; a click fetches them. */
export interface GapRow extends TapeRowHead {
  readonly kind: "gap";
  /** Null when they were not counted. */
  readonly dropped: number | null;
  /** Row before the gap; null when there is none. */
  readonly after: LiveCursor | null;
}
export type TapeRow = DataRow | GapRow;

/** Channels that panes show as tapes. */
export const TAPE_CHANNELS = [
  "options",
  "equities",
  "smart-money",
  "flow",
  "alerts",
  "inferred-dark",
] as const;
export type TapeChannel = (typeof TAPE_CHANNELS)[number];

/** Order of two positions: negative when `a` comes first. */
export function compareCursor(a: LiveCursor, b: LiveCursor): number {
  return a.ts - b.ts || a.seq - b.seq;
}

/** +1 when the print bought, −1 when it sold, 0 when it did neither. */
export function sideSign(side: Side): number {
  if (side === "A" || side === "AA") return 1;
  return side === "B" || side === "BB" ? -1 : 0;
}
