import { strictEqual } from "node:assert/strict";
import {
  EMBEDDED_MARKET,
  feedProvenance,
  isSameMarket,
  type Provenance,
  stampText,
  stampWord,
} from "./contract.ts";

const made: Provenance = { ...EMBEDDED_MARKET, instrument: "SPY", date: "2026-03-10" };
const recorded: Provenance = {
  isSynthetic: false,
  isReplay: true,
  source: "CLX5_mbo.dbn",
  instrument: "CLX5",
  date: "2025-09-24",
};

Deno.test("stampWord() never drops that data was made up", () => {
  strictEqual(stampWord(made), "SYNTHETIC");
  strictEqual(stampWord({ ...made, isReplay: true }), "SYNTHETIC REPLAY");
  strictEqual(stampWord(recorded), "REPLAY");
  strictEqual(stampWord({ ...recorded, isReplay: false }), "LIVE");
});

Deno.test("feedProvenance() keeps of a file that its market was made up", () => {
  const file = {
    name: "a.dbn",
    symbol: "ESH6",
    nowNs: "0",
    startNs: null,
    kind: "replay",
  } as const;
  const wordOf = (isSynthetic: boolean) => {
    const of = feedProvenance({ ...file, isSynthetic }, () => "1970-01-01");
    return of === null ? null : stampText(of);
  };
  strictEqual(wordOf(false), "REPLAY · ESH6 · 1970-01-01 · a.dbn");
  strictEqual(wordOf(true), "SYNTHETIC REPLAY · ESH6 · 1970-01-01 · a.dbn");
});

Deno.test("stampText() names kind, instrument, date and source, as far as they are known", () => {
  strictEqual(stampText(recorded), "REPLAY · CLX5 · 2025-09-24 · CLX5_mbo.dbn");
  strictEqual(stampText({ ...made, date: null }), "SYNTHETIC · SPY · embedded market");
});

Deno.test("isSameMarket() tells clocks and sources apart, not instruments", () => {
  strictEqual(isSameMarket(made, { ...made, instrument: "QQQ" }), true);
  strictEqual(isSameMarket(made, { ...made, date: null }), true);
  for (const change of [{ isReplay: true }, { date: "2026-03-11" }, { source: "other" }]) {
    strictEqual(isSameMarket(made, { ...made, ...change }), false);
  }
});
