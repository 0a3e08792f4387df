import { type TableLayout, TABLES } from "../../../engine/frames/surfaces/mod.ts";
import type { CheckContext, Invariant, Tell } from "./invariant.ts";
import type { Minute, Rows, WindowRows } from "./minute.ts";

const {
  EXPOSURE,
  FUTURE_DEPTH_FLOW,
  FUTURE_SNAPSHOT,
  GEX_FLOW,
  GEX_PROFILE,
  GEX_SURFACE,
  NET_VELOCITY,
  OPTION_DEPTH_FLOW,
  OPTION_VELOCITY,
  OPTION_WALL,
  VACUUM_SURFACE,
  WALL_SURFACE,
  WINDOW_STATS,
} = TABLES;

const SNAPSHOT_BIT = 1;
/** Ticks on each side of the spot. */
const BANDS: ReadonlyMap<TableLayout, number> = new Map<TableLayout, number>([
  [FUTURE_DEPTH_FLOW, 200],
  [WALL_SURFACE, 600],
]);

/** Depth of the window before by price and side, and where it was told. */
interface Before {
  readonly endNs: bigint;
  readonly spotInt: number;
  readonly depths: ReadonlyMap<number, number>;
}

const conservation: Invariant = {
  number: 6,
  title: "depth changes by what was added, pulled and filled, from where the window before ended",
  start: (context) => {
    const before = new Map<TableLayout, Before>();
    return (minute, tell) => {
      for (const table of [...BANDS.keys(), OPTION_DEPTH_FLOW]) {
        checkBalance(minute.of(table), tell);
      }
      for (const table of BANDS.keys()) {
        const rows = minute.of(table);
        for (const window of rows.windows) {
          const last = before.get(table);
          if (last !== undefined && !hasSnapshot(minute, window.endNs)) {
            checkStart(rows, window, last, context, tell);
          }
          before.set(table, depthsOf(rows, window));
        }
      }
    };
  },
};

function checkBalance(rows: Rows, tell: Tell): void {
  const [start, end] = [rows.numbers("depth_qty_start"), rows.numbers("depth_qty_end")];
  const [add, pull] = [rows.numbers("add_qty"), rows.numbers("pull_qty_total")];
  const fill = rows.numbers("fill_qty");
  for (let row = 0; row < rows.count; row++) {
    const change = add[row]! - pull[row]! - fill[row]!;
    if (end[row]! - start[row]! === change) continue;
    tell(
      rows,
      row,
      `depth ${start[row]} to ${end[row]}, but added less pulled and filled ${change}`,
    );
  }
}

function hasSnapshot(minute: Minute, endNs: bigint): boolean {
  const stats = minute.of(WINDOW_STATS);
  const window = stats.of(endNs);
  return window === null || (stats.numbers("quality")[window.from]! & SNAPSHOT_BIT) !== 0;
}

function checkStart(
  rows: Rows,
  window: WindowRows,
  last: Before,
  { tickInt }: CheckContext,
  tell: Tell,
): void {
  const [price, side] = [rows.numbers("price_int"), rows.numbers("side")];
  const start = rows.numbers("depth_qty_start");
  const reach = (BANDS.get(rows.table) ?? 0) * tickInt;
  for (let row = window.from; row < window.to; row++) {
    // What was out of the band, or after a window without rows, is not known.
    if (Math.abs(price[row]! - last.spotInt) > reach) continue;
    const known = last.depths.get(2 * price[row]! + side[row]!) ?? 0;
    if (start[row] !== known) {
      tell(rows, row, `depth ${start[row]} at its start, ${known} at the end of the window before`);
    }
  }
}

function depthsOf(rows: Rows, { endNs, from, to }: WindowRows): Before {
  const [price, side] = [rows.numbers("price_int"), rows.numbers("side")];
  const end = rows.numbers("depth_qty_end");
  const depths = new Map<number, number>();
  for (let row = from; row < to; row++) depths.set(2 * price[row]! + side[row]!, end[row]!);
  return { endNs, spotInt: rows.numbers("spot_ref_price_int")[from] ?? 0, depths };
}

/** Quantities of a table, and which of them are parts of which. */
const QUANTITIES:
  readonly (readonly [TableLayout, readonly string[], readonly (readonly [string, string])[]])[] = [
    ...[...BANDS.keys()].map((table) =>
      [
        table,
        ["depth_qty_start", "depth_qty_end", "add_qty", "pull_qty_total", "fill_qty"],
        [["pull_qty_rest", "pull_qty_total"], ["depth_qty_rest", "depth_qty_end"]],
      ] as const
    ),
    [
      OPTION_DEPTH_FLOW,
      ["depth_qty_start", "depth_qty_end", "add_qty", "pull_qty_total", "fill_qty"],
      [["pull_qty_rest", "pull_qty_total"]],
    ],
    [
      OPTION_WALL,
      ["depth_total", "add_qty", "pull_qty", "fill_qty"],
      [["pull_rest_qty", "pull_qty"]],
    ],
  ];

const quantities: Invariant = {
  number: 7,
  title: "quantities are whole and not negative, rested parts no more than the whole",
  start: () => (minute, tell) => {
    for (const [table, names, parts] of QUANTITIES) {
      const rows = minute.of(table);
      for (const name of [...names, ...parts.map(([part]) => part)]) {
        const values = rows.numbers(name);
        for (let row = 0; row < rows.count; row++) {
          const isWhole = values[row]! >= 0 && Number.isInteger(values[row]);
          if (!isWhole) tell(rows, row, `${name} is ${values[row]}`);
        }
      }
      for (const [part, whole] of parts) {
        const [less, more] = [rows.numbers(part), rows.numbers(whole)];
        for (let row = 0; row < rows.count; row++) {
          if (less[row]! > more[row]!) tell(rows, row, `${part} is more than ${whole}`);
        }
      }
    }
  },
};

/** Columns of prices, and ticks from the spot that they may have at most. */
const PRICES: readonly (readonly [TableLayout, string, number])[] = [
  [FUTURE_DEPTH_FLOW, "price_int", 200],
  [WALL_SURFACE, "price_int", 600],
  [VACUUM_SURFACE, "price_int", 600],
  [OPTION_DEPTH_FLOW, "strike_price_int", 200],
  [OPTION_VELOCITY, "strike_price_int", 200],
  [NET_VELOCITY, "strike_price_int", 200],
  [GEX_SURFACE, "strike_price_int", 240],
  [GEX_FLOW, "strike_price_int", 240],
  [EXPOSURE, "strike_price_int", Infinity],
  [GEX_PROFILE, "price_int", 600],
];

const prices: Invariant = {
  number: 9,
  title: "a price is the spot plus its ticks, and inside the band",
  start: ({ tickInt }) => (minute, tell) => {
    for (const [table, name, most] of PRICES) {
      const rows = minute.of(table);
      const [price, spot] = [rows.numbers(name), rows.numbers("spot_ref_price_int")];
      const ticks = rows.numbers("rel_ticks");
      for (let row = 0; row < rows.count; row++) {
        const isThere = price[row] === spot[row]! + ticks[row]! * tickInt;
        if (!isThere || Math.abs(ticks[row]!) > most) {
          tell(rows, row, `${name} ${price[row]} at ${ticks[row]} ticks from ${spot[row]}`);
        }
      }
    }
  },
};

const fills: Invariant = {
  number: 10,
  title: "what was filled is what was traded, in generated data",
  start: ({ isGenerated }) => (minute, tell) => {
    // In a recording, spreads that trade fill orders of the future without a trade of its own.
    if (!isGenerated) return;
    const [stats, wall] = [minute.of(WINDOW_STATS), minute.of(WALL_SURFACE)];
    const snapshot = minute.of(FUTURE_SNAPSHOT);
    const [buy, sell] = [stats.numbers("trade_qty_buy"), stats.numbers("trade_qty_sell")];
    const spot = snapshot.numbers("spot_ref_price_int");
    const fill = wall.numbers("fill_qty");
    for (const { endNs, from } of stats.windows) {
      const at = snapshot.of(endNs)?.from ?? -1;
      // Without a spot, and while a snapshot comes, no flow is told.
      if (at < 0 || spot[at] === 0 || hasSnapshot(minute, endNs)) continue;
      const { from: first, to } = wall.of(endNs) ?? { from: 0, to: 0 };
      let filled = 0;
      for (let row = first; row < to; row++) filled += fill[row]!;
      const traded = buy[from]! + sell[from]!;
      if (filled !== traded) tell(stats, from, `${filled} filled, ${traded} traded`);
    }
  },
};

/** Laws of what rested and happened at prices. */
export const LEVEL_LAWS: readonly Invariant[] = [conservation, quantities, prices, fills];
