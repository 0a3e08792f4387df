import {
  DEFAULT_CONTROL,
  fixedTimeline,
  type LatentMarket,
  type PresetId,
  sessionById,
  SessionMarket,
  UNIVERSE,
} from "../regime/mod.ts";
import { CoupledPath, SessionSchedule } from "../tape/schedule/mod.ts";
import { meanAlignment } from "./alignment_rows.ts";
import { type EquityMetrics, measureEquities } from "./equity_metrics.ts";
import { measurePrices } from "./price_metrics.ts";
import { bound, type RealismRow, rowOf } from "./row.ts";
import { RunTotals } from "./run_totals.ts";
import { measureSession } from "./session_run.ts";
import type { Tallies } from "./tallies.ts";

const ALL = UNIVERSE.map((_, symbol) => symbol);
const MINUTE_MS = 60_000;
/** Sessions whose equity quotes are made too. */
const QUOTED = 6;

/** Which sessions: ids taken in turn, each under the next seed. */
export interface Sessions {
  readonly ids: readonly number[];
  readonly firstSeed: number;
  readonly count: number;
}

/** Number and seed of each session of a sample. */
export function eachOf({ ids, firstSeed, count }: Sessions): { id: number; seed: number }[] {
  return Array.from({ length: count }, (_, i) => ({
    id: ids[i % ids.length] ?? 0,
    seed: firstSeed + i,
  }));
}

function coupled(preset_id: PresetId, { id, seed }: { id: number; seed: number }) {
  const timeline = fixedTimeline({ ...DEFAULT_CONTROL, preset_id, shared_seed: seed });
  const schedule = new SessionSchedule(new SessionMarket(sessionById(id), timeline, "et"));
  schedule.extendTo(Infinity);
  return { schedule, path: new CoupledPath(schedule), market: schedule.market };
}

function spreadBps({ regimes }: EquityMetrics): number {
  let [sum, quotes] = [0, 0];
  for (const found of Object.values(regimes)) {
    if (found.quotes === 0) continue;
    sum += found.spreadBps * found.quotes;
    quotes += found.quotes;
  }
  return sum / quotes;
}

/** Strain of a preset: means over its sessions. */
function strainOf(preset: PresetId, sessions: Sessions) {
  const made = eachOf(sessions).map((each) => coupled(preset, each));
  const paths = new Map<LatentMarket, (typeof made)[number]>(
    made.map((each) => [each.market, each]),
  );
  let [volatility, minutes, parents] = [0, 0, 0];
  for (const { market, schedule } of made) {
    const { openTs, minutes: length } = market.session;
    for (let m = 0; m < length; m++) {
      volatility += market.levelsAt(openTs + m * MINUTE_MS).volatility;
    }
    minutes += length;
    parents += schedule.parents.length;
  }
  const markets = made.map(({ market }) => market);
  const { sigmaBps } = measurePrices(
    markets,
    ALL,
    (market, symbol, tsMs) => paths.get(market)?.path.mid(symbol, tsMs) ?? NaN,
  );
  const equities = measureEquities(markets.slice(0, QUOTED), "steady", (market) => {
    const found = paths.get(market);
    if (found === undefined) throw new RangeError("Cannot find the path of a market");
    return found;
  });
  return {
    volatility: volatility / minutes,
    spread: spreadBps(equities),
    events: parents / minutes,
    sigma: sigmaBps,
  };
}

/** How much calmer the quiet preset is than the retail one. */
export function strainRow(sessions: Sessions): RealismRow {
  const quiet = strainOf("quiet_range", sessions);
  const retail = strainOf("retail_chase", sessions);
  return rowOf({
    id: "R4",
    name: "quiet_range over retail_chase: volatility level, relative spread, parents a minute, " +
      "one-minute deviation",
    target: "≤ 0.62, ≤ 0.80, ≤ 0.60, ≤ 0.62",
    unit: `sessions per preset, spread ${Math.min(QUOTED, sessions.count)}`,
    n: sessions.count,
    least: 5,
  }, [
    bound("volatility", quiet.volatility / retail.volatility, 0, 0.62),
    bound("spread", quiet.spread / retail.spread, 0, 0.8),
    bound("parents", quiet.events / retail.events, 0, 0.6),
    bound("deviation", quiet.sigma / retail.sigma, 0, 0.62),
  ]);
}

const OTHERS = ["event_day", "dealer_day", "retail_chase", "quiet_range"] as const;

/** Reads sessions of the other presets end to end. `onSession` is called after each. */
export function presetRows(sessions: Sessions, onSession: () => void): RealismRow[] {
  const all = new RunTotals();
  const found = OTHERS.map((preset) => {
    const totals = new RunTotals();
    for (const { id, seed } of eachOf(sessions)) {
      const { meter } = measureSession({
        sessionId: id,
        control: { shared_seed: seed, preset_id: preset },
        scope: { isWhole: false, leaks: null },
      });
      totals.add(meter);
      onSession();
    }
    all.tallies.merge(totals.tallies.data());
    return totals.tallies;
  });
  const most: Record<(typeof OTHERS)[number], number> = {
    event_day: Infinity,
    dealer_day: Infinity,
    retail_chase: 5,
    quiet_range: 2.5,
  };
  const each = (of: (t: Tallies) => number, low: (preset: PresetId) => number) =>
    OTHERS.map((preset, i) =>
      bound(preset, found[i] === undefined ? NaN : of(found[i]), low(preset))
    );
  const windows = { unit: "windows", n: all.tallies.n("K1.sliding"), least: 1 };
  const sample = { unit: "sessions per preset", n: sessions.count, least: 1 };
  const noise = all.rows().filter(({ id }) => id === "K6").map((row): RealismRow => ({
    ...row,
    id: "K6p",
    name: `${row.name} (the four other presets together)`,
  }));
  return [
    rowOf(
      {
        ...windows,
        id: "K1p",
        name: "20-minute windows in which all six profiles are named, under the other presets",
        target: "≥ 0.998, quiet_range ≥ 0.985",
      },
      each((t) => t.mean("K1.sliding"), (preset) => preset === "quiet_range" ? 0.985 : 0.998),
    ),
    rowOf(
      {
        ...sample,
        id: "K4p",
        name: "Parents whose event names the intended profile, mean of 19 kinds, other presets",
        target: "each ≥ 0.95",
      },
      each(meanAlignment, () => 0.95),
    ),
    ...noise,
    rowOf({
      ...sample,
      id: "K7p",
      name: "Named events a minute under the other presets",
      target: "retail_chase ≤ 5, quiet_range ≤ 2.5",
    }, OTHERS.map((preset, i) => bound(preset, namedPerMinute(found[i]), 0, most[preset]))),
  ];
}

function namedPerMinute(t: Tallies | undefined): number {
  return t === undefined ? NaN : t.n("K7.named") / t.sum("minutes");
}
