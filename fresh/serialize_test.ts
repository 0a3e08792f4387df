import { computed, signal } from "@preact/signals";
import fc from "fast-check";
import { deepStrictEqual, doesNotMatch, ok, strictEqual, throws } from "node:assert/strict";
import { replaceIslandValue } from "./_islands.ts";
import { parse } from "./_parse.ts";
import { stringify } from "./_serialize.ts";

const roundTrip = (value: unknown) => parse(stringify(value));

Deno.test("parse() gives back what stringify() was given, for every supported kind", () => {
  const leaf = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.double(),
    fc.boolean(),
    fc.bigInt(),
    fc.constantFrom(null, undefined, -0),
    fc.date({ noInvalidDate: false }),
    fc.webUrl().map((url) => new URL(url)),
    fc.uint8Array(),
    fc.constantFrom(/a<b/gi, /\//u),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc.array(tie("value")),
      fc.dictionary(fc.string(), tie("value"), { noNullPrototype: true }),
      fc.array(fc.tuple(fc.string(), tie("value"))).map((entries) => new Map(entries)),
      fc.array(leaf).map((items) => new Set(items)),
    ),
  }));
  fc.assert(
    fc.property(value, (given) => {
      const text = stringify(given);
      doesNotMatch(text, /</);
      deepStrictEqual(parse(text), given);
    }),
    { seed: 20_260_101, numRuns: 300 },
  );
});

Deno.test("parse() restores cycles, shared references and holes", () => {
  const shared = { n: 1 };
  const given: Record<string, unknown> = { a: shared, b: shared, list: [1, , 3] };
  given.self = given;
  given.map = new Map([["me", given]]);
  const got = roundTrip(given) as Record<string, unknown>;
  strictEqual(got.self, got);
  strictEqual(got.a, got.b);
  strictEqual((got.map as Map<string, unknown>).get("me"), got);
  ok(!(1 in (got.list as unknown[])));
});

Deno.test("parse() does not set a prototype from data", () => {
  const got = roundTrip(JSON.parse('{"__proto__":{"bad":true}}')) as Record<string, unknown>;
  strictEqual(got.bad, undefined);
  strictEqual(Object.getPrototypeOf(got), Object.prototype);
});

Deno.test("stringify() refuses what has no plain form and says where", () => {
  const cases: [value: unknown, message: RegExp][] = [
    [{ a: [() => 1] }, /a function "anonymous" at "\.a\[0\]"/],
    [{ s: Symbol("x") }, /a symbol "x" at "\.s"/],
    [new (class Model {})(), /an instance of "Model"/],
    [{ p: Promise.resolve() }, /an instance of "Promise" at "\.p"/],
    [{ f: new Float64Array(1) }, /an instance of "Float64Array"/],
    [new WeakMap(), /an instance of "WeakMap"/],
  ];
  for (const [value, message] of cases) throws(() => stringify(value), message);
});

Deno.test("replaceIslandValue() keeps one signal one, and computed ones apart", () => {
  const count = signal(2);
  const double = computed(() => count.value * 2);
  const seen: [string, unknown][] = [];
  const got = parse(stringify([count, count, double], replaceIslandValue), (tag, payload) => {
    seen.push([tag, payload]);
    return { tag };
  }) as unknown[];
  deepStrictEqual(seen, [["Signal", 2], ["Computed", 4]]);
  strictEqual(got[0], got[1]);
});

Deno.test("parse() refuses an unknown tag and text that is no table", () => {
  throws(() => parse('[["Nope",1],2]'), /tag is unknown: "Nope"/);
  throws(() => parse("{}"), /no table/);
});
