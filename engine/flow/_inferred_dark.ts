import { BoundedMap, type Touched } from "./_bounded_map.ts";
import { Chain } from "./_chain.ts";
import type { JoinedPrint } from "./_equity_join.ts";
import { micro } from "./_measured.ts";
import { UNNUMBERED } from "./_row_numbers.ts";
import type { EquityPrint, FeatureValue, InferredDark } from "../frames/mod.ts";

type DarkType = InferredDark["type"];

/** Quotes wider than this share of the mid say nothing about a print's side. */
const WIDEST = 0.005;
const BLOCK_SHARES = 2_000;
const FULL_BLOCK_SHARES = 4_000;
const RUN_MS = 60_000;
const RUN_PRINTS = 4;
const RUN_LEAST_SHARES = 200;
const RUN_SHARES = 3_000;
const FULL_RUN_SHARES = 6_000;
const FULL_RUN_PRINTS = 8;
const COOLDOWN_MS = 30_000;
/** Findings that never pause for a cooldown go out again at whole multiples of it. */
const CUT_MS = 60_000;
const MOST_EVIDENCE = 20;
/** Prints of a run that are looked at: enough for a minute of a busy symbol. */
const RUN_CAP = 256;
const SYMBOL_CAP = 5_000;
const TTL_MS = RUN_MS + COOLDOWN_MS;

/** After so long a reading of whole joins, ms, the inferences are those of any longer one. */
export const DARK_MEMORY_MS = RUN_MS + COOLDOWN_MS + 2 * CUT_MS;

interface RunPrint {
  readonly ts: number;
  readonly size: number;
  readonly id: string;
}

/** When a kind of finding was told last. */
class Told {
  readonly #chain = new Chain();
  #lastTs = -Infinity;

  /** Whether a finding at `tsMs` is told; one that is not keeps the kind quiet no longer. */
  tells(tsMs: number): boolean {
    const begins = this.#chain.begins(tsMs, COOLDOWN_MS, CUT_MS);
    if (!begins && tsMs - this.#lastTs < COOLDOWN_MS) return false;
    this.#lastTs = tsMs;
    return true;
  }
}

class SymbolState implements Touched {
  touchedTs = 0;
  readonly bought: RunPrint[] = [];
  readonly sold: RunPrint[] = [];
  readonly told: Record<DarkType, Told> = {
    absorbed_block: new Told(),
    stealth_accumulation: new Told(),
    distribution: new Told(),
  };
}

function unit(value: number): number {
  return micro(Math.min(1, Math.max(0, value)));
}

/** What an inference says besides its kind. */
interface Finding {
  readonly type: DarkType;
  readonly confidence: number;
  readonly evidence: readonly string[];
  readonly meta: Readonly<Record<string, FeatureValue>>;
}

/**
 * Infers hidden interest from off-exchange equity prints and the quotes they met: blocks at the middle,
 * and runs of prints on one side. State of at most 5,000 symbols.
 */
export class InferredDarkDetector {
  readonly #symbols = new BoundedMap<SymbolState>(SYMBOL_CAP, TTL_MS);

  get size(): number {
    return this.#symbols.size;
  }

  /** The inference that a print completes, or null. */
  print(print: EquityPrint, joined: JoinedPrint, ingestTs: number): InferredDark | null {
    // A stock leg of an option trade shows the option trader's hand, not a hidden order's.
    if (!print.offExchangeFlag || print.conditions.includes("CONTINGENT")) return null;
    if (joined.side === "MISSING" || joined.side === "STALE" || joined.side === "AUCTION") {
      return null;
    }
    const share = (joined.ask - joined.bid) / ((joined.ask + joined.bid) / 2);
    if (share > WIDEST) return null;
    const state = this.#state(print.underlying_id, print.ts);
    const finding = joined.side === "MID" ? block(print, share) : run(print, joined, state);
    if (finding === null || !state.told[finding.type].tells(print.ts)) return null;
    return {
      source_ts: print.ts,
      ingest_ts: ingestTs,
      seq: UNNUMBERED,
      trace_id: `dark:${finding.type}:${print.trace_id}`,
      type: finding.type,
      confidence: finding.confidence,
      underlying_id: print.underlying_id,
      evidence_refs: finding.evidence,
      meta: finding.meta,
    };
  }

  sweep(nowMs: number): void {
    this.#symbols.sweep(nowMs);
  }

  #state(symbol: string, nowMs: number): SymbolState {
    let state = this.#symbols.get(symbol);
    if (state === undefined) {
      state = new SymbolState();
      this.#symbols.set(symbol, state);
    }
    state.touchedTs = nowMs;
    return state;
  }
}

function block(print: EquityPrint, spreadShare: number): Finding | null {
  if (print.size < BLOCK_SHARES) return null;
  return {
    type: "absorbed_block",
    confidence: unit(
      0.35 + 0.45 * Math.min(1, print.size / FULL_BLOCK_SHARES) +
        0.2 * Math.max(0, 1 - spreadShare / WIDEST),
    ),
    evidence: [print.trace_id],
    meta: { size: print.size, price: print.price, print_count: 1, venue: print.exchange },
  };
}

function run(print: EquityPrint, joined: JoinedPrint, state: SymbolState): Finding | null {
  const bought = joined.side === "A" || joined.side === "AA";
  const prints = bought ? state.bought : state.sold;
  while (prints.length > 0 && (prints[0]?.ts ?? 0) < print.ts - RUN_MS) prints.shift();
  if (print.size < RUN_LEAST_SHARES) return null;
  if (prints.length >= RUN_CAP) prints.shift();
  prints.push({ ts: print.ts, size: print.size, id: print.trace_id });
  let total = 0;
  for (const { size } of prints) total += size;
  if (prints.length < RUN_PRINTS || total < RUN_SHARES) return null;
  return {
    type: bought ? "stealth_accumulation" : "distribution",
    confidence: unit(
      0.3 + 0.4 * Math.min(1, total / FULL_RUN_SHARES) +
        0.3 * Math.min(1, prints.length / FULL_RUN_PRINTS),
    ),
    evidence: prints.slice(-MOST_EVIDENCE).map(({ id }) => id),
    meta: {
      size: total,
      price: print.price,
      print_count: prints.length,
      window_ms: print.ts - (prints[0]?.ts ?? print.ts),
    },
  };
}
