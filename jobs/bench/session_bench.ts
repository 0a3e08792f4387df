import {
  type ControlState,
  DEFAULT_CONTROL,
  fixedTimeline,
  getSyntheticSessionState,
  getSyntheticUnderlyingState,
  sessionById,
  SessionMarket,
  UNIVERSE,
} from "../../engine/regime/mod.ts";
import { SessionSchedule } from "../../engine/tape/schedule/mod.ts";
import { percentile } from "../../engine/stats/mod.ts";
import type { BenchRow } from "./row.ts";

type Now = () => number;

const SESSION = sessionById(202601140);
const BUILDS = 9;
const LOOKS = 200_000;
const NAIVE_LOOKS = 20;

/** Times making a session's plan, prices and parents, and looking up its states. */
export function sessionRows(now: Now): BenchRow[] {
  const builds = Array.from({ length: BUILDS }, (_, i) => buildMs(now, i));
  const parents = builds[0]?.parents ?? 0;
  const warm = lookUs(now, LOOKS, () => DEFAULT_CONTROL);
  // A state that was not asked for before has a session of its own to build.
  const cold = lookUs(now, NAIVE_LOOKS, (i) => ({ ...DEFAULT_CONTROL, shared_seed: 1_000 + i }));
  return [
    {
      name: "session",
      what: `session of ${UNIVERSE.length} symbols from nothing: regimes, prices, parents, p50`,
      unit: "ms",
      measured: percentile(builds.map(({ ms }) => ms), 50),
      baseline: null,
      reach: { bound: "at most", value: 250 },
      note: `${BUILDS} seeds, 390 minutes each, ${parents} parents with all their prints in the ` +
        `first; slowest ${Math.max(...builds.map(({ ms }) => ms)).toFixed(0)} ms`,
    },
    {
      name: "session",
      what: "state of the market and of one symbol at an instant",
      unit: "µs",
      measured: warm,
      baseline: { what: "by a session made for every look", value: cold },
      reach: { bound: "at most", value: 20 },
      note: `two lookups of at most 10 µs each; mean of ${LOOKS} over the whole session`,
    },
  ];
}

function buildMs(now: Now, seed: number): { readonly ms: number; readonly parents: number } {
  const begin = now();
  const timeline = fixedTimeline({ ...DEFAULT_CONTROL, shared_seed: seed });
  const market = new SessionMarket(SESSION, timeline, "et");
  for (let symbol = 0; symbol < UNIVERSE.length; symbol++) {
    market.basePrice(symbol, SESSION.closeTs - 1_000);
  }
  const schedule = new SessionSchedule(market);
  schedule.extendTo(SESSION.closeTs);
  return { ms: now() - begin, parents: schedule.parents.length };
}

function lookUs(now: Now, looks: number, controlOf: (i: number) => ControlState): number {
  const span = SESSION.closeTs - SESSION.openTs;
  let checksum = 0;
  const look = (i: number) => {
    const ts = SESSION.openTs + (i * 7_919_000) % span;
    const symbol = UNIVERSE[i % UNIVERSE.length]?.symbol ?? "SPY";
    const control = controlOf(i);
    const state = getSyntheticSessionState(ts, control);
    checksum += getSyntheticUnderlyingState(symbol, ts, control, state).mid;
  };
  // Once over, so that what is kept for the session is there.
  for (let i = 0; i < Math.min(looks, 5_000); i++) look(i);
  const begin = now();
  for (let i = looks; i < 2 * looks; i++) look(i);
  const us = (now() - begin) * 1_000 / looks;
  if (!(checksum > 0)) throw new Error("Cannot trust states without prices");
  return us;
}
