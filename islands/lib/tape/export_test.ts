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

Deno.test("files have the score of an event under its name, and its probability where it has one", () => {
  const scores = [{ profile: "retail_whale", score: 0.75, band: "high", direction: "bullish" }];
  const rows = [
    event(1, { score: 0.75, probability: 0.96, scores }),
    event(2, { score: 0.5, probability: null }),
  ];
  const [head, first, second] = rowsToCsv(rows, STAMP).split("\n");
  const fields = head!.split(",");
  const at = fields.indexOf("score");
  deepStrictEqual(fields.slice(at, at + 2), ["score", "probability"]);
  ok(first!.includes(",0.75,0.96,") && second!.includes(",0.5,,"));
  const [made, other] = rowsToNdjson(rows, STAMP).trim().split("\n").map((line) =>
    JSON.parse(line)
  );
  deepStrictEqual([made.score, made.probability, made.scores], [0.75, 0.96, scores]);
  deepStrictEqual([other.score, other.probability], [0.5, null]);
});
