import {
  emptyFields,
  type LabConfig,
  LabLoop,
  type LabTick,
  type NodalFields,
  rlsStep,
} from "../../../../engine/particle/mod.ts";
import type { Suite } from "../suite.ts";
import type { Tally } from "../tally.ts";
import { nearLab, nearLabList } from "./near.ts";

type Matrix = readonly (readonly number[])[];

interface Frames {
  readonly spot: readonly number[];
  readonly ofi: readonly number[];
  readonly anchor: readonly number[];
}

interface GoldenRow {
  readonly k: number;
  readonly vhat: number;
  readonly x: readonly number[];
  readonly resolved: Matrix;
  readonly theta: readonly number[];
  readonly blend: readonly number[];
  readonly pub: readonly number[];
  readonly band: readonly number[];
}

interface GoldenLoop {
  readonly mode: "rls" | "nsgd";
  readonly cfg: LabConfig;
  readonly miss: readonly number[];
  readonly expired: number;
  readonly jumps: readonly number[];
  readonly digest: string;
  readonly rows: readonly GoldenRow[];
  readonly frames: Frames | string;
  /** Curvature of the recursive learner at the end. */
  readonly finalA?: Matrix;
}

interface GoldenStep {
  readonly cfg: Parameters<typeof rlsStep>[0];
  readonly theta: readonly number[];
  readonly A: Matrix;
  readonly items: Parameters<typeof rlsStep>[3];
  readonly expect: {
    readonly theta: readonly number[];
    readonly A: Matrix;
    readonly scale: number;
    readonly pinned: readonly number[];
  };
}

interface GoldenLearning {
  readonly tol: number;
  readonly loops: readonly GoldenLoop[];
  readonly rlsSteps: readonly GoldenStep[];
}

/** Closed loops of forecast, outcome and learning, and steps of the learner alone. */
export const LOOPS: Suite = {
  name: "closed loops of the lab",
  isOf: (document) => "rlsSteps" in document,
  check: (document, tally) => {
    const { tol, loops, rlsSteps } = document as unknown as GoldenLearning;
    const frames = loops.find((loop) => typeof loop.frames === "object")?.frames as Frames;
    for (const loop of loops) checkLoop(tally, loop, frames, tol);
    rlsSteps.forEach((step, at) => checkStep(tally, step, tol, `step ${at}`));
  },
};

function checkLoop(tally: Tally, golden: GoldenLoop, frames: Frames, tol: number): void {
  const { cfg, mode } = golden;
  const loop = new LabLoop(cfg, mode);
  const fields = emptyFields(cfg.N);
  const rows = new Map(golden.rows.map((row) => [row.k, row]));
  const jumps: number[] = [];
  frames.spot.forEach((spot, k) => {
    if (golden.miss.includes(k)) return;
    writeRule(cfg, frames.anchor[k]!, frames.ofi[k]!, fields);
    const said = loop.tick(k, spot, frames.ofi[k]!, fields);
    if (said.isJump) jumps.push(k);
    const row = rows.get(k);
    if (row !== undefined) checkRow(tally, said, row, tol, `${mode}, tick ${k}`);
  });
  nearLabList(tally, jumps, golden.jumps, 0, `${mode}, jumps`);
  tally.same(loop.expired, golden.expired, `${mode}, expired`);
  tally.same(loop.digest, golden.digest, `${mode}, digest`);
  if (golden.finalA === undefined) return;
  const { curvature } = loop.save().learner;
  nearLabList(tally, curvature, golden.finalA.flat(), tol, `${mode}, curvature`);
}

/** The medium of the closed loops: a well at the anchor, a current by the flow, a drag. */
function writeRule(
  { N, dx }: LabConfig,
  anchor: number,
  ofi: number,
  { U, C, G }: NodalFields,
): void {
  const centre = Math.min(Math.max(anchor, -N * dx), N * dx);
  for (let i = 0; i < U.length; i++) {
    U[i] = -5 * Math.exp(-0.5 * (((i - N) * dx - centre) / 8) ** 2);
  }
  C.fill(4 * ofi);
  G.fill(0.6);
}

function checkRow(tally: Tally, said: LabTick, row: GoldenRow, tol: number, where: string): void {
  const { blend, band } = said;
  nearLab(tally, said.vhat, row.vhat, tol, `${where}, vhat`);
  nearLabList(tally, said.x, row.x, tol, `${where}, x`);
  nearLabList(tally, said.resolved.flat(), row.resolved.flat(), tol, `${where}, resolved`);
  nearLabList(tally, said.theta, row.theta, tol, `${where}, theta`);
  nearLabList(tally, blend.slice(-3), row.blend, tol, `${where}, blend of the last horizon`);
  nearLabList(tally, said.pub, row.pub, tol, `${where}, published`);
  const ends = [...band.slice(0, 2), ...band.slice(-2)];
  nearLabList(tally, ends, row.band, tol, `${where}, band of the first and last horizon`);
}

function checkStep(tally: Tally, golden: GoldenStep, tol: number, where: string): void {
  const { expect } = golden;
  const step = rlsStep(golden.cfg, golden.theta, golden.A, golden.items);
  nearLabList(tally, step.theta, expect.theta, tol, `${where}, theta`);
  nearLabList(tally, step.A, expect.A.flat(), tol, `${where}, A`);
  nearLab(tally, step.scale, expect.scale, tol, `${where}, scale`);
  nearLabList(tally, step.pinned, expect.pinned, 0, `${where}, pinned`);
}
