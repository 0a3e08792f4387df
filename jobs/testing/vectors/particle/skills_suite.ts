import {
  type Outcomes,
  runCourse,
  worldCourse,
} from "../../../../engine/particle/evaluation/mod.ts";
import { DEFAULT_LAB, fnv1a, skill, world } from "../../../../engine/particle/mod.ts";
import { byTercile } from "../../../../engine/particle/score/mod.ts";
import type { Suite } from "../suite.ts";
import type { Tally } from "../tally.ts";
import { nearLabList } from "./near.ts";

interface Measured {
  readonly world: string;
  readonly burn: number;
  readonly N: number;
  /** Skills by the name of the forecast, percent: the lab's own two, and the baselines'. */
  readonly skillPct: Readonly<Record<string, readonly number[]>> & {
    readonly pub: readonly number[];
  };
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
  const course = worldCourse(world(golden.world, seed, n), cfg);
  const { horizons, theta } = runCourse(course, cfg, { burn: golden.burn });
  const { pub, ...others } = golden.skillPct;
  for (const [name, wanted] of Object.entries({ ...others, published: pub })) {
    const skills = horizons.map((each) => 100 * skill(each.act, each[name as keyof Outcomes]));
    nearAll(tally, skills, wanted, tolPct, `${golden.world}, skill of ${name}`);
  }
  const shares = horizons.map(({ plainHit, variance }) => byTercile(plainHit, variance).all);
  nearAll(tally, shares, golden.coverage80, SHARE_BOUND, `${golden.world}, coverage`);
  nearLabList(tally, theta, golden.thetaFinal, WEIGHT_BOUND, `${golden.world}, theta`);
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
