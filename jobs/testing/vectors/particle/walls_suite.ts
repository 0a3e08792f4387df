import { detectWalls, WallSet } from "../../../../engine/particle/mod.ts";
import type { Suite } from "../suite.ts";
import type { Tally } from "../tally.ts";
import { nearLab } from "./near.ts";

type Params = NonNullable<ConstructorParameters<typeof WallSet>[0]>;
type Observation = ReturnType<typeof detectWalls>[number];
type Row = Readonly<Record<string, number | string>>;

interface GoldenTick {
  readonly tick: number;
  readonly spot: number;
  readonly obs: readonly Observation[];
  readonly expect: { readonly walls: readonly Row[]; readonly events: readonly Row[] };
}

interface GoldenDetection {
  readonly cfg: Parameters<typeof detectWalls>[2];
  readonly spot: number;
  readonly evidence: readonly number[];
  readonly expect: readonly Row[];
}

interface GoldenWalls {
  readonly tol: number;
  readonly params: Required<Params>;
  readonly detect: readonly GoldenDetection[];
  readonly sequence: readonly GoldenTick[];
  readonly stress: readonly GoldenTick[];
  readonly stressParams: Params;
}

/** Walls found in profiles, and sets of walls over time. */
export const WALLS: Suite = {
  name: "walls",
  isOf: (document) => "stressParams" in document,
  check: (document, tally) => {
    const { tol, params, ...golden } = document as unknown as GoldenWalls;
    golden.detect.forEach(({ cfg, spot, evidence, expect }, at) => {
      nearRows(tally, detectWalls(evidence, spot, cfg, params), expect, tol, `profile ${at}`);
    });
    checkSet(tally, new WallSet(params), golden.sequence, tol, "sequence");
    checkSet(tally, new WallSet(golden.stressParams), golden.stress, tol, "stress");
  },
};

function checkSet(
  tally: Tally,
  set: WallSet,
  ticks: readonly GoldenTick[],
  tol: number,
  name: string,
): void {
  for (const { tick, spot, obs, expect } of ticks) {
    const { walls, events } = set.update(tick, spot, obs);
    nearRows(tally, walls, expect.walls, tol, `${name}, tick ${tick}, wall`);
    nearRows(tally, events, expect.events, tol, `${name}, tick ${tick}, event`);
  }
}

function nearRows(
  tally: Tally,
  rows: readonly object[],
  expected: readonly Row[],
  tol: number,
  where: string,
): void {
  tally.same(rows.length, expected.length, `${where}, count`);
  expected.forEach((wanted, i) => {
    for (const [key, value] of Object.entries(wanted)) {
      nearLab(tally, rows[i]?.[key as never], value, tol, `${where} ${i}, ${key}`);
    }
  });
}
