import { GRID, type GridKind } from "../canvas/mod.ts";
import {
  CELLS,
  type Fact,
  FACTS,
  HALF_STRIKES,
  HALF_TICKS,
  LADDER,
  LADDER_VALUES,
  STRIKE_TICKS,
  STRIKES,
} from "./cell_planes.ts";
import {
  ALL_OPTIONAL,
  OPTIONAL,
  type OptionalSurface,
  QUALITY,
  type SurfaceWindow,
} from "./surface_window.ts";

/** Windows that are kept: half an hour. */
export const HISTORY_WINDOWS = 1_800;

/** What a second holds. */
const WINDOW = {
  /** Nothing came of it and nothing is told of it: before the first window, or on its way. */
  NONE: 0,
  /** The server sent it. */
  THERE: 1,
  /** It will not come. */
  MISSING: 2,
} as const;

/** What is assumed of the dealers, as planes of the ladder. */
export type Assumption = "naive" | "short" | "flow";
const ASSUMED: Readonly<Record<Assumption, number>> = {
  naive: LADDER.NAIVE,
  short: LADDER.SHORT,
  flow: LADDER.FLOW,
};

const FACT_PLACE: ReadonlyMap<Fact, number> = new Map(FACTS.map((name, place) => [name, place]));

/** Half-life of the largest exposure that brightness is measured by, s. */
const PEAK_HALF_LIFE_S = 90;

/**
 * The newest half hour, a column a second. A *position* is the end of a window, epoch s. Every column keeps
 * the tick of its own spot, so that what was stays at its price while the spot moves.
 */
export class SurfaceStore {
  readonly #state = new Uint8Array(HISTORY_WINDOWS);
  readonly #cells = new Float32Array(HISTORY_WINDOWS * CELLS);
  readonly #ladder = new Float64Array(HISTORY_WINDOWS * LADDER_VALUES);
  readonly #facts = new Float64Array(HISTORY_WINDOWS * FACTS.length);
  readonly #spotTick = new Int32Array(HISTORY_WINDOWS);
  readonly #strikeTick = new Int32Array(HISTORY_WINDOWS);
  readonly #quality = new Int32Array(HISTORY_WINDOWS);
  readonly #loaded = new Uint8Array(HISTORY_WINDOWS);
  readonly #isBookValid = new Uint8Array(HISTORY_WINDOWS);
  readonly #peak: Readonly<Record<Assumption, Float64Array>> = {
    naive: new Float64Array(HISTORY_WINDOWS),
    short: new Float64Array(HISTORY_WINDOWS),
    flow: new Float64Array(HISTORY_WINDOWS),
  };
  /** Oldest and newest window that came; the newest is -1 while none has. */
  #oldest = 0;
  #newest = -1;
  /** Nothing later is shown. */
  #until = Infinity;
  #latest: SurfaceWindow | null = null;

  /** Rows that a first view shows: what is most looked at of a column. */
  readonly rows = 100;
  /** The spot may move within the middle 60 % of the height before the picture follows. */
  readonly restShare = 0.6;

  /** Oldest second kept. */
  get first(): number {
    return this.#newest < 0 ? 0 : Math.max(this.#oldest, this.#newest - HISTORY_WINDOWS + 1);
  }

  /** Newest second shown; less than {@link first} when there is none. */
  get last(): number {
    if (this.#newest < 0) return -1;
    const last = Math.min(this.#newest, this.#until);
    return last < this.first ? -1 : last;
  }

  /** Newest second that came, shown or not; -1 while none has. */
  get newest(): number {
    return this.#newest;
  }

  /** The newest window that came, without its cells; null while none has. */
  get latest(): SurfaceWindow | null {
    return this.#latest;
  }

  /** Shows nothing of windows that end after a time. @param endS Epoch s; Infinity for everything. */
  showUntil(endS: number): void {
    this.#until = Math.floor(endS);
  }

  clear(): void {
    this.#state.fill(WINDOW.NONE);
    this.#newest = -1;
    this.#oldest = 0;
    this.#latest = null;
  }

  /** Takes a window that follows the newest one. Seconds between the two are missing. */
  push(window: SurfaceWindow): void {
    const { endS } = window;
    if (this.#newest >= 0 && endS <= this.#newest) return;
    if (this.#newest < 0) this.#oldest = endS;
    const from = Math.max(this.#newest + 1, endS - HISTORY_WINDOWS + 1);
    if (this.#newest >= 0) {
      for (let second = from; second < endS; second++) this.#state[slotOf(second)] = WINDOW.MISSING;
    }
    this.#newest = endS;
    this.#latest = window;
    this.#put(window);
  }

  /** Takes a window of the past. Returns whether it has a place. */
  fill(window: SurfaceWindow): boolean {
    const { endS } = window;
    const isAgain = this.#newest === endS && this.#state[slotOf(endS)] === WINDOW.THERE;
    if (isAgain || endS > this.#newest || endS <= this.#newest - HISTORY_WINDOWS) return false;
    for (let second = endS; second < this.#oldest; second++) {
      this.#state[slotOf(second)] = WINDOW.NONE;
    }
    this.#oldest = Math.min(this.#oldest, endS);
    this.#put(window);
    return true;
  }

  /** No more of the past comes: what is not there is missing. */
  pastIsWhole(): void {
    for (let second = this.first; second <= this.#newest; second++) {
      const slot = slotOf(second);
      if (this.#state[slot] === WINDOW.NONE) this.#state[slot] = WINDOW.MISSING;
      this.#measure(second);
    }
  }

  has(second: number): boolean {
    return second >= this.first && second <= this.last &&
      this.#state[slotOf(second)] === WINDOW.THERE;
  }

  /** Seconds kept that did not come. */
  missing(): number {
    let count = 0;
    for (let second = this.first; second <= this.#newest; second++) {
      if (this.#state[slotOf(second)] === WINDOW.MISSING) count++;
    }
    return count;
  }

  /** Whether a second may still come: it lies before the newest one, and its past is on the way. */
  isOnTheWay(second: number): boolean {
    return second >= this.first && second <= this.last &&
      this.#state[slotOf(second)] === WINDOW.NONE;
  }

  /** What is to be said of a second. */
  kind(second: number): GridKind {
    const slot = slotOf(second);
    if (this.#state[slot] === WINDOW.MISSING) return GRID.GAP;
    if (this.#state[slot] === WINDOW.NONE) return GRID.SOUND;
    const isSuspect = this.#isBookValid[slot] !== 1 || this.#spotTick[slot] === 0 ||
      (this.#quality[slot]! & (QUALITY.BAD_BOOK | QUALITY.CROSSED)) !== 0;
    return isSuspect ? GRID.SUSPECT : GRID.SOUND;
  }

  /** Tick of the spot; NaN when there is none. */
  spot(second: number): number {
    const tick = this.has(second) ? this.#spotTick[slotOf(second)]! : 0;
    return tick === 0 ? NaN : tick;
  }

  /** Tick of the strike in the middle of the ladder; NaN when there is none. */
  middleStrike(second: number): number {
    const tick = this.has(second) ? this.#strikeTick[slotOf(second)]! : 0;
    return tick === 0 ? NaN : tick;
  }

  quality(second: number): number {
    return this.has(second) ? this.#quality[slotOf(second)]! : 0;
  }

  /** Whether a surface came with a second. */
  isLoaded(second: number, surface: OptionalSurface): boolean {
    return this.has(second) && (this.#loaded[slotOf(second)]! & OPTIONAL[surface]) !== 0;
  }

  /** Whether everything that is sent of a second came with it. */
  isWhole(second: number): boolean {
    return this.has(second) && this.#loaded[slotOf(second)] === ALL_OPTIONAL;
  }

  isBookValid(second: number): boolean {
    return this.has(second) && this.#isBookValid[slotOf(second)] === 1;
  }

  /** Where the planes of a second begin in {@link cells}. */
  cellsAt(second: number): number {
    return slotOf(second) * CELLS;
  }

  get cells(): Float32Array {
    return this.#cells;
  }

  /** Where the strikes of a second begin in {@link ladder}. */
  ladderAt(second: number): number {
    return slotOf(second) * LADDER_VALUES;
  }

  get ladder(): Float64Array {
    return this.#ladder;
  }

  /** The largest exposure of the newest minutes, by which brightness is measured; 0 for none. */
  peak(second: number, assumption: Assumption): number {
    return this.#peak[assumption][slotOf(second)]!;
  }

  fact(second: number, name: Fact): number {
    return this.has(second)
      ? this.#facts[slotOf(second) * FACTS.length + FACT_PLACE.get(name)!]!
      : NaN;
  }

  /** A value of the tick of a plane at a second; NaN when there is none. */
  cell(second: number, plane: number, tick: number): number {
    const row = tick - this.spot(second) + HALF_TICKS;
    if (!(row >= 0 && row <= 2 * HALF_TICKS)) return NaN;
    return this.#cells[this.cellsAt(second) + plane + row]!;
  }

  /** A value of a strike at a second; NaN when the tick is no strike of its ladder. */
  strike(second: number, plane: number, tick: number): number {
    const place = (tick - this.middleStrike(second)) / STRIKE_TICKS + HALF_STRIKES;
    if (!(Number.isInteger(place) && place >= 0 && place < STRIKES)) return NaN;
    return this.#ladder[this.ladderAt(second) + plane + place]!;
  }

  #put(window: SurfaceWindow): void {
    const { endS } = window;
    const slot = slotOf(endS);
    this.#state[slot] = WINDOW.THERE;
    this.#cells.set(window.cells, slot * CELLS);
    this.#ladder.set(window.ladder, slot * LADDER_VALUES);
    FACTS.forEach((name, i) => this.#facts[slot * FACTS.length + i] = window.facts[name]);
    this.#spotTick[slot] = window.spotTick;
    this.#strikeTick[slot] = window.strikeTick;
    this.#quality[slot] = window.quality;
    this.#loaded[slot] = window.loaded;
    this.#isBookValid[slot] = window.isBookValid ? 1 : 0;
    this.#measure(endS);
  }

  #measure(second: number): void {
    const slot = slotOf(second);
    const before = slotOf(second - 1);
    const hasBefore = second > this.first && this.#state[before] !== WINDOW.NONE;
    const at = slot * LADDER_VALUES;
    for (const assumption of ["naive", "short", "flow"] as const) {
      const peak = this.#peak[assumption];
      let most = hasBefore ? peak[before]! * 0.5 ** (1 / PEAK_HALF_LIFE_S) : 0;
      if (this.#state[slot] === WINDOW.THERE) {
        for (let i = 0; i < STRIKES; i++) {
          const size = exposureSize(this.#ladder, at, i, assumption);
          if (size > most) most = size;
        }
      }
      peak[slot] = most;
    }
  }
}

/** How much gamma lies at a strike: all of it where calls and puts are told apart, else what is left of both. */
export function exposureSize(
  ladder: Float64Array,
  at: number,
  place: number,
  assumption: Assumption,
): number {
  return assumption === "naive"
    ? ladder[at + LADDER.CALLS + place]! + ladder[at + LADDER.PUTS + place]!
    : Math.abs(ladder[at + ASSUMED[assumption] + place]!);
}

/** Gamma of the dealers at a strike, USD/point². */
export function exposureAt(
  ladder: Float64Array,
  at: number,
  place: number,
  assumption: Assumption,
): number {
  return ladder[at + ASSUMED[assumption] + place]!;
}

/** Plane of the ladder that holds the gamma of the dealers. */
export function planeOf(assumption: Assumption): number {
  return ASSUMED[assumption];
}

function slotOf(second: number): number {
  return second % HISTORY_WINDOWS;
}
