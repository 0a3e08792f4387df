import { deepEqual, equal, ok } from "node:assert/strict";
import {
  chainOf,
  committedSessions,
  feed,
  FUTURE,
} from "../../../jobs/testing/vectors/surface_events.ts";
import { sampleTest } from "../../../jobs/testing/samples.ts";
import { DbnDecoder } from "../../dbn/mod.ts";
import { METRIC, norm } from "../../surfaces/calibration/mod.ts";
import { NO_CHAIN } from "../../surfaces/gamma/mod.ts";
import { SurfacePass } from "../../surfaces/pass/mod.ts";
import { LabFrames, type MarketFrame } from "./mod.ts";
import { BASE_NS, CRUDE_OIL, readSample, SampleRig } from "./testing/sample_rig.ts";

/** What a window tells, read on its own. */
interface Window {
  readonly endNs: number;
  readonly isValid: boolean;
  readonly spotTick: number;
  readonly nu: Float32Array;
  readonly push: Float32Array;
  readonly hasOptions: boolean;
  readonly strikeTicks: readonly number[];
  readonly absNorm: Float32Array;
  readonly reinforceNorm: Float32Array;
  readonly net: Float32Array;
  readonly neutral: number;
}

function windowOf(pass: SurfacePass): Window {
  const { fields: { bids, asks }, windows, strikes, gexFlow, gamma: { surface } } = pass;
  const { q05, q95 } = pass.calibration.bounds;
  const of = (metric: number, value: number) => norm(value, q05[metric]!, q95[metric]!);
  const viscosity = bids.omegaNear.map((near, i) =>
    1 + near + asks.omegaNear[i]! + 2 * Math.max(0, bids.omegaProm[i]! + asks.omegaProm[i]!)
  );
  return {
    endNs: windows.endNs,
    isValid: windows.future.row.isWindowValid,
    spotTick: windows.band.spotTick,
    nu: Float32Array.from(viscosity),
    push: Float32Array.from(bids.uP, (up, i) => up - asks.uP[i]!),
    hasOptions: pass.hasOptions && windows.isStrikeFlowValid,
    strikeTicks: [...surface.strikeInt].map((strike) => strike / pass.tickNano),
    absNorm: Float32Array.from(surface.gexAbs, (value) => of(METRIC.GEX_ABS, value)),
    reinforceNorm: Float32Array.from(gexFlow.flowReinforceNorm),
    net: Float32Array.from(strikes.netVelocity),
    neutral: of(METRIC.FLOW_REINFORCE, 0),
  };
}

/** Holds a frame to the newest window of each kind that ends by its end. */
function checkFrame(frame: MarketFrame, endNs: number, windows: readonly Window[]): void {
  const { profiles, gex, scalars } = frame;
  const ended = windows.filter((window) => window.endNs <= endNs);
  const physics = ended.findLast(({ isValid }) => isValid);
  equal(profiles["vel.nu"].ageS, (endNs - (physics?.endNs ?? -Infinity)) / 1e9);
  if (physics !== undefined) {
    deepEqual(profiles["vel.nu"].v, physics.nu);
    deepEqual(profiles["vel.pressureGrad"].v, physics.push);
    equal(profiles["vel.nu"].refTicks, physics.spotTick);
  }
  const options = ended.findLast(({ hasOptions }) => hasOptions);
  for (const { ageS } of [gex, scalars["gex.neutral"], profiles["opt.velocity"]]) {
    equal(ageS, (endNs - (options?.endNs ?? -Infinity)) / 1e9);
  }
  if (options === undefined) return equal(gex.count, 0);
  deepEqual([...gex.ticks], options.strikeTicks);
  deepEqual(gex.absNorm, options.absNorm);
  deepEqual(gex.reinforceNorm, options.reinforceNorm);
  deepEqual(profiles["opt.velocity"].v, options.net);
  equal(profiles["opt.velocity"].refTicks, options.strikeTicks[12]);
  equal(scalars["gex.neutral"].v, options.neutral);
}

/** A lab of a golden session's market. */
function labOf(baseNs: bigint) {
  const frames: MarketFrame[] = [];
  const lab = new LabFrames({
    baseNs,
    dt: 0.5,
    instrument: {
      tick_int: FUTURE.tickNano,
      cell_width_ms: 100,
      grid_radius_ticks: 50,
      projection_horizons_ms: [],
    },
    labTickNano: FUTURE.tickNano,
    onFrame: (frame) => frames.push(structuredClone(frame)),
  });
  return { lab, frames };
}

Deno.test("LabFrames holds windows of the surfaces back until they end, and ages them", () => {
  let [tables, physics] = [0, 0];
  for (const session of committedSessions()) {
    const baseNs = BigInt(session.base_ns);
    const windows: Window[] = [];
    const { lab, frames } = labOf(baseNs);
    lab.open(0);
    const pass = new SurfacePass({
      baseNs,
      future: FUTURE,
      chain: chainOf(session),
      isGenerated: true,
      onWindow: (closed) => {
        windows.push(windowOf(closed));
        lab.takeWindow(closed);
      },
    });
    // The surfaces have seen the whole session before the first tick closes.
    feed(pass.windows, session.events);
    pass.finish();
    const halfWay = windows[Math.floor(windows.length / 2)]!.endNs;
    while (lab.endNs <= halfWay) lab.close();
    const other = labOf(baseNs);
    other.lab.restore(structuredClone(lab.save()));
    for (const { lab: each } of [{ lab }, other]) {
      while (each.endNs <= windows.at(-1)!.endNs + 5e9) each.close();
    }
    deepEqual(other.frames, frames.slice(-other.frames.length));
    for (const frame of frames) {
      const endNs = Number(BigInt(frame.tick + 1) * 500_000_000n - baseNs);
      checkFrame(frame, endNs, windows);
      if (frame.gex.ageS < 1) tables++;
      if (frame.profiles["vel.nu"].ageS < 1) physics++;
    }
  }
  ok(tables > 10 && physics > 10, `${tables} ticks with a fresh table, ${physics} with physics`);
});

sampleTest("LabFrames knows no chunks when the surfaces run ahead of the bins", (dir) => {
  const bytes = readSample(dir, 2_500);
  const framesOf = (piece: number) => {
    const rig = new SampleRig();
    const pass = new SurfacePass({
      baseNs: BASE_NS,
      future: { instrumentId: 432_669, tickNano: CRUDE_OIL.tick_int },
      chain: NO_CHAIN,
      isGenerated: false,
      onWindow: (closed) => rig.lab.takeWindow(closed),
    });
    const decoder = new DbnDecoder();
    const onMbo = (block: Parameters<SurfacePass["take"]>[0]) => {
      pass.take(block);
      rig.pipeline.take(block);
    };
    for (let at = 0; at < bytes.length; at += piece) {
      decoder.push(bytes.subarray(at, at + piece), { onMbo });
    }
    return rig.frames;
  };
  const whole = framesOf(bytes.length);
  const fresh = whole.filter(({ profiles }) => profiles["vel.nu"].ageS <= 1);
  ok(fresh.length > 50, `${fresh.length} of ${whole.length} ticks know the velocity`);
  ok(whole.every(({ gex }) => gex.ageS === Infinity), "a market without options has no gamma");
  deepEqual(framesOf(56), whole);
});
