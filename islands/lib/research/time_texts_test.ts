import { deepStrictEqual } from "node:assert/strict";
import { timeTexts } from "./time_texts.ts";

const START_S = Date.parse("2026-01-06T14:31:00Z") / 1_000;

Deno.test("timeTexts() tells every mark of an axis from the next one", () => {
  deepStrictEqual(timeTexts([START_S, START_S + 10]), ["09:31:00", "09:31:10"]);
  deepStrictEqual(timeTexts([START_S, START_S + 60]), ["09:31", "09:32"]);
});
