import { type TableLayout, TABLES } from "../../../engine/frames/surfaces/mod.ts";
import type { Invariant } from "./invariant.ts";

const {
  BUCKET_RADAR,
  EXPOSURE,
  FUTURE_DEPTH_FLOW,
  FUTURE_PHYSICS,
  FUTURE_SNAPSHOT,
  FUTURE_VELOCITY,
  GEX_FLOW,
  GEX_PROFILE,
  GEX_SURFACE,
  NET_VELOCITY,
  OPTION_DEPTH_FLOW,
  OPTION_SNAPSHOT,
  OPTION_VELOCITY,
  PHYSICS_BANDS,
  PHYSICS_FIELDS,
  VACUUM_SURFACE,
  WALL_SURFACE,
  WINDOW_STATS,
} = TABLES;

const STRIKE_TICKS = 20;
const STRIKE_STEP_INT = 5_000_000_000;
const SUM_TOLERANCE = 1e-9;

/** Rows of a window, and rows per strike. */
const LATTICES: readonly (readonly [TableLayout, number, number])[] = [
  [OPTION_DEPTH_FLOW, 84, 4],
  [OPTION_VELOCITY, 84, 4],
  [NET_VELOCITY, 21, 1],
  [GEX_SURFACE, 25, 1],
  [GEX_FLOW, 25, 1],
];

const lattices: Invariant = {
  number: 11,
  title: "the lattices of strikes are whole, five points apart",
  start: () => (minute, tell) => {
    const stats = minute.of(WINDOW_STATS);
    const strikeRef = stats.numbers("strike_ref_price_int");
    for (const [table, wanted, perStrike] of LATTICES) {
      const rows = minute.of(table);
      if (rows.count === 0) continue; // without options
      const [strike, ticks] = [rows.numbers("strike_price_int"), rows.numbers("rel_ticks")];
      for (const { endNs, from } of stats.windows) {
        if (strikeRef[from] === 0) continue;
        const window = rows.of(endNs);
        const count = window === null ? 0 : window.to - window.from;
        if (count !== wanted) {
          tell(stats, from, `${count} rows of ${table.name}, expected ${wanted}`);
        }
        for (let row = window?.from ?? 0; row < (window?.to ?? 0); row++) {
          const place = row - (window?.from ?? 0);
          const isStep = place < perStrike ||
            strike[row]! - strike[row - perStrike]! === STRIKE_STEP_INT;
          if (ticks[row]! % STRIKE_TICKS !== 0 || !isStep) {
            tell(rows, row, `strike ${strike[row]} at ${ticks[row]} ticks`);
          }
        }
      }
    }
  },
};

const SPOT_TABLES: readonly TableLayout[] = [
  FUTURE_DEPTH_FLOW,
  WALL_SURFACE,
  VACUUM_SURFACE,
  FUTURE_PHYSICS,
  PHYSICS_BANDS,
  BUCKET_RADAR,
  FUTURE_VELOCITY,
  PHYSICS_FIELDS,
];
const STRIKE_TABLES: readonly TableLayout[] = [
  OPTION_SNAPSHOT,
  OPTION_DEPTH_FLOW,
  GEX_SURFACE,
  GEX_FLOW,
  OPTION_VELOCITY,
  NET_VELOCITY,
  EXPOSURE,
  GEX_PROFILE,
];

const anchors: Invariant = {
  number: 12,
  title: "all rows of a window have its spot, all strikes its middle strike, the nearest one",
  start: () => (minute, tell) => {
    const [snapshot, stats] = [minute.of(FUTURE_SNAPSHOT), minute.of(WINDOW_STATS)];
    const spot = snapshot.numbers("spot_ref_price_int");
    const strikeRef = stats.numbers("strike_ref_price_int");
    const compare = (tables: readonly TableLayout[], of: (endNs: bigint) => number) => {
      for (const table of tables) {
        const rows = minute.of(table);
        const anchor = rows.numbers("spot_ref_price_int");
        for (const { endNs, from, to } of rows.windows) {
          const wanted = of(endNs);
          for (let row = from; row < to; row++) {
            if (anchor[row] === wanted) continue;
            tell(rows, row, `spot_ref_price_int ${anchor[row]}, expected ${wanted}`);
          }
        }
      }
    };
    const spotAt = (endNs: bigint) => spot[snapshot.of(endNs)?.from ?? -1] ?? NaN;
    compare(SPOT_TABLES, spotAt);
    compare(STRIKE_TABLES, (endNs) => strikeRef[stats.of(endNs)?.from ?? -1] ?? NaN);
    for (const { endNs, from } of stats.windows) {
      const apart = Math.abs(strikeRef[from]! - spotAt(endNs));
      if (!(apart <= STRIKE_STEP_INT / 2)) tell(stats, from, `strike ${apart / 1e9} from the spot`);
    }
  },
};

const netSums: Invariant = {
  number: 18,
  title: "net velocities of the strikes sum to those of their rights and sides",
  start: () => (minute, tell) => {
    const [net, all] = [minute.of(NET_VELOCITY), minute.of(OPTION_VELOCITY)];
    const sums = [net, all].map((rows) => {
      const velocity = rows.numbers("liquidity_velocity");
      return new Map(rows.windows.map(({ endNs, from, to }) => {
        let [sum, size] = [0, 0];
        for (let row = from; row < to; row++) {
          sum += velocity[row]!;
          size += Math.abs(velocity[row]!);
        }
        return [endNs, { sum, size }] as const;
      }));
    });
    for (const { endNs, from } of net.windows) {
      const [one, other] = sums.map((of) => of.get(endNs) ?? { sum: NaN, size: 0 });
      const isSame = Math.abs(one!.sum - other!.sum) <= SUM_TOLERANCE * Math.max(1, other!.size);
      if (!isSame) tell(net, from, `they sum to ${one!.sum}, all rows to ${other!.sum}`);
    }
  },
};

/** Laws of strikes and of what windows are told around. */
export const STRIKE_LAWS: readonly Invariant[] = [lattices, anchors, netSums];
