/** Size class of a symbol, for spreads and print rates. */
export type Tier = "etf" | "mega" | "large" | "other";

/** One underlying of the synthetic market. */
export interface Underlying {
  readonly symbol: string;
  /** Reference price, USD. */
  readonly price: number;
  /** Daily volatility, basis points. */
  readonly sigmaDailyBps: number;
  readonly beta: number;
  /** Relative option activity, ≥ 1. */
  readonly optionWeight: number;
  readonly etf: boolean;
  readonly tier: Tier;
}

const ROWS =
  "SPY 590 95 1 10|QQQ 510 125 1.2 8|IWM 225 140 1.1 3|DIA 430 90 .9 1|AAPL 235 150 1.1 7|" +
  "MSFT 430 145 1 4|NVDA 140 300 1.8 9|META 600 210 1.3 4|AMZN 220 190 1.25 5|TSLA 340 380 1.9 9|" +
  "GOOGL 190 165 1.1 4|NFLX 900 220 1.2 2|AMD 125 320 1.8 5|AVGO 225 290 1.6 3|JPM 250 140 1 2|" +
  "BAC 45 160 1.1 2|XOM 110 140 .8 2|CVX 155 135 .8 1|UNH 520 180 .6 1|LLY 780 200 .6 2|" +
  "JNJ 150 100 .5 1|WMT 92 110 .6 1|COST 950 130 .8 1|HD 400 135 .9 1|DIS 110 160 1 2|" +
  "BA 175 220 1.2 2|CAT 370 170 1.1 1|INTC 24 260 1.3 3|MU 100 320 1.7 3|CRM 330 200 1.2 1|" +
  "ORCL 170 200 1.1 2|UBER 72 220 1.3 2|COIN 280 460 2.2 3|PLTR 75 430 2 4|V 315 120 .8 1|" +
  "MA 520 125 .9 1|PFE 26 150 .6 2|KO 63 90 .4 1|F 10.5 220 1.1 2|SOFI 15 380 1.8 2";

const ETFS = new Set(["SPY", "QQQ", "IWM", "DIA"]);
const MEGA = new Set(["AAPL", "MSFT", "NVDA", "META", "AMZN", "TSLA", "GOOGL"]);

function tierOf(symbol: string, optionWeight: number): Tier {
  if (ETFS.has(symbol)) return "etf";
  if (MEGA.has(symbol)) return "mega";
  return optionWeight >= 2 ? "large" : "other";
}

/** The forty underlyings in canonical order; a symbol's index here is its number everywhere. */
export const UNIVERSE: readonly Underlying[] = ROWS.split("|").map((row) => {
  const [symbol = "", price, sigmaDailyBps, beta, weight] = row.split(" ");
  const optionWeight = Number(weight);
  return {
    symbol,
    price: Number(price),
    sigmaDailyBps: Number(sigmaDailyBps),
    beta: Number(beta),
    optionWeight,
    etf: ETFS.has(symbol),
    tier: tierOf(symbol, optionWeight),
  };
});

const INDEX = new Map(UNIVERSE.map((underlying, index) => [underlying.symbol, index]));

/** Number of a symbol in {@link UNIVERSE}, or -1. */
export function symbolIndex(symbol: string): number {
  return INDEX.get(symbol) ?? -1;
}
