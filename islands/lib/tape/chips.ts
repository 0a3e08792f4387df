import {
  OPEN_FILTER,
  type RangeName,
  RANGES,
  SIDE_PRESETS,
  type TapeFilter,
} from "./tape_filter.ts";
import { channelNamed, type MarkOf, type TapeChannel } from "./channels/mod.ts";
import { PROFILE_TEXT } from "./words.ts";
import { contractText } from "./columns/mod.ts";
import { rowTest } from "./filters.ts";
import { SIDES } from "./side.ts";
import type { TapeRow } from "./rows.ts";

/** Newest rows that chips count over. */
const COUNTED_ROWS = 1_000;

/** One thing that keeps rows off a tape: what it is called, itself alone, and how to be rid of it. */
export interface Chip {
  readonly id: string;
  readonly text: string;
  readonly alone: TapeFilter;
  readonly clear: Partial<TapeFilter>;
}

type FilterName = Exclude<keyof TapeFilter, "ranges" | "sort" | "group" | "columns">;

/** A filter in words; null while it lets everything through. */
function textOf(filter: TapeFilter, name: FilterName, channel: TapeChannel): string | null {
  switch (name) {
    case "view":
      return filter.view === "raw" ? null : "Signal rules";
    case "sides":
      return filter.sides.length === SIDES.length ? null : sidesText(filter.sides);
    case "right":
      return filter.right === "both" ? null : filter.right === "call" ? "Calls" : "Puts";
    case "security":
      return filter.security === "all" ? null : filter.security === "etf" ? "ETFs" : "Stocks";
    case "minPremium":
      return filter.minPremium === 0 ? null : `≥ ${filter.minPremium / 1e3}k USD`;
    case "smartOnly":
      if (!filter.smartOnly) return null;
      return channel === "options" ? "Smart money only" : "Without abstained";
    case "offOnly":
      return filter.offOnly ? "Off exchange only" : null;
    case "contract":
      return filter.contract === null ? null : contractText(filter.contract);
    case "profile":
      return filter.profile === null ? null : PROFILE_TEXT[filter.profile] ?? filter.profile;
    case "severity":
      if (filter.severity === "all") return null;
      return filter.severity === "high" ? "High only" : "Medium and high";
  }
}

function sidesText(sides: TapeFilter["sides"]): string {
  const own = sides.join(",");
  return SIDE_PRESETS.find(([, list]) => list.join(",") === own)?.[0] ??
    (sides.length === 0 ? "No side" : sides.join("+"));
}

/** A contract alone is looked at raw: these do not count then. */
const NOT_OF_A_CONTRACT: readonly string[] = ["view", "sides", "right", "security", "minPremium"];

/** What keeps rows off a tape, one chip for each filter that is set; none: everything is shown. */
export function chipsOf(channel: TapeChannel, filter: TapeFilter): readonly Chip[] {
  const { heeds, ranges } = channelNamed(channel);
  const isRaw = channel === "options" && filter.contract !== null;
  const chips: Chip[] = heeds.flatMap((name) => {
    if (isRaw && NOT_OF_A_CONTRACT.includes(name)) return [];
    const text = textOf(filter, name, channel);
    if (text === null) return [];
    const alone = { ...OPEN_FILTER, [name]: filter[name] };
    return [{ id: name, text, alone, clear: { [name]: OPEN_FILTER[name] } }];
  });
  for (const name of ranges) {
    const range = filter.ranges[name];
    if (range === undefined || (range.min === null && range.max === null)) continue;
    const { [name]: _, ...others } = filter.ranges;
    chips.push({
      id: name,
      text: rangeText(name, range.min, range.max),
      alone: { ...OPEN_FILTER, ranges: { [name]: range } },
      clear: { ranges: others },
    });
  }
  return chips;
}

function rangeText(name: RangeName, min: number | null, max: number | null): string {
  if (min === null) return `${RANGES[name]} ≤ ${max}`;
  return max === null ? `${RANGES[name]} ≥ ${min}` : `${RANGES[name]} ${min} to ${max}`;
}

/** What a filter does to the newest rows of its channel. */
export interface ChipCounts {
  readonly shown: number;
  /** Rows that were looked at, of the symbols that the pane looks at. */
  readonly of: number;
  /** Rows that each chip keeps off by itself. */
  readonly hidden: readonly number[];
}

/**
 * Counts what a filter and each of its chips keep off the newest thousand rows.
 *
 * @param rows Every row of the channel, newest first. @param symbols What the pane looks at; none: all.
 */
export function countChips(
  rows: Iterable<TapeRow>,
  filter: TapeFilter,
  chips: readonly Chip[],
  symbols: readonly string[],
  markOf: MarkOf,
): ChipCounts {
  const isOfPane = rowTest(OPEN_FILTER, filter.contract === null ? symbols : [], markOf);
  const passes = rowTest(filter, symbols, markOf);
  const tests = chips.map(({ alone }) => rowTest(alone, [], markOf));
  const hidden = chips.map(() => 0);
  let of = 0;
  let shown = 0;
  for (const row of rows) {
    if (row.kind === "gap" || !isOfPane(row)) continue;
    if (++of > COUNTED_ROWS) return { shown, of: COUNTED_ROWS, hidden };
    if (passes(row)) shown++;
    tests.forEach((test, i) => {
      if (!test(row)) hidden[i] = (hidden[i] ?? 0) + 1;
    });
  }
  return { shown, of, hidden };
}
