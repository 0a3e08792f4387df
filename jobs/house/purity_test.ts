import { deepStrictEqual, ok } from "node:assert/strict";
import { codeOnly, isTest, sources } from "./sources.ts";

/** What every pure file must do without. */
const IMPURE =
  /\b(Date\.now|new Date\(\)|performance\.now|Math\.random|crypto\.randomUUID|Deno\.(?!Kv|Atomic)|setTimeout|setInterval|fetch\()/;

/**
 * Folders of engine/ whose results must be the same bits on every machine, so they take exp, log and pow from
 * engine/dmath. The built-in ones, of which IEEE 754 fixes only the square root, may differ in the last bit.
 */
const BIT_EXACT = /^engine\/(book|dmath|flow|options|prng|regime|stats|tape)\//;
const INEXACT =
  /\bMath\.(?!(abs|ceil|clz32|floor|fround|imul|PI|LN2|SQRT2|SQRT1_2|max|min|round|sign|sqrt|trunc)\b)\w+|\*\*|\bDate\b|\bIntl\b|\bperformance\b|\.toLocale/;

Deno.test("engine and modules use no clock, no randomness of their own and no Deno but KV's types", () => {
  const pure = sources().filter((file) =>
    /^(engine|modules)\//.test(file.path) && !isTest(file.path)
  );
  const found = pure.filter((file) => IMPURE.test(codeOnly(file.text))).map((file) => file.path);
  deepStrictEqual(found, []);
  ok(pure.length > 5);
});

Deno.test("what must be the same bits everywhere uses no inexact mathematics, no dates and no clock", () => {
  const exact = sources().filter((file) => BIT_EXACT.test(file.path) && !isTest(file.path));
  const found = exact.filter((file) => INEXACT.test(codeOnly(file.text))).map((file) => file.path);
  deepStrictEqual(found, []);
  for (const part of ["regime", "tape", "options", "flow"]) {
    ok(exact.some((file) => file.path.startsWith(`engine/${part}/`)), part);
  }
  for (
    const code of ["Math.sin(x)", "Math.random()", "x ** 2", "new Date(0)", "performance.now()"]
  ) {
    ok(INEXACT.test(code) === true, code);
  }
  ok(!INEXACT.test("Math.sqrt(x) + Math.imul(a, b)"));
});

Deno.test("only config.ts reads the environment", () => {
  const found = sources().filter((file) =>
    !isTest(file.path) && file.path !== "config.ts" &&
    /Deno\.env\b/.test(codeOnly(file.text))
  ).map((file) => file.path);
  deepStrictEqual(found, []);
});
