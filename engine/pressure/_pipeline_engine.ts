import { ENG } from "../frames/mod.ts";
import type { Instrument } from "./instrument.ts";
import type { PressureSettings } from "./pressure_settings.ts";
import { PressureEngine } from "./pressure_engine.ts";
import type { StateHash } from "./state_hash.ts";
import { STRIDE } from "./tick_state.ts";

/** Least gap between two warnings about prices outside the grid, events. */
const WARN_EVERY_EVENTS = 10_000;

type EngineInstrument =
  & Pick<Instrument, "tick_int">
  & Pick<PressureSettings, "n_absolute_ticks" | "pressure_model">;

/** When an engine last warned of a price outside the grid. */
export interface Warned {
  /** Events counted then; long before the first when it never did. */
  at: number;
}

/** The state of one that never warned. */
export function neverWarned(): Warned {
  return { at: -WARN_EVERY_EVENTS };
}

/** The engine of an instrument, warning of prices outside the grid now and then. */
export function engineOf(
  instrument: EngineInstrument,
  autoAnchor: boolean,
  strict: boolean,
  warned: Warned,
  warn: (message: string) => void,
): PressureEngine {
  const engine: PressureEngine = new PressureEngine({
    ticks: instrument.n_absolute_ticks,
    tickNano: instrument.tick_int,
    model: instrument.pressure_model,
    autoAnchor,
    strict,
    onOutOfRange: (action, priceNano) => {
      if (engine.eventCount - warned.at < WARN_EVERY_EVENTS) return;
      warned.at = engine.eventCount;
      warn(`${action} price outside the grid, kept without depth: ${priceNano}`);
    },
  });
  return engine;
}

/**
 * Adds an engine to a hash: counters, best prices, and every tick with depth or history.
 *
 * @param scores One more value per tick, or null.
 */
export function hashEngine(
  hash: StateHash,
  engine: PressureEngine,
  scores: Float64Array | null,
): void {
  const { book, state } = engine;
  hash.integer(engine.eventCount);
  for (const value of [book.grid.anchor, book.orders.size, book.bestBid, book.bestAsk]) {
    hash.integer(value);
  }
  for (let i = 0; i < state.ticks; i++) {
    const bid = book.bidDepth[i]!;
    const ask = book.askDepth[i]!;
    const last = state.lastNs[i]!;
    const rest = state.values[i * STRIDE + ENG.REST_DEPTH]!;
    if (bid === 0 && ask === 0 && last === 0 && rest === 0) continue;
    for (const value of [i, bid, ask, rest, last, state.lastEventId[i]!]) hash.integer(value);
    for (let c = 0; c < STRIDE; c++) {
      if (c !== ENG.REST_DEPTH) hash.rounded(state.values[i * STRIDE + c]!);
    }
    if (scores !== null) hash.rounded(scores[i]!);
  }
}
