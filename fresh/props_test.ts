import { computed, signal } from "@preact/signals";
import { parse } from "devalue";
import { deepStrictEqual, doesNotMatch, match, ok, strictEqual, throws } from "node:assert/strict";
import { h } from "preact";
import type { Island } from "./_build.ts";
import { PropsError, stringifyProps } from "./_props.ts";

const island: Island = {
  name: "islands/X",
  exportName: "default",
  fn: () => null,
  url: "",
  needs: [],
};

/** What the browser gets of the props of one island. */
function sent(props: Record<string, unknown>): Record<string, unknown> {
  const [got] = parse(stringifyProps([{ island, props }]), {
    Signal: ([value]: [unknown]) => ({ signal: value }),
    Computed: ([value]: [unknown]) => ({ computed: value }),
  });
  return got;
}

Deno.test("stringifyProps() keeps every kind of value", () => {
  const props = {
    numbers: [NaN, Infinity, -Infinity, -0, 0, 1.5],
    text: "</script>\u2028'\"",
    none: [null, undefined],
    big: 2n ** 70n,
    when: new Date(5),
    url: new URL("https://example.com/x"),
    pattern: /a<b/gi,
    set: new Set([1]),
    map: new Map([["k", new Set([2])]]),
    bytes: new Uint8Array([1, 255]),
    holes: [1, , 3],
    day: Temporal.PlainDate.from("2026-01-05"),
    instant: Temporal.Instant.from("2026-01-05T14:30:00.000000001Z"),
    zoned: Temporal.ZonedDateTime.from("2026-01-05T09:30[America/New_York]"),
    span: Temporal.Duration.from("PT1M"),
  };
  const got = sent(props);
  for (const name of ["day", "instant", "zoned", "span"] as const) {
    strictEqual(String(got[name]), String(props[name]));
    ok(got[name] instanceof props[name].constructor, name);
  }
  const plain = (all: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(all).filter(([, value]) => !/Temporal/.test(tag(value))));
  const tag = (value: unknown) => Object.prototype.toString.call(value);
  deepStrictEqual(plain(got), plain(props));
  ok(Object.is((got.numbers as number[])[3], -0));
  ok(!(1 in (got.holes as number[])));
  doesNotMatch(stringifyProps([{ island, props }]), /<|\u2028/);
});

Deno.test("stringifyProps() keeps one object and one signal one, across islands too", () => {
  const shared = { n: 1 };
  const count = signal(0);
  const double = computed(() => count.value * 2);
  const ring: Record<string, unknown> = { shared };
  ring.self = ring;
  const seen: unknown[] = [];
  const text = stringifyProps([
    { island, props: { shared, count, double } },
    { island, props: { ring, count, inner: { count } } },
  ]);
  const [first, second] = parse(text, {
    Signal: ([value]: [unknown]) => (seen.push(value), { signal: value }),
    Computed: ([value]: [unknown]) => ({ computed: value }),
  });
  strictEqual(first.shared, second.ring.shared);
  strictEqual(second.ring.self, second.ring);
  strictEqual(first.count, second.count);
  strictEqual(first.count, second.inner.count);
  deepStrictEqual(seen, [0]);
  deepStrictEqual(first.double, { computed: 0 });
});

Deno.test("stringifyProps() names island, prop and path of what cannot be sent", () => {
  const cases: [props: Record<string, unknown>, message: RegExp][] = [
    [{ start: () => 1 }, /prop "start" to island "islands\/X": Cannot stringify a function at ""/],
    [{ a: { b: [0, () => 1] } }, /prop "a" .*a function at "\.b\[1\]"/],
    [{ "on-x": { s: Symbol("x") } }, /prop "on-x" .*a Symbol primitive at "\.s"/],
    [{ m: new Map([["k", new (class Model {})()]]) }, /prop "m" .*non-POJOs at "\.get\("k"\)"/],
    [{ p: Promise.resolve() }, /prop "p" .*a Promise/],
    [{ children: h("p", null) }, /prop "children" to island "islands\/X": it holds JSX/],
    [{ rows: ["text", h("p", null)] }, /prop "rows" .*it holds JSX/],
  ];
  for (const [props, message] of cases) {
    const uses = [{ island, props: {} }, { island, props }];
    throws(() => stringifyProps(uses), (error) => {
      ok(error instanceof PropsError);
      strictEqual(error.code, "FRESH_PROPS");
      match(error.message, message);
      return true;
    });
  }
});

Deno.test("stringifyProps() sends no key that could set a prototype", () => {
  const props = JSON.parse('{"a":{"__proto__":{"bad":true}}}');
  throws(() => stringifyProps([{ island, props }]), /prop "a" .*__proto__/);
});
