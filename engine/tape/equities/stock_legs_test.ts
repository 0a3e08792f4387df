import { ok } from "node:assert/strict";
import type { EquityPrint } from "../../frames/records.ts";
import { DEFAULT_CONTROL, fixedTimeline, sessionById, SessionMarket } from "../../regime/mod.ts";
import { CoupledPath, SessionSchedule } from "../schedule/mod.ts";
import { EquitiesTape } from "./equities_tape.ts";
import { shapeLeg, stockLegsBetween } from "./stock_legs.ts";

type Counts = Map<string, number>;

const SESSIONS = [202601140, 202601150, 202601160, 202601200];
const QUOTE = { ts: 0, symbol: 0, bid: 10, ask: 10.02, bidSize: 100, askSize: 100 };
/** Seconds of background that the marks of other prints are counted in. */
const FROM_SECOND = 9_000;
const SECONDS = 900;

function count(counts: Counts, mark: string): void {
  counts.set(mark, (counts.get(mark) ?? 0) + 1);
}

/**
 * How much better than the frequencies alone a mark tells rare prints from the many others, as a part of the
 * loss: the relative entropy of the mark over the entropy of a rare print's being one.
 */
function gain(rare: Counts, common: Counts, prior: number): number {
  const total = (counts: Counts) => [...counts.values()].reduce((sum, n) => sum + n, 0);
  const [n, m] = [total(rare), total(common)];
  let entropy = 0;
  for (const [mark, times] of rare) {
    entropy += times / n * Math.log(times / n / ((common.get(mark) ?? 0.5) / m));
  }
  return entropy / (1 - Math.log(prior));
}

Deno.test("neither condition nor venue tells the stock leg of an order from other prints", () => {
  const legMarks: Counts = new Map();
  const legVenues: Counts = new Map();
  const marks: Counts = new Map();
  const venues: Counts = new Map();
  let legs = 0;
  let prints = 0;
  for (const [i, sessionId] of SESSIONS.entries()) {
    const timeline = fixedTimeline({ ...DEFAULT_CONTROL, shared_seed: 21 + i });
    const market = new SessionMarket(sessionById(sessionId), timeline);
    const { openTs, closeTs } = market.session;
    const schedule = new SessionSchedule(market);
    for (const leg of stockLegsBetween(schedule, openTs, closeTs)) {
      const { conditions, exchange } = shapeLeg(leg, QUOTE, market);
      count(legMarks, conditions.join());
      count(legVenues, exchange);
      legs++;
    }
    const tape = new EquitiesTape(new CoupledPath(schedule), schedule, "steady");
    const out = { quotes: [], prints: [] as EquityPrint[] };
    for (let second = FROM_SECOND; second < FROM_SECOND + SECONDS; second++) {
      tape.second(openTs + second * 1_000, out);
      for (const { conditions, exchange } of out.prints) {
        count(marks, conditions.join());
        count(venues, exchange);
        prints++;
      }
    }
  }
  ok(legs > 150, `${legs} legs`);
  const { minutes } = sessionById(SESSIONS[0] ?? NaN);
  const prior = legs / (prints * minutes * 60 / SECONDS);
  const byMark = gain(legMarks, marks, prior);
  const byVenue = gain(legVenues, venues, prior);
  ok(byMark <= 0.05, `condition: ${byMark}`);
  ok(byVenue <= 0.05, `venue: ${byVenue}`);
  // Both are there to be told: some legs say so, some do not, on exchange and off.
  ok(legMarks.size === 2 && legVenues.size > 3);
});
