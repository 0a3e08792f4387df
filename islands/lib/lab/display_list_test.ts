import { deepStrictEqual, match, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import { buildDisplayList, listHash } from "./display_list.ts";
import type { Op } from "./ops.ts";
import { drawnSnapshot } from "./testing/drawn_scope.ts";

const DESK = { w: 1_120, h: 630, zoom: 8 };
const CALM = drawnSnapshot();

function textsOf(ops: readonly Op[]): readonly string[] {
  return ops.flatMap((op) => op.kind === "text" ? [op.text] : []);
}

Deno.test("buildDisplayList() draws with the ten shapes that there are, whatever comes in", () => {
  const kinds = new Set(buildDisplayList(CALM, DESK).map(({ kind }) => kind));
  deepStrictEqual([...kinds].sort(), [
    "arrow",
    "chevron",
    "diamond",
    "disc",
    "fill",
    "hatch",
    "line",
    "poly",
    "rect",
    "text",
  ]);
});

Deno.test("buildDisplayList() has finite numbers only, at every zoom and with nothing to show", () => {
  const empty = { ...CALM, walls: [], forecast: [], resolved: [], v: 0, a: 0 };
  for (const snapshot of [CALM, empty]) {
    for (const zoom of [1, 2.4, 8, 64]) {
      // JSON writes what is not finite as null.
      ok(!JSON.stringify(buildDisplayList(snapshot, { ...DESK, zoom })).includes("null"));
    }
  }
});

Deno.test("buildDisplayList() says that an origin is unresolved, and writes errors that are large", () => {
  const texts = textsOf(buildDisplayList(CALM, DESK));
  for (const text of ["−2.7", "+5.7", "origin 14:03:21.500", "rms 2.61", "−60.5", "+0.83"]) {
    ok(texts.includes(text), text);
  }
  ok(!texts.includes("−0.1"));
  ok(textsOf(buildDisplayList({ ...CALM, resolved: [] }, DESK)).includes("unresolved"));
});

Deno.test("buildDisplayList() parts the kinds of gates by a hatch, not by colour", () => {
  const hatched = (snapshot: typeof CALM) =>
    buildDisplayList(snapshot, DESK)
      .filter((op) => op.kind === "hatch" && op.hatch === "diagonal").length;
  strictEqual(hatched(CALM), 1);
  strictEqual(hatched({ ...CALM, walls: CALM.walls.map(({ kind: _, ...wall }) => wall) }), 0);
});

Deno.test("buildDisplayList() marks a velocity beyond its arrow by a double chevron", () => {
  const chevrons = (v: number) =>
    buildDisplayList({ ...CALM, a: 0, v }, DESK).filter((op) =>
      op.kind === "chevron" && op.count === 2
    ).map((op) => op.kind === "chevron" ? op.to : 0);
  deepStrictEqual([3, 9, -9].map(chevrons), [[], [1], [-1]]);
});

Deno.test("listHash() is the same for the same picture and moves with a hundredth of a pixel", () => {
  const hash = (x: number) => {
    const [first, ...rest] = CALM.forecast;
    return listHash(buildDisplayList({ ...CALM, forecast: [{ ...first!, x }, ...rest] }, DESK));
  };
  match(hash(0.83), /^[0-9a-f]{8}$/);
  strictEqual(hash(0.83), hash(0.83 + 1e-6));
  notStrictEqual(hash(0.83), hash(0.832));
});
