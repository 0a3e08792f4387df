import { parseContractId, strikeStep, tickSize } from "../options/mod.ts";
import { daysOfDate, isTradingDay } from "../regime/mod.ts";
import type { LabelledPrint, OptionSample } from "./option_sample.ts";
import { autocorrelation, deviation, mean } from "./series.ts";

/** Fewest prints of a symbol for a coefficient of variation. */
const LEAST_PRINTS = 100;

function gaps(times: readonly number[]): number[] {
  return times.slice(1).map((ts, i) => ts - (times[i] ?? ts));
}

function variation(times: readonly number[]): number {
  const between = gaps(times);
  return deviation(between) / mean(between);
}

/** Coefficient of variation of the time between background prints of each busy enough symbol. */
export function backgroundVariation(prints: readonly LabelledPrint[]): Map<string, number> {
  const times = new Map<string, number[]>();
  for (const { print, slot } of prints) {
    if (slot >= 0) continue;
    const root = parseContractId(print.option_contract_id)?.root ?? "";
    const known = times.get(root);
    if (known === undefined) times.set(root, [print.ts]);
    else known.push(print.ts);
  }
  const found = new Map<string, number>();
  for (const [root, list] of times) {
    if (list.length >= LEAST_PRINTS) found.set(root, variation(list));
  }
  return found;
}

/** Distinct gaps (ms) between neighbours among the first thousand prints. */
export function distinctGaps(prints: readonly LabelledPrint[]): number {
  return new Set(gaps(prints.slice(0, 1_001).map(({ print }) => print.ts))).size;
}

/** Autocorrelation of print counts per 100 ms at a lag in ms. */
export function countAutocorrelation({ prints, fromTs, untilTs }: OptionSample, lagMs: number) {
  const counts = new Float64Array(Math.ceil((untilTs - fromTs) / 100));
  for (const { print } of prints) {
    const bin = Math.floor((print.ts - fromTs) / 100);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return autocorrelation(counts, lagMs / 100);
}

/** Share of prints that belong to labelled parents. */
export function labelledShare(prints: readonly LabelledPrint[]): number {
  return prints.filter(({ slot }) => slot >= 0).length / prints.length;
}

/** Longest time without any print, ms. */
export function longestSilence({ prints, fromTs, untilTs }: OptionSample): number {
  const times = [fromTs, ...prints.map(({ print }) => print.ts), untilTs];
  return gaps(times).reduce((longest, gap) => Math.max(longest, gap), 0);
}

function onTick(price: number, root: string): boolean {
  const cents = Math.round(price * 100);
  const tick = Math.round(tickSize(price, root) * 100);
  return Math.abs(price * 100 - cents) < 1e-6 && cents % tick === 0;
}

/** Prints and quotes off the tick, off the strike step or with an expiry that is no trading day. */
export function listingViolations({ prints, nbbo, termsOf }: OptionSample): string[] {
  const found: string[] = [];
  const ids = new Set<string>();
  for (const { print } of prints) {
    const id = print.option_contract_id;
    ids.add(id);
    if (!onTick(print.price, termsOf(id)?.root ?? "") || !(print.price > 0)) {
      found.push(`price ${JSON.stringify(print)}`);
    }
  }
  for (const quote of nbbo) {
    const id = quote.option_contract_id;
    ids.add(id);
    const root = termsOf(id)?.root ?? "";
    if (!onTick(quote.bid, root) || !onTick(quote.ask, root)) {
      found.push(`quote ${JSON.stringify(quote)}`);
    }
  }
  for (const id of ids) {
    const terms = termsOf(id);
    if (terms === null) found.push(`id ${id}`);
    else if (!isTradingDay(daysOfDate(terms.expiry))) found.push(`expiry ${id}`);
    else if (!Number.isInteger(terms.strike / strikeStep(terms.root))) found.push(`strike ${id}`);
  }
  return found;
}
