import type { PresetId, RegimeId } from "../../engine/regime/mod.ts";
import { percentile } from "../../engine/stats/mod.ts";
import { SessionAudit, SessionTape } from "../../engine/tape/session/mod.ts";
import { OptionSampler } from "./option_sampler.ts";
import {
  marketRows,
  MarketSampler,
  mean,
  regimeRows,
  row,
  SAMPLES_PER_SEC,
  type SynthRow,
} from "./realism_rows.ts";
import { SurfaceSampler, type SurfaceSecond } from "./surface_sampler.ts";

const START_NS = 1_767_709_740_000_000_000n; // 2026-01-06 09:29 New York
const CLOSE_NS = 1_767_733_200_000_000_000n;
const NS_PER_SEC = 1_000_000_000;
/** Presets whose markets the rows of single regimes rest on. */
const REGIME_PRESETS = ["balanced_demo", "event_day", "dealer_day"] as const;

/** Which sessions to measure. */
export interface SessionReportOptions {
  readonly seeds: readonly number[];
  /** Length of each, minutes. */
  readonly minutes: number;
}

interface Session {
  readonly market: MarketSampler;
  readonly options: OptionSampler;
  readonly surfaces: SurfaceSampler;
}

/**
 * Returns the rows of realism over freshly generated sessions of future and options: of the preset balanced_demo, and
 * for single regimes of two more. Every record passes an audit that throws at the first break of a rule, a crossed book
 * among them.
 *
 * @throws {RangeError} When a record breaks a rule of its book.
 */
export function measureSessions(options: SessionReportOptions): SynthRow[] {
  const seconds = options.minutes * 60;
  const sessions = new Map<PresetId, Session[]>();
  for (const preset of REGIME_PRESETS) {
    sessions.set(preset, options.seeds.map((seed) => runSession(seed, preset, seconds)));
  }
  const balanced = sessions.get("balanced_demo")!;
  const all = [...sessions.values()].flat();
  return [
    ...marketRows(balanced.map(({ market }) => market), seconds),
    ...optionRows(balanced.map(({ options }) => options), seconds),
    ...surfaceRows(balanced.map(({ surfaces }) => surfaces)),
    ...regimeRows(all.map(({ market }) => market)),
    ...eventRows(all.flatMap(({ surfaces }) => surfaces.seconds)),
  ];
}

function runSession(seed: number, preset: PresetId, seconds: number): Session {
  const tape = new SessionTape({ seed, preset, startNs: START_NS, expirationNs: CLOSE_NS });
  const out = tape.writer();
  const audit = new SessionAudit(START_NS);
  const market = new MarketSampler(audit.future);
  const options = new OptionSampler(tape, audit.future, audit.options);
  const surfaces = new SurfaceSampler(tape);
  tape.generate(0, out);
  audit.read(out.block());
  surfaces.read(out.block());
  for (let i = 1; i <= seconds * SAMPLES_PER_SEC; i++) {
    const ns = i * (NS_PER_SEC / SAMPLES_PER_SEC);
    out.reset();
    tape.generate(ns, out);
    audit.read(out.block());
    options.read(out.block());
    surfaces.read(out.block());
    market.look(tape);
    if (i % SAMPLES_PER_SEC !== 0) continue;
    options.close(ns);
    surfaces.close(ns);
  }
  return { market, options, surfaces };
}

function optionRows(sessions: readonly OptionSampler[], seconds: number): SynthRow[] {
  const over = (measure: (session: OptionSampler) => number) => sessions.map(measure);
  const deltas = sessions.flatMap(({ customerDelta }) => customerDelta);
  const volumes = sessions.flatMap(({ futureVolume }) => futureVolume);
  return [
    row("option records per second", over(({ records }) => records / seconds), 200, 1_500),
    row("share of option books without a due side", over((s) => s.bareBooks / s.books), 0, 0),
    row("pairs of options near parity", over((s) => s.evenPairs / s.pairs), 0.99, 1),
    row("butterflies dented by over 2 ticks", over((s) => s.dents / s.butterflies), 0, 0),
    row(
      "correlation of customers' delta and the future's volume",
      [correlation(deltas, volumes)],
      0.1,
      1,
    ),
  ];
}

function surfaceRows(sessions: readonly SurfaceSampler[]): SynthRow[] {
  const over = (measure: (session: SurfaceSampler) => number) => sessions.map(measure);
  const positions = sessions.map((session) => session.positions());
  const clear = positions.reduce((sum, each) => sum + each.clear, 0);
  const told = positions.reduce((sum, each) => sum + each.told, 0);
  return [
    row(
      "error of solved volatilities, root mean square, points",
      over(({ squares, solved }) => Math.sqrt(squares / solved)),
      0,
      0.5,
    ),
    row(
      "median error of gamma within 50 points",
      over(({ gammaErrors }) => percentile(gammaErrors, 50)),
      0,
      0.03,
    ),
    row(
      "windows whose range holds the true zero gamma",
      over(({ heldZeros, zeros }) => heldZeros / zeros),
      0.9,
      1,
      Math.min(...sessions.map(({ zeros }) => zeros)),
    ),
    row("makers' positions of 50 or more whose side flow tells", [told / clear], 0.9, 1, clear),
  ];
}

/** What an event does to volatilities and vacuum against calm, over all sessions. */
function eventRows(seconds: readonly SurfaceSecond[]): SynthRow[] {
  const rise = (measure: (second: SurfaceSecond) => number) => {
    const of = (wanted: RegimeId) =>
      mean(
        seconds.filter(({ regime }) => regime === wanted).map(measure).filter(Number.isFinite),
      );
    return [of("event_ramp") - of("arb_calm")];
  };
  return [
    row(
      "volatility at the money, event_ramp over arb_calm, points",
      rise(({ atm }) => 100 * atm),
      3,
      Infinity,
    ),
    row("vacuum score, event_ramp over arb_calm", rise(({ vacuum }) => vacuum), 0.05, 1),
  ];
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [middleA, middleB] = [mean(a), mean(b)];
  let together = 0;
  let squareA = 0;
  let squareB = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]! - middleA, b[i]! - middleB];
    together += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return together / Math.sqrt(squareA * squareB);
}
