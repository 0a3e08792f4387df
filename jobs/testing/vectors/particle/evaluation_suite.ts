import {
  Baselines,
  dieboldMariano,
  quoteImbalance,
  skill,
  skillInterval,
} from "../../../../engine/particle/mod.ts";
import { MoveScale } from "../../../../engine/particle/moves/mod.ts";
import type { Suite } from "../suite.ts";
import type { Tally } from "../tally.ts";
import { nearLab, nearLabList } from "./near.ts";

const NAMES = ["lastv", "ema", "ar1", "ofi"] as const;

type Name = (typeof NAMES)[number];
type Quote = readonly [number, number, number, number];

interface GoldenEvaluation {
  readonly tol: number;
  readonly series: { readonly spot: readonly number[]; readonly f: readonly number[] };
  /** Ticks that are jumps. */
  readonly jumps: readonly number[];
  /** Scale of a move at the end, ticks. */
  readonly scale: number;
  readonly baselineRows: readonly (
    & Readonly<Record<Name, readonly number[]>>
    & { readonly k: number; readonly phi: number }
  )[];
  readonly boot: { readonly L: number; readonly B: number; readonly seed: number };
  readonly results: readonly {
    readonly baseline: Name;
    readonly h: number;
    readonly from_: number;
    readonly skill: number;
    readonly ci: readonly number[];
    readonly dm: number;
    readonly lag: number;
  }[];
  readonly ofi: {
    readonly bbo: readonly Quote[];
    readonly e: readonly number[];
    readonly total: number;
  };
}

/** Settings of the baselines that the numbers were made with. */
const OPTIONS = { H: 4, lam: 2 ** (-1 / 2_400), kappa: 5, emaBeta: 0.1 };

/** Baselines, skill and its interval, the test of Diebold and Mariano, order-flow imbalance. */
export const EVALUATION: Suite = {
  name: "baselines and scores",
  isOf: (document) => "baselineRows" in document && "boot" in document,
  check: (document, tally) => {
    const golden = document as unknown as GoldenEvaluation;
    const forecasts = runBaselines(tally, golden);
    checkResults(tally, golden, forecasts);
    const moves = new MoveScale();
    const jumps = golden.series.spot.flatMap((spot, k) => {
      moves.take(k, spot);
      return moves.isJump ? [k] : [];
    });
    nearLabList(tally, jumps, golden.jumps, 0, "jumps");
    nearLab(tally, moves.scale, golden.scale, golden.tol, "scale of moves");
    const { bbo, e, total } = golden.ofi;
    const sums = bbo.map((next, i) => i === 0 ? 0 : quoteImbalance(bbo[i - 1]!, next));
    nearLabList(tally, sums, e, golden.tol, "order-flow imbalance");
    nearLab(tally, sums.reduce((sum, of) => sum + of, 0), total, golden.tol, "total imbalance");
  },
};

function runBaselines(tally: Tally, { series, baselineRows, tol }: GoldenEvaluation) {
  const baselines = new Baselines(OPTIONS);
  const wanted = new Map(baselineRows.map((row) => [row.k, row]));
  return series.spot.map((spot, k) => {
    const row = baselines.tick(k, spot, series.f[k]!);
    const golden = wanted.get(k);
    if (golden !== undefined) {
      for (const name of NAMES) {
        nearLabList(tally, row[name], golden[name], tol, `tick ${k}, ${name}`);
      }
      nearLab(tally, row.phi, golden.phi, tol, `tick ${k}, phi`);
    }
    return Object.fromEntries(NAMES.map((name) => [name, [...row[name]]])) as Record<
      Name,
      number[]
    >;
  });
}

function checkResults(
  tally: Tally,
  { series, boot, results, tol }: GoldenEvaluation,
  forecasts: readonly Record<Name, number[]>[],
): void {
  for (const { baseline, h, from_, ...wanted } of results) {
    const origins = forecasts.map((_, k) => k).slice(from_, forecasts.length - h);
    const act = origins.map((k) => series.spot[k + h]! - series.spot[k]!);
    const pred = origins.map((k) => forecasts[k]![baseline][h - 1]!);
    const where = `${baseline}, horizon ${h}`;
    nearLab(tally, skill(act, pred), wanted.skill, tol, `${where}, skill`);
    nearLabList(tally, skillInterval(act, pred, boot), wanted.ci, tol, `${where}, interval`);
    const { t, lag } = dieboldMariano(act, pred, h);
    nearLab(tally, t, wanted.dm, tol, `${where}, t`);
    tally.same(lag, wanted.lag, `${where}, lag`);
  }
}
