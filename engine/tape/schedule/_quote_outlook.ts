import { newYorkCloseMs } from "../../options/mod.ts";
import type { SessionMarket } from "../../regime/mod.ts";
import type { PrintPlan } from "../parent.ts";
import {
  contractDraws,
  contractKey,
  isHalved,
  QUOTE_STATE,
  stretchDistance,
  stretchStart,
  writeEpisodes,
} from "../surface/mod.ts";
import type { LegDraft } from "./_contracts.ts";

/** A quote that stopped this long ago is too old for a reader: the last one came a little before it. */
const STALE_AFTER_MS = 900;
/** Quotes are kept up from so long before a parent's first print to so long after its last. */
const LEAD_MS = 10_000;
const TAIL_MS = 1_000;

/** What a print finds when it happens. */
export type Outlook = "quoted" | "stale" | "missing";

const episodes: number[] = [];

/**
 * What each print of a parent will find in its contract's quotes. They follow from the session and the
 * contract alone, so the answer is known before the parent is.
 *
 * @param seed Seed in force at the session's open.
 */
export function quoteOutlook(
  market: SessionMarket,
  seed: number,
  symbol: number,
  legs: readonly LegDraft[],
  prints: readonly PrintPlan[],
): readonly Outlook[] {
  const first = prints[0]?.ts ?? 0;
  const last = prints.at(-1)?.ts ?? first;
  const found: Outlook[] = new Array(prints.length).fill("quoted");
  const cleanliness = (tsMs: number) => market.levelsAt(tsMs).cleanliness;
  legs.forEach(({ expiry, strike, right }, leg) => {
    const key = contractKey(symbol, expiry, strike, right);
    const draws = contractDraws(seed, market.session.id, key);
    const heldUp = (ts: number) =>
      legs.length > 1 && ts >= first - LEAD_MS && ts <= last + TAIL_MS && isHalved(draws, ts);
    let stretch = NaN;
    prints.forEach((print, i) => {
      if (print.leg !== leg) return;
      const secondMs = print.ts - print.ts % 1_000;
      const start = stretchStart(draws, secondMs);
      if (start !== stretch) {
        const closeMs = newYorkCloseMs(expiry);
        const distance = stretchDistance(market, symbol, strike, closeMs, start);
        writeEpisodes(episodes, draws, start, last + 1, distance, cleanliness);
        stretch = start;
      }
      found[i] = outlookAt(print.ts, heldUp);
    });
  });
  return found;
}

function outlookAt(ts: number, heldUp: (tsMs: number) => boolean): Outlook {
  let at = episodes.length - 2;
  while (at > 0 && (episodes[at] ?? 0) > ts) at -= 2;
  const from = episodes[at] ?? 0;
  const state = episodes[at + 1];
  const bad = state === QUOTE_STATE.stale || state === QUOTE_STATE.missing;
  if (!bad || heldUp(from)) return "quoted";
  if (state === QUOTE_STATE.missing) return "missing";
  return ts - from > STALE_AFTER_MS ? "stale" : "quoted";
}
