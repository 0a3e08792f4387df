import { REGIME_IDS, type RegimeId } from "../regime/mod.ts";
import { alignmentRows } from "./alignment_rows.ts";
import { meanTicks } from "./equity_metrics.ts";
import { bound, type RealismRow, rowOf } from "./row.ts";
import type { Tallies } from "./tallies.ts";

/** Share of prints off exchange by regime. */
const OFF_SHARE: Readonly<Record<RegimeId, number>> = {
  trend_up: 0.30,
  trend_down: 0.33,
  mean_revert: 0.26,
  retail_chase: 0.42,
  event_ramp: 0.38,
  dealer_gamma: 0.31,
  arb_calm: 0.24,
};
/** Prints of a regime below which its share off exchange is not judged. */
const LEAST_REGIME_PRINTS = 5_000;

/** Timing and shape of the tape. */
function timingRows(t: Tallies): RealismRow[] {
  return [
    rowOf({
      id: "T1",
      name: "Gaps between parent orders, deviation over mean",
      target: "1.05 … 2.2",
      unit: "parents",
      n: t.n("T1"),
      least: 100,
    }, [bound("", t.variation("T1"), 1.05, 2.2)]),
    rowOf({
      id: "T2",
      name: "Gaps between background prints of a symbol, deviation over mean",
      target: "1.1 … 3.0",
      unit: "symbols × sessions",
      n: t.n("T2"),
      least: 3,
    }, [bound("", t.mean("T2"), 1.1, 3)]),
    rowOf({
      id: "T3",
      name: "Distinct gaps (ms) in 1,000 option prints, fewest of a session",
      target: "≥ 200",
      unit: "sessions",
      n: t.n("T3"),
      least: 1,
    }, [bound("", t.least("T3"), 200)]),
    rowOf({
      id: "T4",
      name: "Autocorrelation of option prints per 100 ms",
      target: "|ρ| ≤ 0.10 at 1 s and 5 s",
      unit: "sessions",
      n: t.n("T4.1"),
      least: 1,
    }, [bound("1 s", t.mean("T4.1"), -0.1, 0.1), bound("5 s", t.mean("T4.5"), -0.1, 0.1)]),
    rowOf({
      id: "T5",
      name: "Share of option prints that belong to parent orders",
      target: "0.05 … 0.18",
      unit: "prints",
      n: t.n("T5"),
      least: 5_000,
    }, [bound("", t.mean("T5"), 0.05, 0.18)]),
    rowOf({
      id: "T6",
      name: "Silences: longest without an option print, 99th percentile without a parent (s)",
      target: "≤ 12 s, ≤ 150 s",
      unit: "prints",
      n: t.n("T6.gap"),
      least: 1_000,
    }, [
      bound("prints", t.greatest("T6.gap") / 1_000, 0, 12),
      {
        ...bound("parents", t.quantile("T6.parents", 0.99), 0, 150),
        n: t.total("T6.parents"),
        least: 500,
      },
    ]),
    ...equityShape(t),
    rowOf({
      id: "T8",
      name: "Records off the tick, off the strike step or with an expiry on a closed day",
      target: "0",
      unit: "records",
      n: t.n("T8"),
      least: 1_000,
    }, [bound("", t.sum("T8"), 0, 0)]),
  ];
}

function equityShape(t: Tallies): RealismRow[] {
  const shares = REGIME_IDS.map((regime) => ({
    of: regime,
    value: t.mean(`eq.${regime}.off`),
    low: OFF_SHARE[regime] - 0.04,
    high: OFF_SHARE[regime] + 0.04,
    n: t.n(`eq.${regime}.off`),
    least: LEAST_REGIME_PRINTS,
  }));
  return [
    rowOf({
      id: "T7",
      name: "Share of odd lots among equity prints; off-exchange prints on lit venues",
      target: "0.35 … 0.55; 0",
      unit: "prints",
      n: t.n("T7.odd"),
      least: 5_000,
    }, [
      bound("odd lots", t.mean("T7.odd"), 0.35, 0.55),
      bound("misflagged", t.sum("T7.flag"), 0, 0),
    ]),
    rowOf({
      id: "T7b",
      name: "Share of equity prints off exchange, by regime",
      target: REGIME_IDS.map((regime) => `${regime} ${OFF_SHARE[regime]}`).join(", ") +
        "; each ± 0.04",
      unit: "prints",
      n: t.n("T7.odd"),
      least: LEAST_REGIME_PRINTS,
    }, shares),
    rowOf({
      id: "P7",
      name: "Equity prints of the first and last half hour over those of 12:00 to 13:00",
      target: "1.6 … 3.4",
      unit: "prints at noon",
      n: t.n("P7.noon"),
      // A session that is not over yet has no last half hour.
      least: t.n("sessions") > 0 ? 1_000 : Infinity,
    }, [bound("", t.n("P7.edge") / t.n("P7.noon"), 1.6, 3.4)]),
  ];
}

/** Quotes of options and stocks. */
function quoteRows(t: Tallies): RealismRow[] {
  const calm = ["mean_revert", "arb_calm"] as const;
  return [
    rowOf({
      id: "Q1",
      name:
        "SPY's spread in ticks: median and 95th percentile in calm regimes; event over calm mean",
      target: "median 1, p95 ≤ 3; ratio 1.5 … 3",
      unit: "quotes",
      n: calm.reduce((sum, regime) => sum + t.total(`spy.${regime}`), 0),
      least: 1_000,
    }, [
      ...calm.flatMap((regime) => [
        bound(`${regime} median`, t.quantile(`spy.${regime}`, 0.5), 1, 1),
        bound(`${regime} p95`, t.quantile(`spy.${regime}`, 0.95), 1, 3),
      ]),
      bound(
        "event_ramp ÷ arb_calm",
        meanTicks(t, "spy.event_ramp") / meanTicks(t, "spy.arb_calm"),
        1.5,
        3,
      ),
    ]),
    rowOf({
      id: "Q2",
      name: "Quote updates without a print within 5 ms",
      target: "stocks ≥ 0.60, options ≥ 0.85",
      unit: "updates",
      n: t.n("Q2.equity") + t.n("Q2.nbbo"),
      least: 5_000,
    }, [
      bound("stocks", t.mean("Q2.equity"), 0.6),
      bound("options", t.mean("Q2.nbbo"), 0.85),
    ]),
    rowOf({
      id: "Q4",
      name: "Locked and crossed quotes: options (of updates, of time), stocks",
      target: "≤ 0.001, stocks 0",
      unit: "updates",
      n: t.n("Q4.option"),
      least: 5_000,
    }, [
      bound("updates", t.mean("Q4.option"), 0, 0.001),
      bound("time", t.mean("Q4.time"), 0, 0.001),
      bound("stocks", t.sum("Q4.equity"), 0, 0),
    ]),
    rowOf({
      id: "Q5",
      name: "Put-call parity kept within the half-spreads",
      target: "≥ 0.99",
      unit: "pairs of one second",
      n: t.n("Q5"),
      least: 500,
    }, [bound("", t.mean("Q5"), 0.99)]),
    rowOf({
      id: "Q6",
      name: "Call prices that rise or bend down over neighbouring strikes",
      target: "≤ 0.005",
      unit: "triples of one second",
      n: t.n("Q6"),
      least: 300,
    }, [bound("", t.mean("Q6"), 0, 0.005)]),
  ];
}

/** Sequence numbers and what leaks. */
function integrityRows(t: Tallies): RealismRow[] {
  return [
    rowOf({
      id: "D4",
      name: "Records whose number does not ascend, or whose id is not that of the number",
      target: "0",
      unit: "records",
      n: t.n("D4"),
      least: 1_000,
    }, [bound("", t.sum("D4"), 0, 0)]),
    rowOf({
      id: "L1",
      name: "Emitted records that contain a forbidden word",
      target: "0",
      unit: "records searched",
      n: t.n("L1"),
      least: 1_000,
    }, [bound("", t.sum("L1"), 0, 0)]),
    leakRow(
      t,
      "L2",
      "all",
      "Kind of flow told from conditions, venue, id and size by a depth-2 tree",
    ),
    leakRow(t, "L2b", "labelled", "The same among prints of parent orders only"),
  ];
}

function leakRow(t: Tallies, id: string, of: string, name: string): RealismRow {
  const majority = t.mean(`L2.${of}.majority`);
  const tree = t.mean(`L2.${of}.tree`);
  return rowOf({
    id,
    name,
    target: "at most 0.10 above the most frequent kind",
    unit: "prints",
    n: t.n(`L2.${of}.tree`),
    least: 500,
  }, [
    bound("gain", tree - majority, -1, 0.1),
    bound("tree", tree),
    bound("most frequent", majority),
  ]);
}

/** Regime behaviour that a tape shows. */
function regimeRows(t: Tallies): RealismRow[] {
  const sessions = t.n("sessions");
  return [
    rowOf({
      id: "R3",
      name: "Regime the same five minutes later; mean stay (minutes)",
      target: "0.65 … 0.88; 12 … 32",
      unit: "minutes",
      n: t.n("R3.same"),
      least: 120,
    }, [
      bound("same", t.mean("R3.same"), 0.65, 0.88),
      { ...bound("stay", t.mean("R3.run"), 12, 32), n: t.n("R3.run"), least: 5 },
    ]),
    rowOf({
      id: "R5",
      name: "Greatest step of a level in a second; changes of the focus set in a session",
      target: "≤ 0.02; ≤ 26 and one per change of regime",
      unit: "seconds",
      n: t.n("R5.step"),
      least: 600,
    }, [
      bound("step", t.greatest("R5.step"), 0, 0.02),
      bound(
        "focus",
        t.n("R5.focus") / Math.max(1, sessions),
        0,
        26 + t.n("R3.run") / Math.max(1, sessions),
      ),
    ]),
    rowOf({
      id: "P6",
      name: "Greatest move of a second in units of the model's own deviation",
      target: "≤ 25",
      unit: "seconds × symbols",
      n: 40 * t.n("P6"),
      least: 10_000,
    }, [bound("", t.greatest("P6"), 0, 25)]),
  ];
}

/** Ticks of event symbols' quotes over those of other symbols that quote alike, in event_ramp. */
export function eventSpread(t: Tallies): number {
  const ratios = t.keys("C4.event.").map((like) =>
    t.mean(`C4.event.${like}`) / t.mean(`C4.other.${like}`)
  );
  const known = ratios.filter(Number.isFinite);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Every row of a tape's totals. */
export function tapeRows(t: Tallies): RealismRow[] {
  return [
    ...integrityRows(t),
    ...regimeRows(t),
    ...timingRows(t),
    ...quoteRows(t),
    ...alignmentRows(t),
  ];
}
