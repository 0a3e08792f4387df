import { ENG, type GridFrame } from "../frames/mod.ts";
import type { PressureEngine } from "./pressure_engine.ts";
import type { Spectrum } from "./spectrum.ts";
import { STRIDE, type TickState } from "./tick_state.ts";

/** A frame whose arrays are written anew for every bin. */
export type WindowFrame = { -readonly [K in keyof GridFrame]: GridFrame[K] };

/** A frame of 2R + 1 rows, all zero. */
export function newWindowFrame(baseNs: bigint, radius: number, horizons: number): WindowFrame {
  const rows = 2 * radius + 1;
  const column = () => new Float64Array(rows);
  return {
    binStartNs: 0,
    binEndNs: 0,
    baseNs,
    binSeq: 0,
    binEventCount: 0,
    eventId: 0,
    midPrice: 0,
    spotRefPriceInt: 0,
    bestBidPriceInt: 0,
    bestAskPriceInt: 0,
    bookValid: false,
    spotHalfTick: false,
    k: Int32Array.from({ length: rows }, (_, row) => row - radius),
    engine: Array.from({ length: ENG.VACUUM + 1 }, column),
    score: column(),
    state: new Int8Array(rows),
    lastEventId: column(),
    projections: Array.from({ length: horizons }, column),
  };
}

/**
 * Cuts the window around spot out of the grid: row k shows the tick k above the tick-rounded mid.
 * Ticks outside the grid, and all ticks without a two-sided book, give zero rows.
 */
export function writeWindow(
  engine: PressureEngine,
  spectrum: Spectrum,
  frame: WindowFrame,
): void {
  const { book } = engine;
  const spot = engine.spotNano;
  const centre = spot > 0 ? book.grid.indexOf(spot) : -1;
  frame.eventId = engine.eventCount;
  frame.bookValid = engine.bookValid;
  frame.bestBidPriceInt = book.bestBid;
  frame.bestAskPriceInt = book.bestAsk;
  frame.spotRefPriceInt = centre >= 0 ? spot : 0;
  frame.midPrice = centre >= 0 ? engine.midPrice : 0;
  const odd = ((book.bestBid + book.bestAsk) / book.grid.tickNano) % 2 !== 0;
  frame.spotHalfTick = engine.model === "complete" && centre >= 0 && odd;
  writeRows(engine.state, spectrum, centre >= 0 ? centre : NaN, frame);
}

/**
 * Writes the rows of a window: of every tick its values, forces, score and projections.
 *
 * @param centre Slot of row k = 0, inside the grid or not; NaN gives zero rows.
 */
export function writeRows(
  state: TickState,
  spectrum: Spectrum,
  centre: number,
  frame: WindowFrame,
): void {
  const rows = frame.k.length;
  const radius = (rows - 1) / 2;
  for (let row = 0; row < rows; row++) {
    const index = centre - radius + row;
    const inside = index >= 0 && index < state.ticks;
    const o = index * STRIDE;
    for (let c = 0; c < STRIDE; c++) frame.engine[c]![row] = inside ? state.values[o + c]! : 0;
    frame.engine[ENG.PRESSURE]![row] = inside ? state.pressure[index]! : 0;
    frame.engine[ENG.VACUUM]![row] = inside ? state.vacuum[index]! : 0;
    frame.score[row] = inside ? spectrum.score[index]! : 0;
    frame.state[row] = inside ? spectrum.state[index]! : 0;
    frame.lastEventId[row] = inside ? state.lastEventId[index]! : 0;
    for (let h = 0; h < frame.projections.length; h++) {
      frame.projections[h]![row] = inside ? spectrum.projections[h]![index]! : 0;
    }
  }
}
