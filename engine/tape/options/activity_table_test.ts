import { deepEqual, ok } from "node:assert/strict";
import { DEFAULT_CONTROL, fixedTimeline, sessionById, SessionMarket } from "../../regime/mod.ts";
import { ContractCache } from "./_contract.ts";
import { ActivityTable } from "./activity_table.ts";
import { DayRange } from "./day_range.ts";

const SESSION = sessionById(202601140);
const MARKET = new SessionMarket(SESSION, fixedTimeline(DEFAULT_CONTROL), "et");
const NOON = SESSION.openTs + 150 * 60_000;
const SPY = 0;

function tableAt(spot: number, low: number, high: number): ActivityTable {
  const cache = new ContractCache(SESSION, () => 11);
  const { openTs } = SESSION;
  const today = { low, high };
  const state = { volatilityLevel: 0.5, regime: "mean_revert" as const };
  return new ActivityTable(cache, { symbol: SPY, tsMs: NOON, spot, today, openTs, ...state });
}

function keys(table: ActivityTable, numbers: readonly number[]): ReadonlySet<number> {
  return new Set(numbers.map((number) => table.key(number)));
}

Deno.test("DayRange.at() is the same whatever was asked before, and grows", () => {
  const forward = new DayRange(MARKET);
  let before = { low: Infinity, high: -Infinity };
  for (let minute = 0; minute < 150; minute += 7) {
    const { low, high } = forward.at(SPY, SESSION.openTs + minute * 60_000 + 31_000);
    ok(low <= before.low && high >= before.high && low <= high);
    before = { low, high };
  }
  const again = new DayRange(MARKET);
  again.at(SPY, NOON + 3_600_000);
  const { low, high } = again.at(SPY, SESSION.openTs + 147 * 60_000 + 31_000);
  deepEqual({ low, high }, before);
});

Deno.test("what was quoted keeps a quote when the price has gone elsewhere", () => {
  const morning = tableAt(590, 589.5, 590.5);
  const evening = tableAt(598, 589.5, 598.5);
  const kept = keys(evening, [...evening.quoted, ...evening.lasting]);
  const gone = [...keys(morning, morning.quoted)].filter((key) => !kept.has(key));
  ok(morning.quoted.length > 100, `${morning.quoted.length}`);
  deepEqual(gone, []);
  const still = keys(evening, evening.quoted);
  const lost = [...keys(morning, morning.quoted)].filter((key) => !still.has(key));
  ok(lost.length > 20, "the price has not gone far enough to show it");
});

Deno.test("a contract is quoted, keeps its quote or is of the rest, and one of these", () => {
  const table = tableAt(593, 590, 596);
  const parts = [table.quoted, table.lasting, table.rest];
  const all = new Set(parts.flat());
  ok(all.size === parts.flat().length);
  ok(parts.every((numbers) => numbers.length > 50), parts.map(({ length }) => length).join());
  // Whatever today has been, what trades most is what is near the money now.
  const plain = tableAt(593, 593, 593);
  deepEqual([...keys(table, table.quoted)], [...keys(plain, plain.quoted)]);
});
