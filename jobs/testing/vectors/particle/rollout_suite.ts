import { rollout } from "../../../../engine/particle/mod.ts";
import type { Suite } from "../suite.ts";
import type { Tally } from "../tally.ts";
import { type GoldenMedium, mediumOf } from "./medium.ts";
import { nearLab, nearLabList } from "./near.ts";

type Config = Parameters<typeof rollout>[3];

interface GoldenRollout {
  readonly name: string;
  readonly cfg: Config;
  readonly fields: GoldenMedium;
  readonly theta: readonly number[];
  readonly vhat: number;
  readonly x0?: number;
  readonly v0?: number;
  readonly expect: {
    readonly x: readonly number[];
    readonly v: readonly number[];
    readonly J?: readonly (readonly number[])[];
    readonly Phi?: readonly (readonly number[])[];
    readonly flags: Readonly<Record<"fClip" | "vClip" | "xClip", number>>;
  };
  readonly expectNetAccel?: number | null;
}

/** Forecasts, tangents, attributions and clips of single particles. */
export const ROLLOUTS: Suite = {
  name: "rollouts",
  isOf: ({ cases }) => Array.isArray(cases) && "vhat" in cases[0],
  check: (document, tally) => {
    const { cases, tol } = document as unknown as { cases: GoldenRollout[]; tol: number };
    for (const golden of cases) checkRollout(tally, golden, tol);
  },
};

function checkRollout(tally: Tally, golden: GoldenRollout, tol: number): void {
  const { name, cfg, theta, vhat, x0 = 0, v0, expect, expectNetAccel } = golden;
  const launch = v0 === undefined ? { x0 } : { x0, v0 };
  const run = rollout(mediumOf(golden.fields), theta, vhat, cfg, launch);
  nearLabList(tally, run.x, expect.x, tol, `${name}, x`);
  nearLabList(tally, run.v, expect.v, tol, `${name}, v`);
  if (expect.J !== undefined) nearLabList(tally, run.J, expect.J.flat(), tol, `${name}, J`);
  if (expect.Phi !== undefined) nearLabList(tally, run.Phi, expect.Phi.flat(), tol, `${name}, Phi`);
  for (const flag of ["fClip", "vClip", "xClip"] as const) {
    tally.same(run.flags[flag], expect.flags[flag], `${name}, ${flag}`);
  }
  if (typeof expectNetAccel === "number") {
    nearLab(tally, run.a0, expectNetAccel, tol, `${name}, acceleration at launch`);
  }
}
