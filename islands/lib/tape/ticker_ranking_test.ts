import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { event, print, share } from "./_test_util.ts";
import { TickerRanking } from "./ticker_ranking.ts";

const nobody = new Set<string>();

Deno.test("TickerRanking puts events above prints and names at most three reasons", () => {
  const ranking = new TickerRanking();
  for (let i = 0; i < 50; i++) ranking.take(print(i, { symbol: "SPY", premium: 10_000 }));
  ranking.take(event(60, { symbol: "NVDA" }));
  ranking.take(print(61, { symbol: "NVDA", premium: 100 }));
  ranking.take(event(62, { symbol: "KO", profile: null })); // it abstained: it says nothing
  const top = ranking.top(16, nobody, 1_000_100);
  deepStrictEqual(top.slice(0, 2).map(({ symbol }) => symbol), ["NVDA", "SPY"]);
  strictEqual(top[0]?.reasons[0], "1 event");
  strictEqual(top.find(({ symbol }) => symbol === "KO")?.score, 0);
  for (const { reasons } of top) ok(reasons.length <= 3);
});

Deno.test("TickerRanking lets old things fade, but not below a fifth", () => {
  const ranking = new TickerRanking();
  const old = event(1, { symbol: "SPY", ts: 0, score: 0.9 });
  ranking.take(old);
  ranking.take(event(2, { symbol: "NVDA", ts: 90 * 60_000, score: 0.5 }));
  const [first, second] = ranking.top(2, nobody, 90 * 60_000);
  strictEqual(first?.symbol, "NVDA"); // 0.9 an hour and a half ago counts 0.36
  ok(second !== undefined && Math.abs(second.score - 35 * 0.36 / 0.5) < 1e-6);
  ranking.take({ ...old, ts: 0, symbol: "AAPL", score: 1 });
  const late = ranking.top(3, nobody, 90 * 60_000 + 1e9);
  ok(Math.abs((late.find(({ symbol }) => symbol === "SPY")?.score ?? 0) - 35 * 0.9) < 0.01);
});

Deno.test("TickerRanking lists watched tickers beyond the limit, and moves since the open", () => {
  const ranking = new TickerRanking();
  ranking.take(share(1, { symbol: "SPY", price: 100 }));
  strictEqual(ranking.top(1, nobody, 1_000_100)[0]?.move, null); // the page knows no open yet
  ranking.setOpens({ SPY: 102, KO: 60 });
  ranking.take(share(2, { symbol: "SPY", price: 103.02 }));
  const top = ranking.top(1, new Set(["KO"]), 1_000_100);
  deepStrictEqual(top.map(({ symbol, isWatched }) => [symbol, isWatched]), [["SPY", false], [
    "KO",
    true,
  ]]);
  ok(Math.abs((top[0]?.move ?? 0) - 0.01) < 1e-12);
  strictEqual(top[0]?.score, 12);
});
