import { exchangeClock } from "../exchange_time.ts";
import { compact, fixed, signed } from "../format.ts";
import { contractTerms } from "./contracts.ts";
import type { GroupRow } from "./groups.ts";
import type {
  AlertRow,
  DarkRow,
  EquityRow,
  OptionRow,
  PacketRow,
  Side,
  SmartRow,
  TapeChannel,
  TapeRow,
} from "./rows.ts";

/** A column of a tape. */
export interface Column<R> {
  readonly id: string;
  readonly label: string;
  /** Meaning and unit, for the header's tooltip. */
  readonly title: string;
  /** Least width, px. */
  readonly width: number;
  /** Low numbers stay longest when a pane becomes narrow. */
  readonly rank: number;
  readonly isText?: boolean;
  readonly text: (row: R) => string;
  /** Class of the cell; the text must say the same. */
  readonly tone?: (row: R) => string;
  /** Figure to sort by; none: not sortable. */
  readonly figure?: (row: R) => number;
}

const DASH = "–";

/** A dollar amount in short form such as `1.24M`. */
export function money(value: number | null): string {
  if (value === null) return DASH;
  const size = Math.abs(value);
  const sign = value < 0 ? "\u2212" : "";
  if (size >= 1e9) return `${sign}${(size / 1e9).toFixed(2)}G`;
  if (size >= 1e6) return `${sign}${(size / 1e6).toFixed(2)}M`;
  if (size >= 1e3) return `${sign}${(size / 1e3).toFixed(1)}k`;
  return `${sign}${size.toFixed(0)}`;
}

/** {@link money} with a plus sign when positive. */
export function signedMoney(value: number): string {
  return value > 0 ? `+${money(value)}` : money(value);
}

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** A contract as traders write it: `NVDA 30 Jan 142.5 C`. */
export function contractText(id: string): string {
  const terms = contractTerms(id);
  if (terms === null) return id;
  const month = (Number(terms.expiry.slice(5, 7)) - 1) * 3;
  const day = Number(terms.expiry.slice(8));
  return `${terms.root} ${day} ${MONTHS.slice(month, month + 3)} ${terms.strike} ${terms.right}`;
}

const SIDE_TEXT: Readonly<Record<Side, string>> = {
  AA: "▲▲ AA",
  A: "▲ A",
  MID: "● MID",
  B: "▼ B",
  BB: "▼▼ BB",
  MISSING: "? none",
  STALE: "◌ stale",
};

/** Words of the profiles. */
export const PROFILE_TEXT: Readonly<Record<string, string>> = {
  institutional_directional: "Institutional",
  retail_whale: "Retail whale",
  event_driven: "Event driven",
  vol_seller: "Vol seller",
  arbitrage: "Arbitrage",
  hedge_reactive: "Hedge reactive",
};

/** A profile in words, or that there is none. */
export function profileText(profile: string | null): string {
  return profile === null ? "abstained" : PROFILE_TEXT[profile] ?? profile;
}

const DIRECTION: Readonly<Record<string, readonly [string, string]>> = {
  bullish: ["▲ bull", "up"],
  bearish: ["▼ bear", "down"],
  neutral: ["● flat", ""],
  mixed: ["◆ mixed", ""],
  unknown: ["? none", "faint"],
};

/** Text and tone of a direction. */
export function directionText(direction: string): readonly [string, string] {
  return DIRECTION[direction] ?? [direction, ""];
}

const BAND: Readonly<Record<string, string>> = { high: "H", medium: "M", low: "L" };

function share(value: number | null): string {
  return value === null ? DASH : `${Math.round(value * 100)}`;
}

function moneyTone(value: number): string {
  return value >= 1e6 ? "strong" : "";
}

function timeColumn<R extends { readonly ts: number }>(): Column<R> {
  return {
    id: "time",
    label: "Time",
    title: "Exchange time, New York",
    width: 88,
    rank: 0,
    text: (row) => exchangeClock(row.ts, true),
    figure: (row) => row.ts,
  };
}

function symbolColumn<R extends { readonly symbol: string }>(rank = 1): Column<R> {
  return {
    id: "symbol",
    label: "Symbol",
    title: "Underlying",
    width: 48,
    rank,
    isText: true,
    text: (row) => row.symbol,
    tone: () => "name",
  };
}

const OPTIONS: readonly Column<OptionRow>[] = [
  timeColumn(),
  {
    id: "contract",
    label: "Contract",
    title: "Underlying, expiry, strike, call or put",
    width: 140,
    rank: 1,
    isText: true,
    text: (row) => contractText(row.contract),
    tone: () => "name",
  },
  {
    id: "dte",
    label: "DTE",
    title: "Calendar days to expiry",
    width: 36,
    rank: 8,
    text: (row) => row.dte === null ? DASH : `${row.dte}`,
    figure: (row) => row.dte ?? -1,
  },
  {
    id: "price",
    label: "Price",
    title: "USD per share",
    width: 54,
    rank: 5,
    text: (row) => fixed(row.price, 2),
    figure: (row) => row.price,
  },
  {
    id: "size",
    label: "Size",
    title: "Contracts",
    width: 48,
    rank: 4,
    text: (row) => fixed(row.size, 0),
    figure: (row) => row.size,
  },
  {
    id: "premium",
    label: "Prem",
    title: "Premium, USD: price × size × 100",
    width: 58,
    rank: 2,
    text: (row) => money(row.premium),
    tone: (row) => moneyTone(row.premium),
    figure: (row) => row.premium,
  },
  {
    id: "side",
    label: "Side",
    title: "Against the quote standing then: AA above ask, A at ask, B at bid, BB below bid",
    width: 54,
    rank: 3,
    isText: true,
    text: (row) => SIDE_TEXT[row.side],
    tone: (row) =>
      row.side[0] === "A" ? "up" : row.side[0] === "B" ? "down" : row.side === "MID" ? "" : "faint",
  },
  {
    id: "iv",
    label: "IV %",
    title: "Volatility at the print, percent a year",
    width: 46,
    rank: 9,
    text: (row) => row.iv === null ? DASH : (row.iv * 100).toFixed(1),
    figure: (row) => row.iv ?? -1,
  },
  {
    id: "delta",
    label: "Δ",
    title: "Delta of one contract, from volatility and spot at the print",
    width: 46,
    rank: 12,
    text: (row) => row.delta === null ? DASH : signed(row.delta, 2),
    figure: (row) => row.delta ?? -2,
  },
  {
    id: "spot",
    label: "Spot",
    title: "Underlying at the print, USD",
    width: 62,
    rank: 7,
    text: (row) => row.spot === null ? DASH : fixed(row.spot, 2),
    figure: (row) => row.spot ?? -1,
  },
  {
    id: "nbbo",
    label: "Bid × ask",
    title: "Best quote standing at the print, USD",
    width: 104,
    rank: 10,
    text: (row) =>
      row.bid === null || row.ask === null ? DASH : `${fixed(row.bid, 2)} × ${fixed(row.ask, 2)}`,
  },
  {
    id: "moneyness",
    label: "K/S",
    title: "Strike over spot",
    width: 48,
    rank: 13,
    text: (row) => row.moneyness === null ? DASH : row.moneyness.toFixed(3),
    figure: (row) => row.moneyness ?? -1,
  },
  {
    id: "venue",
    label: "Venue",
    title: "Exchange of the print",
    width: 56,
    rank: 11,
    isText: true,
    text: (row) => row.venue,
  },
  {
    id: "info",
    label: "Info",
    title: "Conditions of the print",
    width: 72,
    rank: 14,
    isText: true,
    text: (row) => row.conditions || DASH,
  },
];

const EQUITIES: readonly Column<EquityRow>[] = [
  timeColumn(),
  symbolColumn(),
  {
    id: "price",
    label: "Price",
    title: "USD",
    width: 64,
    rank: 2,
    text: (row) => fixed(row.price, 2),
    figure: (row) => row.price,
  },
  {
    id: "size",
    label: "Size",
    title: "Shares",
    width: 60,
    rank: 3,
    text: (row) => fixed(row.size, 0),
    figure: (row) => row.size,
  },
  {
    id: "premium",
    label: "Value",
    title: "Price × size, USD",
    width: 60,
    rank: 4,
    text: (row) => money(row.premium),
    tone: (row) => moneyTone(row.premium),
    figure: (row) => row.premium,
  },
  {
    id: "off",
    label: "Off",
    title: "OFF: reported off exchange",
    width: 36,
    rank: 5,
    isText: true,
    text: (row) => row.isOff ? "OFF" : "",
    tone: (row) => row.isOff ? "badge" : "",
  },
  {
    id: "venue",
    label: "Venue",
    title: "Exchange or facility of the print",
    width: 56,
    rank: 6,
    isText: true,
    text: (row) => row.venue,
  },
  {
    id: "info",
    label: "Info",
    title: "Conditions of the print",
    width: 80,
    rank: 7,
    isText: true,
    text: (row) => row.conditions || DASH,
  },
];

const SMART: readonly Column<SmartRow>[] = [
  timeColumn(),
  symbolColumn(),
  {
    id: "profile",
    label: "Profile",
    title: "Most probable kind of trader; abstained when the evidence does not do",
    width: 102,
    rank: 2,
    isText: true,
    text: (row) => profileText(row.profile),
    tone: (row) => row.profile === null ? "faint" : "name",
  },
  {
    id: "direction",
    label: "Direction",
    title: "Which way the trade leans",
    width: 52,
    rank: 4,
    isText: true,
    text: (row) => directionText(row.direction)[0],
    tone: (row) => directionText(row.direction)[1],
  },
  {
    id: "p",
    label: "P %",
    title: "Probability of the profile, and its band: high, medium, low",
    width: 48,
    rank: 3,
    text: (row) => `${share(row.probability)} ${BAND[row.band] ?? ""}`,
    tone: (row) => row.band === "high" && row.profile !== null ? "strong" : "",
    figure: (row) => row.probability,
  },
  {
    id: "premium",
    label: "Prem",
    title: "Premium of all prints, USD",
    width: 58,
    rank: 5,
    text: (row) => money(row.premium),
    tone: (row) => moneyTone(row.premium),
    figure: (row) => row.premium,
  },
  {
    id: "contract",
    label: "Contract",
    title: "Contract, or kind of structure",
    width: 140,
    rank: 6,
    isText: true,
    text: (row) => row.isMulti ? row.structure || "structure" : contractText(row.contract),
  },
  {
    id: "prints",
    label: "Prints",
    title: "Prints of the event",
    width: 46,
    rank: 8,
    text: (row) => `${row.prints}`,
    figure: (row) => row.prints,
  },
  {
    id: "dte",
    label: "DTE",
    title: "Calendar days to expiry, nearest leg",
    width: 36,
    rank: 7,
    text: (row) => row.dte === null ? DASH : `${row.dte}`,
    figure: (row) => row.dte ?? -1,
  },
  {
    id: "reasons",
    label: "Why",
    title: "Reasons of the best profile, or why it abstained",
    width: 200,
    rank: 9,
    isText: true,
    text: (row) => (row.suppressed || row.reasons || DASH).replaceAll("_", " "),
  },
];

const QUALITY: Readonly<Record<PacketRow["quality"], string>> = {
  clean: "✓ clean",
  stale: "◌ stale",
  missing: "? none",
};

const PACKETS: readonly Column<PacketRow>[] = [
  { ...timeColumn(), text: (row) => exchangeClock(row.startTs, true) },
  {
    id: "contract",
    label: "Contract",
    title: "Contract, or root and kind of structure",
    width: 140,
    rank: 1,
    isText: true,
    text: (row) =>
      row.structure === "" ? contractText(row.contract) : `${row.symbol} ${row.structure}`,
    tone: () => "name",
  },
  {
    id: "prints",
    label: "Prints",
    title: "Prints of the packet",
    width: 46,
    rank: 4,
    text: (row) => `${row.prints}`,
    figure: (row) => row.prints,
  },
  {
    id: "premium",
    label: "Prem",
    title: "Premium, USD",
    width: 58,
    rank: 2,
    text: (row) => money(row.premium),
    tone: (row) => moneyTone(row.premium),
    figure: (row) => row.premium,
  },
  {
    id: "side",
    label: "Side",
    title: "Share of aggressive prints that bought or sold, percent",
    width: 66,
    rank: 3,
    isText: true,
    text: (row) => {
      const { buy, sell } = row;
      if (buy === null || sell === null) return "? none";
      return buy >= sell ? `▲ ${share(buy)} buy` : `▼ ${share(sell)} sell`;
    },
    tone: (row) =>
      row.buy === null || row.sell === null ? "faint" : row.buy >= row.sell ? "up" : "down",
  },
  {
    id: "window",
    label: "Window",
    title: "From first to last print, ms",
    width: 56,
    rank: 6,
    text: (row) => fixed(row.windowMs, 0),
    figure: (row) => row.windowMs,
  },
  {
    id: "size",
    label: "Size",
    title: "Contracts",
    width: 52,
    rank: 5,
    text: (row) => fixed(row.size, 0),
    figure: (row) => row.size,
  },
  {
    id: "quality",
    label: "Quotes",
    title: "Quality of the quotes that the prints were compared with",
    width: 62,
    rank: 7,
    isText: true,
    text: (row) => QUALITY[row.quality],
    tone: (row) => row.quality === "clean" ? "" : "warn",
  },
];

const SEVERITY: Readonly<Record<AlertRow["severity"], string>> = {
  high: "■ high",
  medium: "▣ medium",
  low: "□ low",
};

const ALERTS: readonly Column<AlertRow>[] = [
  timeColumn(),
  symbolColumn(),
  {
    id: "severity",
    label: "Severity",
    title: "High from a score of 75, medium from 55",
    width: 70,
    rank: 3,
    isText: true,
    text: (row) => SEVERITY[row.severity],
    tone: (row) => row.severity === "high" ? "warn" : "",
  },
  {
    id: "profile",
    label: "Hypothesis",
    title: "Kind of trader that the alert supposes",
    width: 104,
    rank: 2,
    isText: true,
    text: (row) => profileText(row.profile || null),
    tone: () => "name",
  },
  {
    id: "direction",
    label: "Direction",
    title: "Which way the trade leans",
    width: 62,
    rank: 4,
    isText: true,
    text: (row) => directionText(row.direction)[0],
    tone: (row) => directionText(row.direction)[1],
  },
  {
    id: "score",
    label: "Score",
    title: "0 to 100",
    width: 44,
    rank: 5,
    text: (row) => `${Math.round(row.score)}`,
    figure: (row) => row.score,
  },
  {
    id: "p",
    label: "P %",
    title: "Probability of the profile, percent",
    width: 40,
    rank: 6,
    text: (row) => share(row.probability),
    figure: (row) => row.probability,
  },
  {
    id: "why",
    label: "Evidence",
    title: "What the alert rests on",
    width: 200,
    rank: 7,
    isText: true,
    text: (row) => row.explanations.replaceAll("_", " ") || DASH,
  },
];

const DARK_TYPES: Readonly<Record<string, readonly [string, string]>> = {
  absorbed_block: ["■ absorbed block", ""],
  stealth_accumulation: ["▲ accumulation", "up"],
  distribution: ["▼ distribution", "down"],
};

const DARK: readonly Column<DarkRow>[] = [
  timeColumn(),
  symbolColumn(),
  {
    id: "type",
    label: "Inferred",
    title: "What prints off exchange suggest; nobody reported it",
    width: 124,
    rank: 2,
    isText: true,
    text: (row) => DARK_TYPES[row.type]?.[0] ?? row.type,
    tone: (row) => DARK_TYPES[row.type]?.[1] ?? "",
  },
  {
    id: "p",
    label: "Conf %",
    title: "Confidence, percent",
    width: 50,
    rank: 3,
    text: (row) => share(row.confidence),
    figure: (row) => row.confidence,
  },
  {
    id: "size",
    label: "Size",
    title: "Shares",
    width: 60,
    rank: 4,
    text: (row) => row.size === null ? DASH : fixed(row.size, 0),
    figure: (row) => row.size ?? -1,
  },
  {
    id: "refs",
    label: "Prints",
    title: "Prints that it rests on",
    width: 46,
    rank: 5,
    text: (row) => `${row.refs.length}`,
    figure: (row) => row.refs.length,
  },
];

const GROUPS: readonly Column<GroupRow>[] = [
  {
    id: "key",
    label: "Group",
    title: "Contract, underlying or profile",
    width: 140,
    rank: 0,
    isText: true,
    text: (row) => PROFILE_TEXT[row.id] ?? contractText(row.id),
    tone: () => "name",
    figure: () => 0,
  },
  {
    id: "count",
    label: "Rows",
    title: "Rows of the group on this tape",
    width: 46,
    rank: 4,
    text: (row) => `${row.count}`,
    figure: (row) => row.count,
  },
  {
    id: "size",
    label: "Size",
    title: "Contracts or shares",
    width: 60,
    rank: 5,
    text: (row) => compact(row.size),
    figure: (row) => row.size,
  },
  {
    id: "premium",
    label: "Prem",
    title: "Sum of premium, USD",
    width: 62,
    rank: 2,
    text: (row) => money(row.premium),
    tone: (row) => moneyTone(row.premium),
    figure: (row) => row.premium,
  },
  {
    id: "net",
    label: "Net prem",
    title: "Running net premium: bought at the ask minus sold at the bid, USD",
    width: 70,
    rank: 1,
    text: (row) => signedMoney(row.netPremium),
    tone: (row) => row.netPremium > 0 ? "up" : row.netPremium < 0 ? "down" : "",
    figure: (row) => row.netPremium,
  },
  {
    id: "netdelta",
    label: "Net Δ",
    title: "Running net delta: side × delta × size × 100, shares of the underlying",
    width: 70,
    rank: 3,
    text: (row) => signedMoney(row.netDelta),
    tone: (row) => row.netDelta > 0 ? "up" : row.netDelta < 0 ? "down" : "",
    figure: (row) => row.netDelta,
  },
  {
    id: "time",
    label: "Last",
    title: "Newest row, New York time",
    width: 66,
    rank: 6,
    text: (row) => exchangeClock(row.lastTs),
    figure: (row) => row.lastTs,
  },
];

/** Any column of a tape, over the union of rows; the painter only gives it rows of its kind. */
export type AnyColumn = Column<TapeRow | GroupRow>;

const BY_CHANNEL: Readonly<Record<TapeChannel, readonly unknown[]>> = {
  options: OPTIONS,
  equities: EQUITIES,
  "smart-money": SMART,
  flow: PACKETS,
  alerts: ALERTS,
  "inferred-dark": DARK,
};

/** Columns of a channel, in their order. */
export function columnsOf(channel: TapeChannel): readonly AnyColumn[] {
  return BY_CHANNEL[channel] as readonly AnyColumn[];
}

/** Columns of a tape that is grouped. */
export const GROUP_COLUMNS = GROUPS as readonly unknown[] as readonly AnyColumn[];

/** Side padding of a row and gap between its cells, px; as in the style sheet. */
const ROW_PADDING = 16;
const CELL_GAP = 8;

/** Columns that fit a width: those of the lowest ranks, in their own order. */
export function fitColumns(columns: readonly AnyColumn[], widthPx: number): readonly AnyColumn[] {
  let left = widthPx - ROW_PADDING + CELL_GAP;
  const kept = new Set<AnyColumn>();
  for (const column of [...columns].sort((a, b) => a.rank - b.rank)) {
    left -= column.width + CELL_GAP;
    if (left < 0 && kept.size > 0) break;
    kept.add(column);
  }
  return columns.filter((column) => kept.has(column));
}

/** The grid of a row with these columns; words take the width that is left. */
export function gridTemplate(columns: readonly AnyColumn[]): string {
  const last = columns.findLastIndex((column) => column.isText === true);
  return columns.map((column, i) =>
    i === last || column.id === "contract"
      ? `minmax(${column.width}px, ${column.id === "contract" ? 1.4 : 1}fr)`
      : `minmax(${column.width}px, ${column.width / 200}fr)`
  ).join(" ");
}
