import {
  freshness,
  producer,
  type ProducerId,
  PRODUCERS,
} from "../../../../engine/particle/mod.ts";
import type { Suite } from "../suite.ts";
import type { Tally } from "../tally.ts";
import { nearLab, nearLabList } from "./near.ts";

type Row = Readonly<Record<string, number>>;

interface GoldenProducer {
  readonly id: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly target: string;
  readonly expect: readonly (number | Row)[];
}

/** Grid of the golden numbers. */
const GRID = { N: 40, dx: 2, dt: 0.5 };

/** Formulas of the producers, and how feeds age. */
export const PRODUCED: Suite = {
  name: "producers",
  isOf: ({ cases }) => Array.isArray(cases) && cases.some(({ id }) => id === "p-vac"),
  check: (document, tally) => {
    const { cases, tol } = document as { cases: readonly GoldenProducer[]; tol: number };
    const strikes = cases.find(({ args }) => Array.isArray(args["strikes"]))?.args["strikes"];
    for (const golden of cases) {
      if (golden.id === "fresh") {
        const ages = golden.args["ages"] as readonly number[];
        nearLabList(tally, ages.map(freshness), golden.expect as number[], tol, "freshness");
        continue;
      }
      const named = golden.args["strikes"] === "same" ? { strikes } : {};
      checkProducer(tally, golden, { ...golden.args, ...named }, tol);
    }
  },
};

function checkProducer(tally: Tally, golden: GoldenProducer, args: unknown, tol: number): void {
  const { id, target, expect } = golden;
  tally.same(PRODUCERS[id as ProducerId].target, target, `${id}, target`);
  const made: unknown = producer(id as ProducerId, args as never, GRID);
  const rows = made as ArrayLike<number | Row>;
  tally.same(rows.length, expect.length, `${id}, length`);
  expect.forEach((wanted, i) => {
    const is = rows[i];
    if (typeof wanted === "number") return nearLab(tally, is, wanted, tol, `${id}[${i}]`);
    for (const [name, value] of Object.entries(wanted)) {
      nearLab(tally, (is as Row | undefined)?.[name], value, tol, `${id}[${i}].${name}`);
    }
  });
}
