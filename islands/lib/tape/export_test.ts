import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { event, print } from "./_test_util.ts";
import { rowsToCsv, rowsToNdjson } from "./export.ts";

const STAMP = "SYNTHETIC · SPY, NVDA · 2026-01-06 · embedded market";

Deno.test("rowsToCsv() has every field of the rows and the stamp in every line, quoted where it must be", () => {
  const [head, ...lines] = rowsToCsv([print(2), print(1, { conditions: "=1+1" })], STAMP)
    .trimEnd().split("\n");
  match(head!, /^new_york,kind,ts,seq,id,symbol,contract,.*,provenance$/);
  strictEqual(lines.length, 2);
  ok(lines.every((line) => line.endsWith(`,"${STAMP}"`)));
  ok(lines[1]!.includes(",'=1+1,"), "a spreadsheet does not run it");
});

Deno.test("files call the score of a profile a score, and nothing a probability", () => {
  const score = { profile: "retail_whale", probability: 0.75, band: "high", direction: "bullish" };
  const scores = [score];
  const rows = [event(1, { probability: 0.75, scores })];
  const csv = rowsToCsv(rows, STAMP);
  const fields = csv.split("\n")[0]!.split(",");
  deepStrictEqual(fields.filter((name) => /score/i.test(name)), ["profileScore", "scores"]);
  const ndjson = rowsToNdjson(rows, STAMP);
  strictEqual(JSON.parse(ndjson).profileScore, 0.75);
  for (const text of [csv, ndjson]) ok(!/probab/i.test(text), text);
});
