/** The rows of realism on three seeds, as far as half an hour of a session can show them. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { KNOWN_MISSES } from "./known_misses.ts";
import { valueText } from "../../../engine/realism/row.ts";
import { RunTotals } from "../../../engine/realism/run_totals.ts";
import { measureSession } from "../../../engine/realism/session_run.ts";

const SESSIONS = [202601140, 202601150, 202601160];
const FIRST_SEED = 11;
const MINUTES = 30;

/** Shares of few cases, which a sample of this size may miss by chance; the full sample judges them. */
const CHANCE = /^C/;
/** Rows that three seeds are enough for. */
const JUDGED =
  "D4 R5 P6 T1 T2 T3 T4 T5 T6 T7 T8 Q2 Q4 Q5 C3 K1 K4 K4n K4w K5 K6 K6b K7 K8 K10 L1 L2";

Deno.test("three seeds keep the rows of realism that a short sample can show", () => {
  const totals = new RunTotals();
  SESSIONS.forEach((sessionId, i) => {
    // The stock tape and every quote take as long as all the rest: one session shows them.
    const isWhole = i === 0;
    const { meter } = measureSession({
      sessionId,
      control: { shared_seed: FIRST_SEED + i },
      minutes: MINUTES,
      scope: { isWhole, leaks: isWhole ? { every: 50, prints: 800 } : null },
    });
    totals.add(meter);
  });
  const rows = totals.rows();
  const missed = rows.filter(({ id, pass }) =>
    pass === false && !CHANCE.test(id) && KNOWN_MISSES[id] === undefined
  );
  deepStrictEqual(missed.map((row) => `${row.id}: ${valueText(row)}, not ${row.target}`), []);
  const unjudged = JUDGED.split(" ").filter((wanted) =>
    rows.find(({ id }) => id === wanted)?.pass !== true
  );
  deepStrictEqual(unjudged, [], "too little was seen");
  const small = rows.find(({ id }) => id === "K6");
  ok((small?.n ?? 0) > 15_000);
});
