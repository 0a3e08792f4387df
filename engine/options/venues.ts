/** An option exchange, its share of the volume of options on stocks and funds, and how much of it is on funds. */
interface Venue {
  readonly name: string;
  /** Percent of the contracts of one day: OCC, contract volume of 3 December 2024, equity options. */
  readonly percent: number;
  /** Share in options on funds over that in options on stocks; judged, as no count by product is public. */
  readonly funds: number;
}

const ROWS: readonly Venue[] = [
  { name: "ARCA", percent: 12.46, funds: 1.3 },
  { name: "PHLX", percent: 10.28, funds: 0.7 },
  { name: "CBOE", percent: 9.57, funds: 1.4 },
  { name: "EDGX", percent: 8.19, funds: 0.75 },
  { name: "ISE", percent: 7.22, funds: 1.25 },
  { name: "AMEX", percent: 6.69, funds: 0.7 },
  { name: "BOX", percent: 6.4, funds: 0.8 },
  { name: "MIAX", percent: 6.01, funds: 1.1 },
  { name: "EMLD", percent: 5.75, funds: 0.85 },
  { name: "NOM", percent: 5.51, funds: 0.9 },
  { name: "BZX", percent: 4.48, funds: 1.1 },
  { name: "MEMX", percent: 3.24, funds: 1 },
  { name: "PEARL", percent: 3.18, funds: 1 },
  { name: "C2", percent: 2.64, funds: 1.5 },
  { name: "GEMX", percent: 2.41, funds: 1 },
  { name: "MRX", percent: 2.3, funds: 1 },
  { name: "SPHR", percent: 1.86, funds: 1 },
  { name: "BX", percent: 1.81, funds: 0.9 },
];

/** Names of the option exchanges, the busiest first. */
export const VENUES: readonly string[] = ROWS.map(({ name }) => name);

function shares(isFund: boolean): readonly number[] {
  const weights = ROWS.map(({ percent, funds }) => isFund ? percent * funds : percent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

const STOCKS = shares(false);
const FUNDS = shares(true);

/** Share of volume of each of {@link VENUES} in options on funds or on stocks; they add up to 1. */
export function venueShares(isFund: boolean): readonly number[] {
  return isFund ? FUNDS : STOCKS;
}

/** Venue of a uniform draw in [0, 1), by the shares of options on funds or on stocks. */
export function venueOf(u: number, isFund: boolean): string {
  const weights = venueShares(isFund);
  let left = u;
  for (let i = 0; i < weights.length; i++) {
    left -= weights[i] ?? 0;
    if (left < 0) return VENUES[i] ?? "";
  }
  return VENUES.at(-1) ?? "";
}
