/** What measures as an outsider knows neither who made the tape nor who reads it. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { isTest, type Source, sources, specifiers, target } from "./sources.ts";

const OUTSIDE = "engine/realism/outside/";
/** What it may know: the time in New York, records, contract ids, files of orders, and how rows are told. */
const MAY_KNOW =
  /^engine\/(clock|frames|options|dbn)\/mod\.ts$|^engine\/realism\/(row\.ts$|outside\/)/;
/** Who must not know it. */
const MADE_OR_READ = /^engine\/(regime|tape|flow)\//;

function complaints({ path, text }: Source): readonly string[] {
  const known = specifiers(text).flatMap((specifier) => target(path, specifier) ?? []);
  if (path.startsWith(OUTSIDE)) {
    return known.filter((other) => !MAY_KNOW.test(other)).map((other) => `${path} knows ${other}`);
  }
  if (!MADE_OR_READ.test(path)) return [];
  return known.filter((other) => other.startsWith("engine/realism/"))
    .map((other) => `${path} knows ${other}`);
}

Deno.test("an outsider's meters know nothing of generator and classifier, nor these of them", () => {
  const files = sources().filter((file) => !isTest(file.path));
  deepStrictEqual(files.flatMap(complaints), []);
  ok(files.filter(({ path }) => path.startsWith(OUTSIDE)).length > 10);
  const wrong: readonly Source[] = [
    { path: `${OUTSIDE}a.ts`, text: 'import { x } from "../../tape/mod.ts";' },
    { path: `${OUTSIDE}a.ts`, text: 'import { x } from "../../flow/mod.ts";' },
    { path: `${OUTSIDE}a.ts`, text: 'import { x } from "../session_meter.ts";' },
    { path: "engine/tape/a.ts", text: 'import { x } from "../realism/mod.ts";' },
  ];
  for (const file of wrong) ok(complaints(file).length === 1, file.text);
});
