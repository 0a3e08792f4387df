import { contractText } from "../tape/columns/mod.ts";
import { daysToExpiry } from "../tape/mod.ts";
import { fixed } from "../text/mod.ts";

/** Days from now to an expiry `YYYY-MM-DD`, by the exchange's date; 0 on the day itself. */
export function daysTo(expiry: string, nowMs: number): number {
  return daysToExpiry(Date.parse(`${expiry}T00:00:00Z`), nowMs);
}

/** An expiry in words: its date and the days to it. */
export function expiryText(expiry: string, nowMs: number): string {
  const [, ...words] = contractText(`X-${expiry}-1-C`).split(" ").slice(0, 3);
  return `${words.join(" ")} · ${daysTo(expiry, nowMs)} d`;
}

/** A strike, USD. */
export function strikeText(strike: number): string {
  return fixed(strike, Number.isInteger(strike) ? 0 : 1);
}
