import { TABLES } from "../../../engine/frames/surfaces/mod.ts";
import type { Invariant } from "./invariant.ts";

const { FUTURE_SNAPSHOT, WINDOW_STATS, PHYSICS_BANDS } = TABLES;
const SECOND_NS = 1_000_000_000n;
const EXACT = 1e-9;

const steps: Invariant = {
  number: 1,
  title: "windows end a second after each other, without gap or repetition",
  start: () => {
    const last = new Map<string, bigint>();
    return (minute, tell) => {
      for (const table of [FUTURE_SNAPSHOT, WINDOW_STATS, PHYSICS_BANDS]) {
        const rows = minute.of(table);
        for (const { endNs, from } of rows.windows) {
          const before = last.get(table.name);
          if (endNs % SECOND_NS !== 0n) tell(rows, from, "ends at no whole second");
          if (before !== undefined && endNs - before !== SECOND_NS) {
            tell(rows, from, `comes ${endNs - before} ns after the one before`);
          }
          last.set(table.name, endNs);
        }
      }
    };
  },
};

const snapshots: Invariant = {
  number: 2,
  title: "every window has one row of the snapshot",
  start: () => (minute, tell) => {
    const snapshot = minute.of(FUTURE_SNAPSHOT);
    for (const { from, to } of snapshot.windows) {
      if (to - from !== 1) tell(snapshot, from, `${to - from} rows`);
    }
    for (const rows of minute.all()) {
      for (const { endNs, from } of rows.windows) {
        if (snapshot.of(endNs) === null) tell(rows, from, "its window has no snapshot");
      }
    }
  },
};

const spots: Invariant = {
  number: 3,
  title: "a valid book has a spot, from the second valid window on",
  start: () => {
    let valid = 0;
    return (minute, tell) => {
      const rows = minute.of(FUTURE_SNAPSHOT);
      const [isValid, spot] = [rows.numbers("book_valid"), rows.numbers("spot_ref_price_int")];
      for (let row = 0; row < rows.count; row++) {
        if (isValid[row] === 0) continue;
        if (++valid > 1 && spot[row]! <= 0) tell(rows, row, "the book is valid, the spot unknown");
      }
    };
  },
};

const crossings: Invariant = {
  number: 4,
  title: "the book of a valid window is not crossed",
  start: () => (minute, tell) => {
    const [rows, snapshot] = [minute.of(WINDOW_STATS), minute.of(FUTURE_SNAPSHOT)];
    const isValid = rows.numbers("window_valid");
    const bid = snapshot.numbers("best_bid_price_int");
    const ask = snapshot.numbers("best_ask_price_int");
    for (const { endNs, from } of rows.windows) {
      const at = snapshot.of(endNs)?.from ?? -1;
      if (isValid[from] === 0 || at < 0 || bid[at] === 0 || ask[at] === 0) continue;
      if (bid[at]! >= ask[at]!) tell(snapshot, at, `bid ${bid[at]} meets ask ${ask[at]}`);
    }
  },
};

const mids: Invariant = {
  number: 5,
  title: "the mid is the mean of best bid and ask",
  start: () => (minute, tell) => {
    const rows = minute.of(FUTURE_SNAPSHOT);
    const bid = rows.numbers("best_bid_price_int");
    const ask = rows.numbers("best_ask_price_int");
    const [mid, midInt] = [rows.numbers("mid_price"), rows.numbers("mid_price_int")];
    for (let row = 0; row < rows.count; row++) {
      const hasBoth = bid[row]! > 0 && ask[row]! > 0;
      const sum = hasBoth ? bid[row]! + ask[row]! : 0;
      const isSame = midInt[row] === Math.floor((sum + 1) / 2) &&
        Math.abs(mid[row]! - sum * 0.5e-9) <= EXACT;
      if (!isSame) tell(rows, row, `mid ${mid[row]} (${midInt[row]}), expected ${sum * 0.5e-9}`);
    }
  },
};

/** Laws of windows and of what a window has once. */
export const WINDOW_LAWS: readonly Invariant[] = [steps, snapshots, spots, crossings, mids];
