import { normals } from "../../../../engine/particle/mod.ts";
import { philox2x32 } from "../../../../engine/prng/mod.ts";
import type { Suite } from "../suite.ts";
import { nearLabList } from "./near.ts";

interface GoldenDraw {
  readonly c0: number;
  readonly c1: number;
  readonly key: number;
  readonly out: readonly number[];
  readonly normals: readonly number[];
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
