import {
  arrayAs,
  ArrowDecoder,
  type ColumnArray,
  LayoutError,
  placeOf,
  rowsOf,
} from "../../../engine/frames/contract.ts";
import { SURFACE_STREAMS } from "../../../engine/frames/surfaces/mod.ts";
import {
  CELLS,
  type Fact,
  HALF_BUCKETS,
  HALF_STRIKES,
  HALF_TICKS,
  LADDER,
  LADDER_VALUES,
  PLANE,
  STRIKE_TICKS,
  STRIKES,
} from "./cell_planes.ts";
import {
  type ChainRows,
  OPTIONAL,
  type OptionalSurface,
  type SurfaceWindow,
} from "./surface_window.ts";
import { SurfaceWireError } from "./surface_wire.ts";

/** Surfaces that every window has. */
const ALWAYS = ["snap", "gex", "velocity", "options", "gex_summary", "window_stats"] as const;

/** Surfaces that a window of the past may lack. */
export const ALL_OPTIONAL_SURFACES = Object.keys(OPTIONAL) as readonly OptionalSurface[];

/** Names for the query of what comes. */
export const LIVE_SURFACES: string = [
  ...ALWAYS,
  ...ALL_OPTIONAL_SURFACES,
  "gex_profile",
  "smile",
].join(",");

/** Names for the query of the past: it is large, so what nobody looks at is left there. */
export function pastSurfaces(optional: readonly OptionalSurface[]): string {
  return [...ALWAYS, ...optional].join(",");
}

const POINTS = 1e-9;
const WALL = SURFACE_STREAMS.find(({ name }) => name === "wall");
const ASK = WALL?.layout.columns.find(({ name }) => name === "side")?.codes?.indexOf("A") ?? -1;
/** Places among the codes of `assumption`. */
const [NAIVE, SHORT, FLOW] = [0, 1, 2] as const;

/** Rows of one surface, found by the names of its columns. */
class Rows {
  readonly count: number;
  readonly #name: string;
  readonly #columns: ReadonlyMap<string, ColumnArray>;
  readonly #valid: ReadonlyMap<string, Uint8Array | null>;

  constructor(
    name: string,
    columns: ReadonlyMap<string, ColumnArray>,
    valid: ReadonlyMap<string, Uint8Array | null>,
    count: number,
  ) {
    this.#name = name;
    this.#columns = columns;
    this.#valid = valid;
    this.count = count;
  }

  doubles(column: string): Float64Array {
    return arrayAs(Float64Array, this.#columns.get(column), `${this.#name}.${column}`);
  }

  ticks(column: string): Int32Array {
    return arrayAs(Int32Array, this.#columns.get(column), `${this.#name}.${column}`);
  }

  codes(column: string): Uint8Array {
    return arrayAs(Uint8Array, this.#columns.get(column), `${this.#name}.${column}`);
  }

  /** A value of the first row; NaN without one. */
  first(column: string): number {
    const array = this.#columns.get(column);
    if (this.count === 0 || this.#valid.get(column)?.[0] === 0) return NaN;
    return Number(array?.[0]);
  }

  /** The values, NaN where a row has none, in an array of their own. */
  copy(column: string): Float64Array {
    const values = this.doubles(column).slice();
    const valid = this.#valid.get(column) ?? null;
    if (valid !== null) {
      for (let i = 0; i < values.length; i++) if (valid[i] === 0) values[i] = NaN;
    }
    return values;
  }
}

/** Reads the Arrow messages of a window into what the page keeps of it. */
export class WindowDecoder {
  readonly #decoders = new Map(
    SURFACE_STREAMS.map(({ name, extended }) => [
      name,
      { arrow: new ArrowDecoder(extended), columns: extended.columns },
    ]),
  );

  /**
   * @param messages Arrow bytes by the names of surfaces.
   * @throws {SurfaceWireError} When a message is none of its surface, or a row lies at no place.
   */
  decode(
    endS: number,
    tickInt: number,
    hasOptions: boolean,
    messages: ReadonlyMap<string, Uint8Array>,
  ): SurfaceWindow {
    try {
      return this.#decode(endS, tickInt, hasOptions, messages);
    } catch (error) {
      if (!(error instanceof LayoutError)) throw error;
      throw new SurfaceWireError(error.subject, error.expected, error.found ?? null);
    }
  }

  #decode(
    endS: number,
    tickInt: number,
    hasOptions: boolean,
    messages: ReadonlyMap<string, Uint8Array>,
  ): SurfaceWindow {
    const snap = this.#rows("snap", messages);
    const spotInt = snap.first("spot_ref_price_int");
    const midPoints = snap.first("mid_price");
    const isBookValid = snap.first("book_valid") === 1;
    const cells = new Float32Array(CELLS).fill(NaN);
    const ladder = new Float64Array(LADDER_VALUES).fill(NaN);
    if (spotInt > 0) this.#readCells(cells, messages);
    const strikeTick = this.#readLadder(ladder, tickInt, messages);
    const summary = this.#rows("gex_summary", messages);
    const facts = factsOf(summary, midPoints);
    const stats = this.#rows("window_stats", messages);
    facts.events = stats.first("event_count");
    facts.trades = stats.first("trade_count");
    const quality = stats.count === 0 ? 0 : stats.first("quality");
    return {
      endS,
      tickInt,
      spotTick: spotInt > 0 ? Math.round(spotInt / tickInt) : 0,
      strikeTick,
      isBookValid,
      quality,
      hasOptions,
      loaded: loadedOf(messages),
      cells,
      ladder,
      facts,
      chain: messages.has("smile") && hasOptions ? this.#chain(messages) : null,
    };
  }

  #readCells(cells: Float32Array, messages: ReadonlyMap<string, Uint8Array>): void {
    const velocity = this.#rows("velocity", messages);
    addRows(
      cells,
      PLANE.VELOCITY,
      velocity.ticks("rel_ticks"),
      velocity.doubles("liquidity_velocity"),
    );
    if (messages.has("wall")) readWall(cells, this.#rows("wall", messages));
    if (messages.has("vacuum")) {
      const vacuum = this.#rows("vacuum", messages);
      readVacuum(cells, vacuum.ticks("rel_ticks"), vacuum.doubles("vacuum_score"));
    }
    if (messages.has("physics")) {
      const physics = this.#rows("physics", messages);
      const signed = physics.doubles("physics_score_signed");
      addRows(cells, PLANE.PHYSICS, physics.ticks("rel_ticks"), signed);
    }
    if (messages.has("bucket_radar")) readRadar(cells, this.#rows("bucket_radar", messages));
  }

  /** Reads what is told by strike. @returns The strike in the middle, ticks; 0 when there is none. */
  #readLadder(
    ladder: Float64Array,
    tickInt: number,
    messages: ReadonlyMap<string, Uint8Array>,
  ): number {
    const options = this.#rows("options", messages);
    const gex = this.#rows("gex", messages);
    const middle = [gex, options].find(({ count }) => count > 0);
    if (middle === undefined) return 0;
    putStrikes(ladder, LADDER.OPTIONS, options, "liquidity_velocity");
    putStrikes(ladder, LADDER.CALLS, gex, "gex_call_abs");
    putStrikes(ladder, LADDER.PUTS, gex, "gex_put_abs");
    for (let i = 0; i < STRIKES; i++) {
      const [calls, puts] = [ladder[LADDER.CALLS + i]!, ladder[LADDER.PUTS + i]!];
      ladder[LADDER.NAIVE + i] = calls - puts;
      ladder[LADDER.SHORT + i] = -calls - puts;
    }
    if (messages.has("exposure")) readFlow(ladder, this.#rows("exposure", messages));
    return Math.round(middle.first("spot_ref_price_int") / tickInt);
  }

  #chain(messages: ReadonlyMap<string, Uint8Array>): ChainRows {
    const profile = this.#rows("gex_profile", messages);
    const prices = profile.copy("price_int");
    const gex = profile.copy("gex_total");
    const positions = this.#positions(messages);
    const smile = this.#rows("smile", messages);
    const strikeInt = smile.copy("strike_price_int");
    const of = (assumption: number) =>
      strikeInt.map((strike) => positions[assumption]?.get(strike) ?? 0);
    return {
      profile: { pricePoints: prices.map((price) => price * POINTS), gex },
      smile: {
        strikeInt,
        iv: smile.copy("iv"),
        ivSource: smile.codes("iv_source").slice(),
        years: smile.first("t_years"),
        futurePoints: smile.first("future_price_int") * POINTS,
      },
      positions: { naive: of(NAIVE), short: of(SHORT), flow: of(FLOW) },
    };
  }

  /** What dealers would hold by strike, under each assumption in the order of its codes. */
  #positions(messages: ReadonlyMap<string, Uint8Array>): readonly Map<number, number>[] {
    const exposure = this.#rows("exposure", messages);
    const strikes = exposure.doubles("strike_price_int");
    const assumptions = exposure.codes("assumption");
    const [calls, puts] = [exposure.doubles("call_position"), exposure.doubles("put_position")];
    const positions = [NAIVE, SHORT, FLOW].map(() => new Map<number, number>());
    for (let i = 0; i < exposure.count; i++) {
      positions[assumptions[i]!]?.set(strikes[i]!, calls[i]! + puts[i]!);
    }
    return positions;
  }

  #rows(name: string, messages: ReadonlyMap<string, Uint8Array>): Rows {
    const decoder = this.#decoders.get(name);
    const bytes = messages.get(name);
    if (decoder === undefined || bytes === undefined) {
      throw new SurfaceWireError(name, "there in every window", null);
    }
    const frame = decoder.arrow.decode(bytes);
    const named = decoder.columns.map(({ name }) => name);
    const at = (column: string) => placeOf(decoder.columns, column);
    return new Rows(
      name,
      new Map(named.map((column) => [column, frame.columns[at(column)]!])),
      new Map(named.map((column) => [column, frame.valid[at(column)] ?? null])),
      rowsOf(frame),
    );
  }
}

function factsOf(summary: Rows, mid: number): Record<Fact, number> {
  const price = (column: string) => summary.first(column) * POINTS;
  return {
    mid: mid > 0 ? mid : NaN,
    zeroGamma: price("zero_gamma_price_int"),
    zeroGammaLow: price("zero_gamma_low_int"),
    zeroGammaHigh: price("zero_gamma_high_int"),
    callWall: price("call_wall_strike_int"),
    putWall: price("put_wall_strike_int"),
    gexTotal: summary.first("gex_total"),
    gexUsd1Pct: summary.first("gex_usd_1pct"),
    gexTilt: summary.first("gex_tilt"),
    atmIv: summary.first("atm_iv"),
    skew25d: summary.first("skew_25d"),
    events: NaN,
    trades: NaN,
  };
}

function rowOf(relTicks: number): number {
  return Math.abs(relTicks) > HALF_TICKS ? -1 : relTicks + HALF_TICKS;
}

/** Place of a strike in its ladder; -1 when it lies beyond. @throws {SurfaceWireError} When it is no strike. */
function placeOnLadder(relTicks: number): number {
  const place = relTicks / STRIKE_TICKS + HALF_STRIKES;
  if (!Number.isInteger(place)) {
    throw new SurfaceWireError("rel_ticks", `a multiple of ${STRIKE_TICKS}`, relTicks);
  }
  return place >= 0 && place <= 2 * HALF_STRIKES ? place : -1;
}

/** Adds values to a plane; several at one tick are summed. */
function addRows(
  cells: Float32Array,
  plane: number,
  ticks: Int32Array,
  values: Float64Array,
): void {
  for (let i = 0; i < ticks.length; i++) {
    const at = rowOf(ticks[i]!);
    if (at < 0) continue;
    const before = cells[plane + at]!;
    cells[plane + at] = Number.isNaN(before) ? values[i]! : before + values[i]!;
  }
}

function loadedOf(messages: ReadonlyMap<string, Uint8Array>): number {
  return Object.entries(OPTIONAL)
    .reduce((bits, [name, bit]) => messages.has(name) ? bits | bit : bits, 0);
}

/** Of two sides at a tick the one from which more withdraws stands. */
function readVacuum(cells: Float32Array, ticks: Int32Array, scores: Float64Array): void {
  for (let i = 0; i < ticks.length; i++) {
    const at = rowOf(ticks[i]!);
    if (at < 0 || cells[PLANE.VACUUM + at]! >= scores[i]!) continue;
    cells[PLANE.VACUUM + at] = scores[i]!;
  }
}

function readRadar(cells: Float32Array, radar: Rows): void {
  const buckets = radar.ticks("bucket_rel");
  const blocked = radar.ticks("blocked_level");
  const [cavitation, stiffness] = [radar.doubles("cavitation"), radar.doubles("gex_stiffness")];
  for (let i = 0; i < radar.count; i++) {
    const at = buckets[i]! + HALF_BUCKETS;
    if (at < 0 || at > 2 * HALF_BUCKETS) continue;
    cells[PLANE.BLOCKED + at] = blocked[i]!;
    cells[PLANE.CAVITATION + at] = cavitation[i]!;
    cells[PLANE.STIFFNESS + at] = stiffness[i]!;
  }
}

/** Gamma against the session's customers; its rows are of all strikes of the day. */
function readFlow(ladder: Float64Array, exposure: Rows): void {
  const [ticks, gamma] = [exposure.ticks("rel_ticks"), exposure.doubles("gamma_exposure")];
  const assumptions = exposure.codes("assumption");
  for (let i = 0; i < exposure.count; i++) {
    const place = assumptions[i] === FLOW ? placeOnLadder(ticks[i]!) : -1;
    if (place >= 0) ladder[LADDER.FLOW + place] = gamma[i]!;
  }
}

/** Of two sides at a tick the deeper one stands. */
function readWall(cells: Float32Array, wall: Rows): void {
  const [ticks, sides] = [wall.ticks("rel_ticks"), wall.codes("side")];
  const [depth, change] = [wall.doubles("depth_qty_rest"), wall.doubles("d1_depth_qty")];
  for (let i = 0; i < wall.count; i++) {
    const at = rowOf(ticks[i]!);
    if (at < 0 || Math.abs(cells[PLANE.WALL + at]!) >= depth[i]!) continue;
    cells[PLANE.WALL + at] = sides[i] === ASK ? depth[i]! : -depth[i]!;
    cells[PLANE.WALL_CHANGE + at] = change[i]!;
  }
}

function putStrikes(ladder: Float64Array, plane: number, rows: Rows, column: string): void {
  const [ticks, values] = [rows.ticks("rel_ticks"), rows.doubles(column)];
  for (let i = 0; i < rows.count; i++) {
    const place = placeOnLadder(ticks[i]!);
    if (place >= 0) ladder[plane + place] = values[i]!;
  }
}
