import { zoneOffsetMs } from "../text/mod.ts";

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;
/** Options stop trading at 16:00 in New York. */
const CLOSE_MS = 16 * 3_600_000;

/** What the id of an option contract says. Strike in USD, expiry as UTC midnight of its date, epoch ms. */
export interface TapeContract {
  readonly root: string;
  readonly expiryDay: number;
  /** `YYYY-MM-DD`. */
  readonly expiry: string;
  readonly strike: number;
  readonly right: "C" | "P";
}

const ID = /^(.+)-(\d{4}-\d{2}-\d{2})-(\d+(?:\.\d+)?)-([CP])$/;
const CACHE_LIMIT = 20_000;
const cache = new Map<string, TapeContract | null>();

/** Terms of a contract id such as `NVDA-2026-01-30-142.5-C`, or null when it is written otherwise. */
export function contractTerms(id: string): TapeContract | null {
  const known = cache.get(id);
  if (known !== undefined) return known;
  const match = ID.exec(id);
  const terms: TapeContract | null = match === null ? null : {
    root: match[1] ?? "",
    expiryDay: Date.parse(`${match[2]}T00:00:00Z`),
    expiry: match[2] ?? "",
    strike: Number(match[3]),
    right: match[4] === "C" ? "C" : "P",
  };
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(id, terms);
  return terms;
}

/** Calendar days in New York from an instant, epoch ms, to an expiry; 0 on the day itself. */
export function daysToExpiry(expiryDay: number, ts: number): number {
  const today = Math.floor((ts + zoneOffsetMs(ts)) / DAY_MS);
  return Math.round(expiryDay / DAY_MS) - today;
}

/** Standard normal distribution, error below 7.5e-8 (Abramowitz and Stegun 26.2.17). */
function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const poly = t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) * poly;
  return x >= 0 ? 1 - tail : tail;
}

/**
 * Black-Scholes delta of a contract with no interest and no dividends, −1…1; null without the facts.
 *
 * @param spot USD. @param iv Annual volatility. @param ts Instant, epoch ms.
 */
export function deltaOf(
  terms: TapeContract | null,
  spot: number | null,
  iv: number | null,
  ts: number,
): number | null {
  if (terms === null || spot === null || iv === null || spot <= 0 || iv <= 0) return null;
  const expiresAt = terms.expiryDay + CLOSE_MS - zoneOffsetMs(terms.expiryDay + CLOSE_MS);
  const years = Math.max(expiresAt - ts, 60_000) / YEAR_MS;
  const width = iv * Math.sqrt(years);
  const d1 = Math.log(spot / terms.strike) / width + width / 2;
  const call = normalCdf(d1);
  return terms.right === "C" ? call : call - 1;
}
