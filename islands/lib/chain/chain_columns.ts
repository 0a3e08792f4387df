import { toneOf } from "../tape/mod.ts";
import { compact, DASH, fixed, signed } from "../text/mod.ts";
import { money, profileText, signedMoney } from "../tape/columns/mod.ts";
import type { ChainLeg, LegModel } from "./chain_leg.ts";

/** A column of a chain, on each side of the strikes. */
export interface ChainColumn {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  /** Least width, px. */
  readonly width: number;
  /** Low numbers stay longest when the pane becomes narrow. */
  readonly rank: number;
  readonly text: (leg: ChainLeg, model: LegModel | null, nowMs: number) => string;
  readonly tone?: (leg: ChainLeg) => string;
  /** Whether it speaks of the quote: it says nothing without one, and ages with it. */
  readonly isOfQuote?: true;
}

/** Columns of the calls, outer edge first; puts mirror them. */
const CHAIN_COLUMNS: readonly ChainColumn[] = [
  {
    id: "net",
    label: "Net",
    title:
      "Premium bought less premium sold, USD. Colour: bullish or bearish; a put bought is bearish",
    width: 62,
    rank: 7,
    text: ({ net }) => net === 0 ? DASH : signedMoney(net),
    tone: ({ net, terms }) => toneOf(terms.right === "C" ? net : -net) || "faint",
  },
  {
    id: "volume",
    label: "Vol",
    title: "Contracts printed; ◆ counts events of smart money, Enter opens the newest",
    width: 48,
    rank: 1,
    text: ({ volume, events }) => {
      const count = volume === 0 ? DASH : money(volume);
      return events === 0 ? count : `◆${events > 1 ? events : ""} ${count}`;
    },
    tone: ({ events }) => events > 0 ? "marked" : "",
  },
  {
    id: "openInterest",
    label: "OI",
    title: "Open interest: contracts open at the close before the session; new: listed since",
    width: 48,
    rank: 3,
    text: ({ openInterest: held }) => held === null ? DASH : held === "new" ? held : compact(held),
    tone: ({ openInterest }) => typeof openInterest === "number" ? "" : "faint",
  },
  {
    id: "volumeOi",
    label: "Vol/OI",
    title: "Contracts printed since the time above, over the open interest",
    width: 46,
    rank: 6,
    text: ({ volume, openInterest: held }) =>
      volume === 0 || typeof held !== "number" ? DASH : (volume / held).toFixed(2),
  },
  {
    id: "age",
    isOfQuote: true,
    label: "Age",
    title: "Age of the quote, seconds; m: minutes",
    width: 34,
    rank: 5,
    text: ({ quotedAt }, _model, nowMs) => {
      if (quotedAt === 0) return DASH;
      const seconds = Math.max(0, Math.round((nowMs - quotedAt) / 1_000));
      return seconds < 100 ? `${seconds}` : `${Math.round(seconds / 60)}m`;
    },
  },
  {
    id: "vega",
    isOfQuote: true,
    label: "Vega",
    title: "USD for one point of volatility",
    width: 40,
    rank: 11,
    text: (_leg, model) => model === null ? DASH : model.vega.toFixed(2),
  },
  {
    id: "gamma",
    isOfQuote: true,
    label: "Γ",
    title: "Gamma: change of delta for one USD of the underlying",
    width: 44,
    rank: 10,
    text: (_leg, model) => model === null ? DASH : model.gamma.toFixed(3),
  },
  {
    id: "delta",
    isOfQuote: true,
    label: "Δ",
    title: "Delta at the middle of the quote",
    width: 42,
    rank: 4,
    text: (_leg, model) => model === null ? DASH : signed(model.delta, 2),
  },
  {
    id: "iv",
    isOfQuote: true,
    label: "IV %",
    title: "Volatility at the middle of the quote, percent a year",
    width: 40,
    rank: 2,
    text: (_leg, model) => model === null ? DASH : (model.iv * 100).toFixed(1),
  },
  {
    id: "bidSize",
    isOfQuote: true,
    label: "Size",
    title: "Contracts bid for",
    width: 34,
    rank: 8,
    text: ({ bid, bidSize }) => bid === null ? DASH : fixed(bidSize, 0),
  },
  {
    id: "bid",
    isOfQuote: true,
    label: "Bid",
    title: "Best bid, USD",
    width: 46,
    rank: 0,
    text: ({ bid }) => bid === null ? DASH : fixed(bid, 2),
  },
  {
    id: "ask",
    isOfQuote: true,
    label: "Ask",
    title: "Best ask, USD",
    width: 46,
    rank: 0,
    text: ({ ask }) => ask === null ? DASH : fixed(ask, 2),
  },
  {
    id: "askSize",
    isOfQuote: true,
    label: "Size",
    title: "Contracts offered",
    width: 34,
    rank: 9,
    text: ({ ask, askSize }) => ask === null ? DASH : fixed(askSize, 0),
  },
];

const STRIKE_PX = 54;
const GAP_PX = 6;
const PADDING_PX = 16;

/** Columns of one side that fit a pane of a width, px, beside the strikes and the other side. */
export function chainColumns(widthPx: number): readonly ChainColumn[] {
  let left = (widthPx - STRIKE_PX - PADDING_PX) / 2;
  const kept = new Set<ChainColumn>();
  for (const column of [...CHAIN_COLUMNS].sort((a, b) => a.rank - b.rank)) {
    left -= column.width + GAP_PX;
    if (left < 0 && kept.size > 1) break;
    kept.add(column);
  }
  return CHAIN_COLUMNS.filter((column) => kept.has(column));
}

const PRICES = /^(bid|ask)/;

/** A cell of a side: a column, or so many columns of quotes at once for a contract that has none. */
export type ChainCell =
  | { readonly kind: "value"; readonly column: ChainColumn }
  | { readonly kind: "unquoted"; readonly span: number };

/** The cells of a contract: one for each column, and one for each run of columns that needs a quote it has not. */
export function cellsOf(list: readonly ChainColumn[], hasQuote: boolean): readonly ChainCell[] {
  const cells: ChainCell[] = [];
  for (const column of list) {
    if (hasQuote || column.isOfQuote !== true) {
      cells.push({ kind: "value", column });
      continue;
    }
    const last = cells.at(-1);
    if (last?.kind !== "unquoted") cells.push({ kind: "unquoted", span: 1 });
    else cells[cells.length - 1] = { kind: "unquoted", span: last.span + 1 };
  }
  return cells;
}

/** Puts mirror the calls, but a bid stays left of its ask. */
export function mirrored(columns: readonly ChainColumn[]): readonly ChainColumn[] {
  const isQuote = ({ id }: ChainColumn) => PRICES.test(id);
  return [...columns.filter(isQuote), ...columns.filter((column) => !isQuote(column)).reverse()];
}

/** The grid of a row: calls, strike, puts. */
export function chainTemplate(columns: readonly ChainColumn[]): string {
  const side = (list: readonly ChainColumn[]) =>
    list.map(({ width }) => `minmax(${width}px, 1fr)`).join(" ");
  return `${side(columns)} ${STRIKE_PX}px ${side(mirrored(columns))}`;
}

/** What a contract is, in words, for tooltips and for those who hear the page. */
export function legTitle(leg: ChainLeg): string {
  const { root, expiry, strike, right } = leg.terms;
  const name = `${root} ${expiry} ${strike} ${right === "C" ? "call" : "put"}`;
  const { event } = leg;
  return event === null
    ? name
    : `${name}. Newest event: ${profileText(event.profile)}, ${event.direction}`;
}
