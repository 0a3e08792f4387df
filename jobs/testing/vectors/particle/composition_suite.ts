import { compose, wallsToO } from "../../../../engine/particle/mod.ts";
import type { Suite } from "../suite.ts";
import type { GoldenMedium } from "./medium.ts";
import { nearLabList } from "./near.ts";

interface GoldenComposition {
  readonly cfg: Parameters<typeof compose>[0];
  readonly contributions: readonly {
    readonly target: "U" | "C" | "G" | "O";
    readonly gain: number;
    readonly data: readonly (number | null)[];
  }[];
  readonly expect: GoldenMedium;
  readonly badCells: number;
}

interface GoldenWalls {
  readonly cfg: Parameters<typeof wallsToO>[0];
  readonly spot: number;
  readonly walls: Parameters<typeof wallsToO>[2];
  readonly expect: readonly number[];
}

interface Compositions {
  readonly cases: readonly GoldenComposition[];
  readonly wallsToO: readonly GoldenWalls[];
  readonly tol: number;
}

/** Sums of producers held inside their bounds, and walls as an energy. */
export const COMPOSITIONS: Suite = {
  name: "composition of fields",
  isOf: (document) => "wallsToO" in document,
  check: (document, tally) => {
    const golden = document as unknown as Compositions;
    golden.cases.forEach(({ cfg, contributions, expect, badCells }, at) => {
      const finite = contributions.map(({ data, ...rest }) => ({
        ...rest,
        data: data.map((cell) => cell ?? NaN), // JSON has no number that is not finite
      }));
      const fields = compose(cfg, finite);
      for (const name of ["U", "C", "G", "O"] as const) {
        nearLabList(tally, fields[name], expect[name], golden.tol, `case ${at}, ${name}`);
      }
      tally.same(fields.badCells, badCells, `case ${at}, bad cells`);
    });
    golden.wallsToO.forEach(({ cfg, spot, walls, expect }, at) => {
      nearLabList(tally, wallsToO(cfg, spot, walls), expect, 1e-12, `walls ${at}`);
    });
  },
};
