import { deepStrictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { flatten, StateTreeError, unflatten } from "./state_tree.ts";

const state = fc.record({
  a: fc.double(),
  on: fc.boolean(),
  inner: fc.record({
    f: fc.float64Array(),
    i: fc.int32Array(),
    u: fc.uint32Array(),
    b: fc.uint8Array(),
    s: fc.int8Array(),
    n: fc.integer(),
  }, { noNullPrototype: true }),
}, { noNullPrototype: true });

const EMPTY = {
  a: 0,
  on: false,
  inner: {
    f: new Float64Array(),
    i: new Int32Array(),
    u: new Uint32Array(),
    b: new Uint8Array(),
    s: new Int8Array(),
    n: 0,
  },
};

Deno.test("unflatten() gives back what flatten() took apart, through JSON too, bit by bit", () => {
  fc.assert(fc.property(state, (value) => {
    const { tree, bytes } = flatten(value);
    const flat = { tree: JSON.parse(JSON.stringify(tree)), bytes };
    deepStrictEqual(unflatten(flat, EMPTY), value);
  }));
});

Deno.test("unflatten() refuses another shape with the place at fault", () => {
  const flat = flatten({ a: 1, list: new Float64Array(3) });
  const cases: readonly [object, RegExp][] = [
    [{ a: 1, list: new Float64Array(4) }, /^StateTreeError: state\.list is no such array$/],
    [{ a: 1, list: new Int32Array(3) }, /state\.list is no such array/],
    [{ a: true, list: new Float64Array(3) }, /state\.a is not true or false/],
    [{ a: 1, b: 1, list: new Float64Array(3) }, /state has other fields/],
    [{ b: 1, list: new Float64Array(3) }, /state\.b is missing/],
    [{ a: { c: 1 }, list: new Float64Array(3) }, /state\.a is missing/],
  ];
  for (const [pattern, message] of cases) throws(() => unflatten(flat, pattern), message);
  throws(() =>
    unflatten({ ...flat, bytes: new Uint8Array(8) }, { a: 1, list: new Float64Array(3) })
  );
  throws(() => flatten({ text: "no" }), StateTreeError);
});
