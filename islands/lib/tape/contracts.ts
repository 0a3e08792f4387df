import { greeks, yearsToExpiry } from "../../../engine/options/mod.ts";
import { zoneOffsetMs } from "../text/mod.ts";

const DAY_MS = 86_400_000;

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

/**
 * Delta of a contract, −1…1, with the rate and forward of all greeks here; null without the facts.
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
  const years = yearsToExpiry(ts, Number(terms.expiry.replaceAll("-", "")));
  return greeks(terms.right, spot, terms.strike, years, iv).delta;
}
