import { world } from "../../../../engine/particle/mod.ts";
import type { Suite } from "../suite.ts";
import type { Tally } from "../tally.ts";
import { nearLab } from "./near.ts";

type Row = Readonly<Record<string, number | Readonly<Record<string, number>>>>;

interface GoldenWorld {
  readonly world: string;
  readonly seed: number;
  readonly n: number;
  readonly first?: readonly Row[];
  readonly probe: readonly (Row & { readonly k: number })[];
  readonly sumSpot: number;
  readonly sumOfi?: number;
}

/** Recipes of the synthetic worlds. */
export const WORLDS: Suite = {
  name: "recipes of the lab's worlds",
  isOf: (document) => "worlds" in document && "skillTolPct" in document,
  check: (document, tally) => {
    const { worlds, tol } = document as { worlds: readonly GoldenWorld[]; tol: number };
    for (const golden of worlds) checkWorld(tally, golden, tol);
  },
};

function checkWorld(tally: Tally, golden: GoldenWorld, tol: number): void {
  const made = world(golden.world, golden.seed, golden.n);
  const rows = [...(golden.first ?? []).map((row, k) => ({ ...row, k })), ...golden.probe];
  for (const { k, ...row } of rows) {
    for (const [name, wanted] of Object.entries(row)) {
      const where = `${golden.world} tick ${k}, ${name}`;
      if (typeof wanted === "number") {
        const column = made[name as "spot" | "ofi" | "anchor"];
        nearLab(tally, column[k], wanted, tol, where);
        continue;
      }
      for (const [field, value] of Object.entries(wanted)) {
        const is = made.obs?.[k]?.[field as "center"];
        nearLab(tally, is, value, tol, `${where}.${field}`);
      }
    }
  }
  const sum = (column: Float64Array) => column.reduce((total, value) => total + value, 0);
  nearLab(tally, sum(made.spot), golden.sumSpot, tol, `${golden.world}, sum of spot`);
  if (golden.sumOfi !== undefined) {
    nearLab(tally, sum(made.ofi), golden.sumOfi, tol, `${golden.world}, sum of ofi`);
  }
}
