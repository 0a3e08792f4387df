import { ensemble, normals } from "../../../../engine/particle/mod.ts";
import { philox2x32 } from "../../../../engine/prng/mod.ts";
import type { Suite } from "../suite.ts";
import type { Tally } from "../tally.ts";
import { nearLab, nearLabList } from "./near.ts";

interface GoldenDraw {
  readonly c0: number;
  readonly c1: number;
  readonly key: number;
  readonly out: readonly number[];
  readonly normals: readonly number[];
}

type Medium = Readonly<Record<"U" | "C" | "G" | "O", readonly number[]>>;

interface GoldenCloud extends Omit<Parameters<typeof ensemble>[0], "fields"> {
  readonly name: string;
  readonly fields: Medium;
  readonly expect: readonly Readonly<
    Record<"mean" | "sd" | "q10" | "q50" | "q90", number>
  >[];
  readonly firstParticles: readonly (readonly number[])[];
}

/** Words and normal draws of the counter-based generator. */
export const DRAWS: Suite = {
  name: "Philox and normal draws",
  isOf: (document) => "philox" in document,
  check: (document, tally) => {
    const { philox, tol } = document as { philox: readonly GoldenDraw[]; tol: number };
    for (const { c0, c1, key, out, normals: wanted } of philox) {
      const where = `counter ${c0}, ${c1}, key ${key}`;
      nearLabList(tally, philox2x32(c0, c1, key), out, 0, `${where}, word`);
      nearLabList(tally, normals(c0, c1, key), wanted, tol, `${where}, normal`);
    }
  },
};

/** Clouds of particles, number by number. */
export const CLOUDS: Suite = {
  name: "clouds of particles",
  isOf: (document) => "ensembles" in document,
  check: (document, tally) => {
    const { ensembles, tol } = document as { ensembles: readonly GoldenCloud[]; tol: number };
    for (const golden of ensembles) checkCloud(tally, golden, tol);
  },
};

function checkCloud(tally: Tally, golden: GoldenCloud, tol: number): void {
  const { name, fields, expect, firstParticles, ...run } = golden;
  const { U, C, G, O } = fields;
  const columns = {
    U: Float64Array.from(U),
    C: Float64Array.from(C),
    G: Float64Array.from(G),
    O: Float64Array.from(O),
  };
  const { stats, particles } = ensemble({ ...run, fields: columns });
  tally.same(stats.length, expect.length, `${name}, horizons`);
  expect.forEach((wanted, h) => {
    for (const key of ["mean", "sd", "q10", "q50", "q90"] as const) {
      nearLab(tally, stats[h]?.[key], wanted[key], tol, `${name}, ${key} of horizon ${h + 1}`);
    }
  });
  const first = firstParticles.flat();
  nearLabList(tally, particles.subarray(0, first.length), first, tol, `${name}, particles`);
}
