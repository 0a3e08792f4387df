import type { MboBlock } from "../../engine/dbn/mod.ts";
import type { RegimeId } from "../../engine/regime/mod.ts";
import { OnlineCalibration } from "../../engine/surfaces/calibration/mod.ts";
import { IV_SOURCES } from "../../engine/frames/surfaces/mod.ts";
import { type Chain, Gamma } from "../../engine/surfaces/gamma/mod.ts";
import { addLevelMetrics, LevelSurfaces } from "../../engine/surfaces/physics/mod.ts";
import { whatIf } from "../../engine/surfaces/profile/mod.ts";
import { SurfaceWindows } from "../../engine/surfaces/windows/mod.ts";
import { SYNTH_FUTURE } from "../../engine/tape/futures/mod.ts";
import { type SessionTape, SYNTH_OPTIONS } from "../../engine/tape/session/mod.ts";
import { chainOf } from "../feeds/mod.ts";

const { count, strikes } = SYNTH_OPTIONS;
const POINTS_PER_TICK = SYNTH_FUTURE.tickNano / 1e9;
/** Premium from which a solved volatility is judged, 1e-9 points. */
const LEAST_MID_INT = 0.5e9;
const NEAR_POINTS = 50;
const CLEAR_POSITION = 50;
const SOLVED = IV_SOURCES.indexOf("solved");
const FLOW_ROW = 2;

/** One second of a session by its surfaces. */
export interface SurfaceSecond {
  readonly regime: RegimeId;
  /** Volatility at the money, 1.00 = 100 % a year; NaN without one. */
  readonly atm: number;
  /** Mean vacuum score of the future's levels. */
  readonly vacuum: number;
}

/** What the surfaces make of a session's records, against what is true behind them. */
export class SurfaceSampler {
  readonly seconds: SurfaceSecond[] = [];
  /** Squares of solved volatilities' errors, points of a hundredth, and how many. */
  squares = 0;
  solved = 0;
  /** Errors of gamma per strike within 50 points, as shares of the true one. */
  readonly gammaErrors: number[] = [];
  /** Windows with a true zero gamma, and those that give a range that holds it. */
  zeros = 0;
  heldZeros = 0;
  readonly #tape: SessionTape;
  readonly #chain: Chain;
  readonly #windows: SurfaceWindows;
  readonly #gamma: Gamma;
  readonly #levels: LevelSurfaces;
  readonly #calibration = new OnlineCalibration();
  readonly #signed = new Float64Array(count);
  readonly #position: Float64Array;
  #flow = { call: new Float64Array(strikes), put: new Float64Array(strikes) };

  constructor(tape: SessionTape) {
    const { listing } = tape;
    const strikeInt = listing.strikes.map((strike) => strike * 1e9);
    this.#tape = tape;
    this.#chain = chainOf(listing);
    this.#position = strikeInt.map((_, i) =>
      listing.openInterest[2 * i]! - listing.openInterest[2 * i + 1]!
    );
    this.#gamma = new Gamma(this.#chain);
    this.#windows = new SurfaceWindows({
      baseNs: tape.baseNs,
      future: SYNTH_FUTURE,
      options: this.#chain,
      onWindow: () => this.#close(),
    });
    this.#levels = new LevelSurfaces(this.#windows.band.slots);
  }

  /** Takes the records of both. */
  read(block: MboBlock): void {
    this.#windows.take(block);
  }

  /** Ends a second. @param endNs Its end, from the tape's base. */
  close(endNs: number): void {
    this.#windows.closeUntil(endNs);
  }

  /** Options of which makers hold 50 contracts or more, and those of them whose side the flow tells. */
  positions(): { clear: number; told: number } {
    let clear = 0;
    let told = 0;
    this.#tape.dealerPositions.forEach((held, i) => {
      if (Math.abs(held) < CLEAR_POSITION) return;
      clear++;
      const flow = (i % 2 === 0 ? this.#flow.call : this.#flow.put)[i >> 1]!;
      if (flow * held > 0) told++;
    });
    return { clear, told };
  }

  #close(): void {
    const windows = this.#windows;
    const { row } = windows.future;
    windows.optionBooks.forEach(({ trades }, i) => {
      this.#signed[i]! += trades.qtyBuy - trades.qtySell;
    });
    const isTwoSided = row.bestBidInt > 0 && row.bestAskInt > row.bestBidInt;
    const windowEndNs = this.#tape.baseNs + BigInt(windows.endNs);
    const columns = this.#gamma.close(this.#chain, windows.quotes, {
      futureInt: isTwoSided ? (row.bestBidInt + row.bestAskInt) / 2 : row.spotRefInt,
      strikeRefInt: row.strikeRefInt,
      spotRefInt: row.spotRefInt,
      windowEndNs,
    }, this.#signed);
    const rows = this.#levels.close(windows.band, this.#calibration.bounds);
    let vacuum = 0;
    for (let i = 0; i < rows.count; i++) vacuum += rows.vacuumScore[i]!;
    addLevelMetrics(this.#calibration, rows);
    this.#calibration.freeze();
    this.seconds.push({
      regime: this.#tape.regime,
      atm: columns.summary.atmIv,
      vacuum: vacuum / rows.count,
    });
    if (columns.greeks.count === 0) return;
    this.#volatilities(columns);
    this.#zero(columns);
    for (let i = 0; i < strikes; i++) {
      this.#flow.call[i] = columns.exposure.callPosition[3 * i + FLOW_ROW]!;
      this.#flow.put[i] = columns.exposure.putPosition[3 * i + FLOW_ROW]!;
    }
  }

  #volatilities({ greeks, smile }: ReturnType<Gamma["close"]>): void {
    const { strikeVolatilities, strikeGammas, listing } = this.#tape;
    const future = this.#tape.latentTicks * POINTS_PER_TICK;
    for (let i = 0; i < strikes; i++) {
      const strike = listing.strikes[i]!;
      const out = 2 * i + (strike < future ? 1 : 0);
      if (smile.ivSource[i] === SOLVED && greeks.midInt[out]! >= LEAST_MID_INT) {
        this.squares += (100 * (smile.iv[i]! - strikeVolatilities[i]!)) ** 2;
        this.solved++;
      }
      if (Math.abs(strike - future) > NEAR_POINTS) continue;
      this.gammaErrors.push(Math.abs(greeks.gamma[2 * i]! / strikeGammas[i]! - 1));
    }
  }

  #zero({ summary, smile, years }: ReturnType<Gamma["close"]>): void {
    const future = this.#tape.latentTicks * POINTS_PER_TICK;
    const truth = {
      strikeInt: smile.strikeInt,
      iv: this.#tape.strikeVolatilities,
      position: this.#position,
    };
    const zeroInt = 1e9 * whatIf(truth, future, future, years).zeroGammaPoints;
    if (Number.isNaN(zeroInt)) return;
    this.zeros++;
    if (zeroInt >= summary.zeroGammaLowInt && zeroInt <= summary.zeroGammaHighInt) this.heldZeros++;
  }
}
