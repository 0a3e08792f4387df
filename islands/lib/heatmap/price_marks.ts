import { type LevelMark, levelY, type Theme, type View } from "../canvas/mod.ts";
import { COLUMN, type ColumnStore, NO_TICK } from "./column_store.ts";
import { spotY } from "./price_lines.ts";

/** Returns ask, spot and bid of a column, those that exist. */
export function priceMarks(
  store: ColumnStore,
  slot: number,
  view: View,
  theme: Theme,
): readonly LevelMark[] {
  if (store.kind[slot] !== COLUMN.BIN) return [];
  const marks: LevelMark[] = [];
  const quote = (tick: number, letter: string, ink: string) => {
    if (tick === NO_TICK) return;
    marks.push({ level: tick, y: levelY(view, tick) + view.rowPx / 2, letter, ink, strong: false });
  };
  quote(store.askTick[slot]!, "A", theme.ask);
  const spot = store.spotTick[slot]!;
  if (spot !== NO_TICK) {
    const level = spot - (store.halfTick[slot] === 1 ? 0.5 : 0);
    const y = spotY(store, slot, view);
    marks.push({ level, y, letter: "", ink: theme.spot, strong: true });
  }
  quote(store.bidTick[slot]!, "B", theme.bid);
  return marks;
}
