import {
  scopeGeometry,
  type ScopeSnapshot,
  type ScopeView,
} from "../../../../islands/lib/lab/mod.ts";
import type { Suite } from "../suite.ts";
import type { Cell, Tally } from "../tally.ts";

interface Case {
  readonly snapshot: ScopeSnapshot;
  readonly view: ScopeView;
  readonly expect: Readonly<Record<string, unknown>>;
}

/** Where everything of the medium scope lies, CSS pixels. */
export const SCOPE: Suite = {
  name: "geometry of the medium scope",
  isOf: ({ about }) => typeof about === "string" && about.includes("medium scope"),
  check: ({ cases, tol }, tally) =>
    (cases as readonly Case[]).forEach(({ snapshot, view, expect }, i) => {
      const geometry: object = scopeGeometry(snapshot, view);
      for (const [name, wanted] of Object.entries(expect)) {
        compare(tally, Reflect.get(geometry, name), wanted, Number(tol), `case ${i}, ${name}`);
      }
    }),
};

/** Compares all that is wanted, in whatever depth. @param tol CSS pixels. */
function compare(tally: Tally, is: unknown, wanted: unknown, tol: number, where: string): void {
  if (typeof wanted !== "object" || wanted === null) {
    tally.near(is, wanted as Cell, tol, where);
    return;
  }
  const own: object = typeof is === "object" && is !== null ? is : {};
  if (Array.isArray(wanted)) {
    tally.same(Reflect.get(own, "length"), wanted.length, `length of ${where}`);
  }
  for (const [name, part] of Object.entries(wanted)) {
    compare(tally, Reflect.get(own, name), part, tol, `${where}.${name}`);
  }
}
