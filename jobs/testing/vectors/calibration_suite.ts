import {
  batchBounds,
  METRICS,
  norm,
  OnlineCalibration,
} from "../../../engine/surfaces/calibration/mod.ts";
import type { Suite } from "./suite.ts";
import { relativeBound, type Tally } from "./tally.ts";

interface Online {
  readonly boot: readonly [number, number];
  readonly values: readonly (readonly number[])[];
  readonly bounds: readonly (readonly [added: number, q05: number, q95: number, boot: boolean])[];
}

interface Calibrations {
  readonly norm: { readonly rows: readonly (readonly [number, number, number, number])[] };
  readonly batch: readonly {
    readonly values: readonly number[];
    readonly q05: number;
    readonly q95: number;
  }[];
  readonly online: readonly Online[];
}

/** Clipping, quantiles of a batch, and bounds as windows come in. */
export const CALIBRATION: Suite = {
  name: "calibration",
  isOf: (document) => "norm" in document && "online" in document,
  check: (document, tally) => {
    const golden = document as unknown as Calibrations;
    for (const [value, q05, q95, share] of golden.norm.rows) {
      const where = `norm(${value}; ${q05}, ${q95})`;
      tally.near(norm(value, q05, q95), share, relativeBound(share, 1e-12), where);
    }
    golden.batch.forEach(({ values, q05, q95 }, i) => {
      const bounds = batchBounds(values);
      tally.near(bounds.q05, q05, relativeBound(q05, 1e-12), `batch ${i}, q05`);
      tally.near(bounds.q95, q95, relativeBound(q95, 1e-12), `batch ${i}, q95`);
    });
    golden.online.forEach((online, i) => checkOnline(tally, online, `online ${i}`));
  },
};

function checkOnline(tally: Tally, { boot, values, bounds }: Online, where: string): void {
  const metric = METRICS.findIndex(({ bootstrap }) => `${bootstrap}` === `${boot}`);
  const calibration = new OnlineCalibration();
  const wanted = new Map(bounds.map((row) => [row[0], row]));
  let compared = 0;
  for (let added = 0; added <= values.length; added++) {
    const row = wanted.get(added);
    if (row !== undefined) {
      const [, q05, q95, isBootstrap] = row;
      const is = calibration.bounds;
      const after = `${where} after ${added}`;
      tally.near(is.q05[metric]!, q05, relativeBound(q05, 1e-9), `${after}, q05`);
      tally.near(is.q95[metric]!, q95, relativeBound(q95, 1e-9), `${after}, q95`);
      tally.same(is.isBootstrap[metric] === 1, isBootstrap, `${after}, bootstrap`);
      compared++;
    }
    const window = values[added];
    if (window !== undefined) calibration.add(metric, Float64Array.from(window), window.length);
    calibration.freeze();
  }
  tally.same(compared, bounds.length, `${where}, bounds`);
}
