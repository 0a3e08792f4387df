import { PROFILE_IDS } from "../regime/mod.ts";
import { PROFILE_TEMPLATES } from "../tape/schedule/mod.ts";
import { type Bound, bound, type RealismRow, rowOf } from "./row.ts";
import type { Tallies } from "./tallies.ts";

const LEAST_PARENTS = 40;
const LEAST_DECILE = 100;
/** Parents of a kind below which it is not judged. */
const LEAST_KIND = 60;
/** Named events of a profile below which its share is not judged. */
const LEAST_NAMED = 50;
/** The nineteen kinds of parents. Their names stay here: rows are public. */
const KINDS = Object.values(PROFILE_TEMPLATES).flat();

function ratio(of: string, hits: number, all: number, low: number, high: number): Bound {
  return bound(of, all === 0 ? NaN : hits / all, low, high);
}

/** Mean over the kinds of the share of parents whose event names the intended profile. */
export function meanAlignment(t: Tallies): number {
  const known = KINDS.map(({ subtype }) => t.mean(`K4.${subtype}`)).filter(Number.isFinite);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Coverage and classification. */
export function alignmentRows(t: Tallies): RealismRow[] {
  const subtypes = KINDS.map(({ subtype }) => subtype);
  const shareOf = (row: string, low: number, key = row) =>
    subtypes.map((subtype): Bound => ({
      of: subtype,
      value: t.mean(`${key}.${subtype}`),
      low,
      high: 1,
      n: t.n(`${key}.${subtype}`),
      least: LEAST_KIND,
    }));
  const parents = subtypes.reduce((sum, subtype) => sum + t.n(`K4.${subtype}`), 0);
  const clear = subtypes.reduce((sum, subtype) => sum + t.sum(`K5.${subtype}`), 0);
  const named = subtypes.reduce((sum, subtype) => sum + t.n(`K5.${subtype}`), 0);
  const wrong = subtypes.reduce((sum, subtype) => sum + t.sum(`K4.wrong.${subtype}`), 0);
  const least = { unit: "parents", n: parents, least: LEAST_PARENTS };
  return [
    rowOf({
      id: "K1",
      name: "20-minute windows in which all six profiles are named: sliding, end to end",
      target: "≥ 0.999, 1",
      unit: "windows",
      n: t.n("K1.sliding"),
      least: 1,
    }, [bound("sliding", t.mean("K1.sliding"), 0.999), bound("apart", t.mean("K1.apart"), 1)]),
    rowOf(
      {
        ...least,
        id: "K4",
        name: "Parents whose event names the intended profile: mean and worst of 19 kinds",
        target: "mean ≥ 0.96, each ≥ 0.90",
      },
      [
        bound("mean", meanAlignment(t), 0.96),
        bound("worst", smallest(shareOf("K4", 0)), 0.9),
      ],
    ),
    rowOf({
      ...least,
      id: "K4w",
      name: "Events that name another profile than their parent's, over the parents",
      target: "≤ 0.012",
    }, [ratio("all", wrong, parents, 0, 0.012), bound("worst", greatest(shareOf("K4.wrong", 0)))]),
    precisionRow(t),
    rowOf({
      ...least,
      id: "K5",
      name: "Named parents with every other profile below 0.42: all and worst kind",
      target: "≥ 0.95",
    }, [ratio("all", clear, named, 0.95, 1), bound("worst", smallest(shareOf("K5", 0)), 0.95)]),
    ...noiseRows(t),
    rowOf({
      id: "K7",
      name: "Named events a minute; events per parent that has any",
      target: "2 … 4; ≤ 1.02",
      unit: "minutes",
      n: t.sum("minutes"),
      least: 60,
    }, [
      bound("events", t.n("K7.named") / t.sum("minutes"), 2, 4),
      bound("per parent", t.mean("K7.events"), 0, 1.02),
    ]),
    directionRow(t),
    calibrationRow(t),
    severityRow(t),
  ];
}

function judgedValues(bounds: readonly Bound[]): number[] {
  return bounds.filter(({ n = 0, least = 0 }) => n >= least).map(({ value }) => value);
}

function greatest(bounds: readonly Bound[]): number {
  const values = judgedValues(bounds);
  return values.length === 0 ? NaN : Math.max(...values);
}

function smallest(bounds: readonly Bound[]): number {
  const values = judgedValues(bounds);
  return values.length === 0 ? NaN : Math.min(...values);
}

/** Of what is named, how much was meant: the reader's side of the question. */
function precisionRow(t: Tallies): RealismRow {
  const profiles = PROFILE_IDS.map((profile): Bound => ({
    of: profile,
    value: t.mean(`K4.named.${profile}`),
    low: 0.97,
    high: 1,
    n: t.n(`K4.named.${profile}`),
    least: LEAST_NAMED,
  }));
  const named = PROFILE_IDS.reduce((sum, profile) => sum + t.n(`K4.named.${profile}`), 0);
  const hits = PROFILE_IDS.reduce((sum, profile) => sum + t.sum(`K4.named.${profile}`), 0);
  return rowOf({
    id: "K4n",
    name:
      "Events that name a profile and were meant so, all and worst of six; named events of background flow",
    target: "≥ 0.97; ≤ 1 in 2,000 events",
    unit: "named events",
    n: named,
    least: LEAST_NAMED,
  }, [
    ratio("all", hits, named, 0.97, 1),
    bound("worst", smallest(profiles), 0.97),
    {
      ...bound("background", t.mean("K4.background"), 0, 1 / 2_000),
      n: t.n("K4.background"),
      least: 2_000,
    },
  ]);
}

function noiseRows(t: Tallies): RealismRow[] {
  const packets = t.times("K6.packets", "small");
  const posing = t.times("K6.packets", "mid_size") + t.times("K6.packets", "block");
  return [
    rowOf({
      id: "K6",
      name: "Named events among packets of small background kinds",
      target: "0 in 50,000",
      unit: "packets",
      n: packets,
      least: 1_000,
    }, [bound("", t.times("K6.named", "small"), 0, 0)]),
    rowOf({
      id: "K6b",
      name: "Share of larger background prints that are named: mid-size singles and crosses",
      target: "≤ 0.04, crosses 0",
      unit: "packets",
      n: posing,
      least: 100,
    }, [
      ratio("all", t.times("K6.named", "mid_size") + t.times("K6.named", "block"), posing, 0, 0.04),
      bound("crosses", t.times("K6.named", "block"), 0, 0),
    ]),
  ];
}

function directionRow(t: Tallies): RealismRow {
  const sums = { directional: [0, 0], neutral: [0, 0] };
  for (const { subtype, family } of KINDS) {
    const isNeutral = family === "vol_seller" || family === "arbitrage";
    const sum = sums[isNeutral ? "neutral" : "directional"];
    sum[0] = (sum[0] ?? 0) + t.sum(`K8.${subtype}`);
    sum[1] = (sum[1] ?? 0) + t.n(`K8.${subtype}`);
  }
  const [right = 0, all = 0] = sums.directional;
  const [neutral = 0, allNeutral = 0] = sums.neutral;
  return rowOf({
    id: "K8",
    name: "Named parents with the intended direction: directional, neutral kinds",
    target: "≥ 0.97, 1",
    unit: "parents",
    n: all + allNeutral,
    least: LEAST_PARENTS,
  }, [
    ratio("directional", right, all, 0.97, 1),
    ratio("neutral", neutral, allNeutral, 1, 1),
  ]);
}

function calibrationRow(t: Tallies): RealismRow {
  const deciles = Array.from({ length: 10 }, (_, decile) => decile);
  const gaps = deciles.map((decile): Bound => ({
    of: `P ${decile / 10}`,
    value: t.mean(`K9.right.${decile}`) - t.mean(`K9.claimed.${decile}`),
    low: -0.12,
    high: 0.12,
    n: t.n(`K9.right.${decile}`),
    least: LEAST_DECILE,
  }));
  return rowOf({
    id: "K9",
    name:
      "Share of named events that are right less the mean probability that they give, by its decile",
    target: "± 0.12",
    unit: "events",
    n: deciles.reduce((sum, decile) => sum + t.n(`K9.right.${decile}`), 0),
    least: LEAST_DECILE,
  }, gaps.filter(({ n = 0, least = 0 }) => n >= least));
}

function severityRow(t: Tallies): RealismRow {
  const alerts = t.total("K10");
  return rowOf({
    id: "K10",
    name: "Alerts of high and of medium severity; repeats within 90 s merged",
    target: "0.05 … 0.25, 0.25 … 0.60; ≥ 0.90",
    unit: "alerts",
    n: alerts,
    least: 50,
  }, [
    ratio("high", t.times("K10", "high"), alerts, 0.05, 0.25),
    ratio("medium", t.times("K10", "medium"), alerts, 0.25, 0.6),
    bound("merged", t.mean("K10.merged"), 0.9),
  ]);
}
