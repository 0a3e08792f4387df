import type { PresetId, RegimeId } from "../../engine/regime/mod.ts";
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
    ...regimeRows(all.map(({ market }) => market)),
    volatilityRow(all.map(({ options }) => options)),
  ];
}

function runSession(seed: number, preset: PresetId, seconds: number): Session {
  const tape = new SessionTape({ seed, preset, startNs: START_NS, expirationNs: CLOSE_NS });
  const out = tape.writer();
  const audit = new SessionAudit(START_NS);
  const market = new MarketSampler(audit.future);
  const options = new OptionSampler(tape, audit.future, audit.options);
  tape.generate(0, out);
  audit.read(out.block());
  for (let i = 1; i <= seconds * SAMPLES_PER_SEC; i++) {
    const ns = i * (NS_PER_SEC / SAMPLES_PER_SEC);
    out.reset();
    tape.generate(ns, out);
    audit.read(out.block());
    options.read(out.block());
    market.look(tape);
    if (i % SAMPLES_PER_SEC === 0) options.close(ns);
  }
  return { market, options };
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

/** How much higher options are quoted before an event than in calm, over all sessions. */
function volatilityRow(sessions: readonly OptionSampler[]): SynthRow {
  const atm = sessions.flatMap(({ atm }) => atm);
  const points = (wanted: RegimeId) =>
    atm.filter(({ regime }) => regime === wanted).map(({ volatility }) => 100 * volatility);
  const [ramp, calm] = [points("event_ramp"), points("arb_calm")];
  return row(
    "volatility at the money, event_ramp over arb_calm, points",
    [mean(ramp) - mean(calm)],
    3,
    Infinity,
    ramp.length,
  );
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
