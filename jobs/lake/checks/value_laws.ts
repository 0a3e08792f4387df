import { BAND_COLUMNS } from "../../../engine/surfaces/physics/mod.ts";
import { type TableLayout, TABLES } from "../../../engine/frames/surfaces/mod.ts";
import type { Invariant, Tell } from "./invariant.ts";
import type { Rows } from "./minute.ts";

const {
  BUCKET_RADAR,
  FUTURE_PHYSICS,
  FUTURE_VELOCITY,
  GEX_FLOW,
  GEX_SURFACE,
  OPTION_VELOCITY,
  PHYSICS_BANDS,
  VACUUM_SURFACE,
  WALL_SURFACE,
} = TABLES;

const TINY = 1e-12;
const DIFFERENCE_TOLERANCE = 1e-9;
const SECOND_NS = 1_000_000_000n;

/** Columns that stay within bounds. */
const SCORES: readonly (readonly [TableLayout, readonly string[], number, number])[] = [
  [VACUUM_SURFACE, ["vacuum_score"], 0, 1],
  [FUTURE_PHYSICS, ["physics_score"], 0, 1],
  [FUTURE_PHYSICS, ["physics_score_signed"], -1, 1],
  [PHYSICS_BANDS, BAND_COLUMNS, 0, 1],
  [BUCKET_RADAR, ["cavitation", "gex_stiffness", "mobility"], 0, 1],
  [BUCKET_RADAR, ["blocked_level"], 0, 5],
  [GEX_FLOW, ["flow_abs_norm", "flow_reinforce_norm", "pull_rest_intensity_norm"], 0, 1],
];

const scores: Invariant = {
  number: 13,
  title: "scores stay within their bounds",
  start: () => (minute, tell) => {
    for (const [table, names, least, most] of SCORES) {
      const rows = minute.of(table);
      for (const name of names) {
        const values = rows.numbers(name);
        for (let row = 0; row < rows.count; row++) {
          const value = values[row]!;
          if (!(value >= least && value <= most)) tell(rows, row, `${name} is ${value}`);
        }
      }
    }
  },
};

const exposures: Invariant = {
  number: 14,
  title: "gamma exposure is the sum, and the difference, of calls and puts",
  start: () => (minute, tell) => {
    const rows = minute.of(GEX_SURFACE);
    const [call, put] = [rows.numbers("gex_call_abs"), rows.numbers("gex_put_abs")];
    const [abs, gex] = [rows.numbers("gex_abs"), rows.numbers("gex")];
    const ratio = rows.numbers("gex_imbalance_ratio");
    for (let row = 0; row < rows.count; row++) {
      const [c, p] = [call[row]!, put[row]!];
      const room = TINY * Math.max(1, c + p);
      const isRight = c >= 0 && p >= 0 && Math.abs(abs[row]! - c - p) <= room &&
        Math.abs(gex[row]! - c + p) <= room && Math.abs(ratio[row]!) <= 1;
      if (!isRight) tell(rows, row, `calls ${c}, puts ${p}, gex_abs ${abs[row]}, gex ${gex[row]}`);
    }
  },
};

/** Values with differences, and what their rows are told apart by. */
const DIFFERENCES: readonly (readonly [TableLayout, string, string, readonly string[]])[] = [
  [GEX_SURFACE, "gex_abs", "gex_abs", ["strike_price_int"]],
  [GEX_SURFACE, "gex", "gex", ["strike_price_int"]],
  [GEX_SURFACE, "gex_imbalance_ratio", "gex_imbalance_ratio", ["strike_price_int"]],
  [WALL_SURFACE, "depth_qty_end", "depth_qty", ["price_int", "side"]],
];

const differences: Invariant = {
  number: 15,
  title: "first differences are those of consecutive windows",
  start: () => {
    const checks = DIFFERENCES.map((terms) => differenceCheck(...terms));
    return (minute, tell) => {
      for (const { table, check } of checks) check(minute.of(table), tell);
    };
  },
};

function differenceCheck(
  table: TableLayout,
  name: string,
  suffix: string,
  by: readonly string[],
): { readonly table: TableLayout; readonly check: (rows: Rows, tell: Tell) => void } {
  let before = new Map<number, number>();
  let beforeNs = 0n;
  const check = (rows: Rows, tell: Tell) => {
    const [value, d1] = [rows.numbers(name), rows.numbers(`d1_${suffix}`)];
    const [price, side] = by.map((column) => rows.numbers(column));
    for (const { endNs, from, to } of rows.windows) {
      const now = new Map<number, number>();
      const isNext = endNs - beforeNs === SECOND_NS;
      for (let row = from; row < to; row++) {
        const place = 2 * price![row]! + (side?.[row] ?? 0);
        now.set(place, value[row]!);
        const known = isNext ? before.get(place) : undefined;
        if (known === undefined) continue; // it came into the band
        const wanted = value[row]! - known;
        const room = DIFFERENCE_TOLERANCE * Math.max(1, Math.abs(value[row]!), Math.abs(known));
        if (Math.abs(d1[row]! - wanted) > room) {
          tell(rows, row, `d1_${suffix} is ${d1[row]}, expected ${wanted}`);
        }
      }
      before = now;
      beforeNs = endNs;
    }
  };
  return { table, check };
}

const finite: Invariant = {
  number: 16,
  title: "every number is one",
  start: () => (minute, tell) => {
    for (const rows of minute.all()) {
      for (const { name, type } of rows.table.columns) {
        if (type !== "f64" && type !== "i53") continue;
        const values = rows.numbers(name);
        for (let row = 0; row < rows.count; row++) {
          if (!Number.isFinite(values[row])) tell(rows, row, `${name} is ${values[row]}`);
        }
      }
    }
  },
};

const velocities: Invariant = {
  number: 17,
  title: "velocity is what was added less pulled and filled, and above -1",
  start: () => (minute, tell) => {
    for (const table of [FUTURE_VELOCITY, OPTION_VELOCITY]) {
      const rows = minute.of(table);
      const [add, pull] = [rows.numbers("add_intensity"), rows.numbers("pull_intensity")];
      const [fill, velocity] = [rows.numbers("fill_intensity"), rows.numbers("liquidity_velocity")];
      for (let row = 0; row < rows.count; row++) {
        const wanted = add[row]! - pull[row]! - fill[row]!;
        const room = TINY * Math.max(1, add[row]!, pull[row]!, fill[row]!);
        const isRight = Math.abs(velocity[row]! - wanted) <= room && velocity[row]! > -1 - room;
        if (!isRight) tell(rows, row, `liquidity_velocity ${velocity[row]}, expected ${wanted}`);
      }
    }
  },
};

/** Laws of scores, exposures and velocities. */
export const VALUE_LAWS: readonly Invariant[] = [
  scores,
  exposures,
  differences,
  finite,
  velocities,
];
