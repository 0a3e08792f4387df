import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { DEFAULT_CONTROL, fixedTimeline, sessionById } from "../../engine/regime/mod.ts";
import { MarketTape } from "../../engine/tape/mod.ts";
import { SessionOutline } from "../../modules/tape/mod.ts";
import { sessionOutline } from "./session_outline.ts";

const { openTs, closeTs } = sessionById(202601150);
const MINUTE_MS = 60_000;

function outlineAt(tsMs: number, symbol: string): SessionOutline {
  const tape = new MarketTape({
    clock: "et",
    load: "steady",
    timeline: fixedTimeline(DEFAULT_CONTROL),
  });
  tape.seek(tsMs);
  // The schedule goes as far as prices are asked for.
  tape.path()?.mid(0, tsMs);
  return SessionOutline.parse(sessionOutline(tape, symbol));
}

Deno.test("sessionOutline() covers the session with phases, and the past with regimes", () => {
  const nowTs = openTs + 20 * MINUTE_MS;
  const { phases, hidden } = outlineAt(nowTs, "SPY");
  strictEqual(phases[0]?.from_ts, openTs);
  strictEqual(phases.at(-1)?.to_ts, closeTs);
  const regimes = hidden?.regimes ?? [];
  strictEqual(regimes[0]?.from_ts, openTs);
  strictEqual(regimes.at(-1)?.to_ts, nowTs + MINUTE_MS);
  for (const row of [phases, regimes]) {
    row.slice(1).forEach(({ from_ts }, i) => strictEqual(from_ts, row[i]?.to_ts));
  }
  ok((hidden?.moves ?? []).length > 0);
  for (const { from_ts, peak_ts, to_ts } of hidden?.moves ?? []) {
    ok(from_ts < peak_ts && peak_ts < to_ts && from_ts < nowTs + MINUTE_MS);
  }
});

Deno.test("sessionOutline() tells events of the symbol and of the market only", () => {
  const { events } = outlineAt(openTs + MINUTE_MS, "NVDA");
  deepStrictEqual(
    events.filter(({ underlying_id }) => !["NVDA", "*"].includes(underlying_id)),
    [],
  );
});

Deno.test("sessionOutline() is null while the exchange is closed and for an unknown symbol", () => {
  const tape = new MarketTape({
    clock: "et",
    load: "steady",
    timeline: fixedTimeline(DEFAULT_CONTROL),
  });
  tape.seek(closeTs + 60 * MINUTE_MS);
  strictEqual(sessionOutline(tape, "SPY"), null);
  tape.seek(openTs);
  strictEqual(sessionOutline(tape, "NOPE"), null);
});
