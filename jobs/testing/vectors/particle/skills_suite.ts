import {
  DEFAULT_LAB,
  fnv1a,
  LabLoop,
  world,
  WorldMedium,
} from "../../../../engine/particle/mod.ts";
import type { Suite } from "../suite.ts";
import type { Tally } from "../tally.ts";
import { nearLabList } from "./near.ts";

interface Measured {
  readonly world: string;
  readonly burn: number;
  readonly N: number;
  readonly skillPct: { readonly raw: readonly number[]; readonly pub: readonly number[] };
  readonly coverage80: readonly number[];
  readonly thetaFinal: readonly number[];
}

interface MeasuredWorlds {
  readonly skillTolPct: number;
  readonly worlds: readonly { readonly world: string; readonly seed: number; readonly n: number }[];
  readonly measured: readonly Measured[];
  readonly fnvCheck: readonly { readonly s: string; readonly h: string }[];
}

/** A share of 1 printed to four decimals, and a weight to five, as far apart as these allow. */
const SHARE_BOUND = 1e-4;
const WEIGHT_BOUND = 1e-5;

/** Skills of the closed loop on the synthetic worlds. */
export const SKILLS: Suite = {
  name: "skills in the lab's worlds",
  isOf: (document) => "measured" in document,
  check: (document, tally) => {
    const { skillTolPct, worlds, measured, fnvCheck } = document as unknown as MeasuredWorlds;
    for (const golden of measured) {
      const made = worlds.find(({ world: name }) => name === golden.world);
      if (made !== undefined) checkSkill(tally, golden, made.seed, made.n, skillTolPct);
    }
    for (const { s, h } of fnvCheck) tally.same(fnv1a(s), h, `hash of "${s}"`);
  },
};

function checkSkill(
  tally: Tally,
  golden: Measured,
  seed: number,
  n: number,
  tolPct: number,
): void {
  const cfg = { ...DEFAULT_LAB, N: golden.N };
  const made = world(golden.world, seed, n);
  const medium = new WorldMedium(made, cfg);
  const loop = new LabLoop(cfg, "rls");
  const sums = { walk: zeros(cfg.H), raw: zeros(cfg.H), pub: zeros(cfg.H) };
  const covered = zeros(cfg.H);
  for (let k = 0; k < n; k++) {
    loop.advance(k, made.spot[k]!, made.ofi[k]!, medium.at(k));
    const { x, pub, band } = loop.snapshot();
    if (k < golden.burn) continue;
    for (let h = 0; h < cfg.H && k + h + 1 < n; h++) {
      const act = made.spot[k + h + 1]! - made.spot[k]!;
      sums.walk[h]! += act ** 2;
      sums.raw[h]! += (act - x[h]!) ** 2;
      sums.pub[h]! += (act - pub[h]!) ** 2;
      if (act >= band[2 * h]! && act <= band[2 * h + 1]!) covered[h]!++;
    }
  }
  const pct = (errors: number[]) => errors.map((sum, h) => 100 * (1 - sum / sums.walk[h]!));
  const origins = covered.map((_, h) => n - golden.burn - h - 1);
  const where = golden.world;
  nearAll(tally, pct(sums.raw), golden.skillPct.raw, tolPct, `${where}, raw skill`);
  nearAll(tally, pct(sums.pub), golden.skillPct.pub, tolPct, `${where}, published skill`);
  const shares = covered.map((count, h) => count / origins[h]!);
  nearAll(tally, shares, golden.coverage80, SHARE_BOUND, `${where}, coverage`);
  nearLabList(tally, loop.theta, golden.thetaFinal, WEIGHT_BOUND, `${where}, theta`);
}

function zeros(H: number): number[] {
  return Array.from({ length: H }, () => 0);
}

function nearAll(
  tally: Tally,
  values: readonly number[],
  expected: readonly number[],
  bound: number,
  where: string,
): void {
  expected.forEach((value, h) => tally.near(values[h], value, bound, `${where}, horizon ${h + 1}`));
}
