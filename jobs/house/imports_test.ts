import { deepStrictEqual, ok } from "node:assert/strict";
import { dirname, join, normalize } from "node:path";
import { codeOnly, type Source, sources, specifiers } from "./sources.ts";

/** Which areas an area may import besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  modules: ["engine"],
  jobs: ["engine", "modules", "config"],
  // The island bundle is made by Fresh's builder, ahead of a start or at it.
  "jobs/build": ["fresh"],
  islands: ["engine", "modules", "fresh"],
  routes: ["engine", "modules", "jobs", "islands", "fresh", "config"],
  main: ["engine", "modules", "jobs", "islands", "routes", "fresh", "config"],
  fresh: [],
  config: [],
};

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

function areaOf(path: string): string {
  if (path.startsWith("jobs/build/")) return "jobs/build";
  const head = path.split("/")[0] ?? "";
  return head.replace(/\.tsx?$/, "");
}

/** Path from the root that a specifier points at, or null for a package. */
function target(from: string, specifier: string): string | null {
  if (specifier === "fresh" || specifier.startsWith("fresh/")) return "fresh/mod.ts";
  if (!specifier.startsWith(".")) return null;
  return normalize(join(dirname(from), specifier)).replaceAll("\\", "/");
}

function isTest(path: string): boolean {
  return /_test\.tsx?$|_long\.ts$|_test_util\.ts$|_bench\.ts$|\/testing\//.test(path);
}

/** Complaints about one file; empty when it keeps the rules. */
export function complaints(file: Source): readonly string[] {
  const area = areaOf(file.path);
  const found: string[] = [];
  for (const specifier of specifiers(file.text)) {
    if (/^(https?:|jsr:)/.test(specifier)) found.push(`${file.path} imports ${specifier}`);
    const path = target(file.path, specifier);
    if (path === null) continue;
    const other = areaOf(path).split("/")[0] ?? "";
    const allowed = other === area.split("/")[0] || (MAY_IMPORT[area] ?? []).includes(other) ||
      (isTest(file.path) && path.startsWith("jobs/testing/"));
    if (!allowed) found.push(`${file.path} imports ${path}`);
    if (area === "islands" && other === "modules" && !path.endsWith("/contract.ts")) {
      found.push(`${file.path} imports ${path}, which is no contract`);
    }
    const folder = dirname(path);
    const inside = file.path.startsWith(`${folder}/`);
    const front = /\/(mod|contract)\.tsx?$/.test(path);
    if (!isTest(file.path) && /^(engine|modules)\/[^/]+\//.test(path) && !inside && !front) {
      found.push(`${file.path} imports ${path} past its mod.ts`);
    }
    if (area === "modules" && other === "modules") {
      const own = file.path.split("/")[1];
      if (path.split("/")[1] !== own) found.push(`${file.path} imports another module: ${path}`);
    }
  }
  return found;
}

Deno.test("imports run one way only", () => {
  const files = sources().filter((file) => file.path !== "jobs/house/imports_test.ts");
  deepStrictEqual(files.flatMap(complaints), []);
});

Deno.test("complaints() finds an import that runs against the rules", () => {
  const wrong: readonly Source[] = [
    { path: "engine/book/a.ts", text: 'import { x } from "../kit/mod.ts";' },
    { path: "modules/sig/a.ts", text: 'import { x } from "../dm/contract.ts";' },
    { path: "islands/A.tsx", text: 'import { x } from "../modules/sig/store.ts";' },
    { path: "routes/a.ts", text: 'import { x } from "../engine/book/_table.ts";' },
    { path: "fresh/a.ts", text: 'export { x } from "../engine/book/mod.ts";' },
    { path: "jobs/a/a.ts", text: 'const m = await import("../../routes/index.tsx");' },
    { path: "engine/a/a.ts", text: 'import "https://example.org/x.ts";' },
  ];
  for (const file of wrong) ok(complaints(file).length > 0, file.path);
});

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
