import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { greeks, yearsToExpiry } from "../../../engine/options/mod.ts";
import { cellsOf, chainColumns, mirrored } from "./chain_columns.ts";
import { freshness, modelOf, moneyOf, smileOf } from "./chain_math.ts";
import { ChainStore } from "./chain_store.ts";

const NOW = Date.UTC(2026, 0, 12, 15);

function quote(id: string, ts: number, bid: number, ask: number) {
  return { option_contract_id: id, ts, bid, ask, bidSize: 3, askSize: 4 };
}

function print(id: string, seq: number, side: string, size = 10) {
  return {
    option_contract_id: id,
    ts: NOW + seq,
    seq,
    trace_id: `p${seq}`,
    size,
    notional: size * 200,
    nbbo_side: side,
    execution_nbbo_bid: 1.9,
    execution_nbbo_ask: 2,
    execution_nbbo_bid_size: 1,
    execution_nbbo_ask_size: 2,
    execution_nbbo_ts: NOW + seq - 50,
    execution_underlying_spot: 100,
  };
}

Deno.test("ChainStore counts every print once, whatever order pages come in", () => {
  const store = new ChainStore();
  const id = "KO-2026-02-20-100-C";
  const all = ["A", "B", "AA", "MID", "BB", "A"].map((side, i) => print(id, i + 1, side));
  store.takePrints(all.slice(3));
  store.takePrints(all.slice(0, 3)); // an older page
  store.takePrints(all.slice(2)); // a snapshot again, after a lost socket
  const leg = store.lines("2026-02-20")[0]?.call;
  deepStrictEqual([leg?.volume, leg?.net, leg?.printId], [60, 2_000, "p6"]);
  strictEqual(store.since, NOW + 1);
});

Deno.test("ChainStore keeps the newest quote, with that of a print where none came", () => {
  const store = new ChainStore();
  const id = "KO-2026-02-20-100-P";
  store.takePrints([print(id, 100, "A")]);
  const leg = () => store.lines("2026-02-20")[0]?.put;
  deepStrictEqual([leg()?.bid, leg()?.ask, leg()?.quotedAt], [1.9, 2, NOW + 50]);
  store.takeQuotes([quote(id, NOW + 40, 1, 2)]);
  strictEqual(leg()?.bid, 1.9);
  store.takeQuotes([quote(id, NOW + 60, 1.5, 1.7)]);
  deepStrictEqual([leg()?.bid, leg()?.bidSize, leg()?.quotedSpot], [1.5, 3, null]);
});

Deno.test("ChainStore marks every leg of an event once, and no structure", () => {
  const store = new ChainStore();
  const event = {
    event_id: "e1",
    source_ts: NOW,
    primary_profile_id: "arbitrage",
    primary_direction: "neutral",
    packet_ids: [
      "flowpacket:KO-2026-02-20-STRUCT-vertical:1:KO-2026-02-20-95-C|KO-2026-02-20-100-C",
      "flowpacket:KO-2026-02-20-95-C:1:2",
      "flowpacket:KO-2026-02-20-100-C:1:2",
      "flowpacket:KO-2026-02-20-100-C:3:4",
    ],
  };
  store.takeEvents([event]);
  store.takeEvents([event]);
  const marks = store.lines("2026-02-20").map(({ strike, call }) => [strike, call?.events]);
  deepStrictEqual(marks, [[95, 1], [100, 1]]);
  strictEqual(store.size, 2);
});

/** What lists five strikes of one expiry. */
function listing() {
  const strikes = [90, 95, 100, 105, 110];
  const expiry = {
    expiry: "2026-02-20",
    strikes,
    call_open_interest: [1, 2, 3, 4, 5],
    put_open_interest: [6, 7, 8, 9, 10],
  };
  return {
    underlying_id: "KO",
    session_id: 202601120,
    open_ts: NOW - 1_800_000,
    close_ts: NOW + 21_600_000,
    source: "synthetic" as const,
    rate_annual: 0.045,
    dividend_yield_annual: 0,
    expiries: [expiry],
  };
}

const volatility = (strike: number) => 0.3 + (100 - strike) / 400;

/** Quotes both contracts of a strike at an instant by the model, off the underlying of that instant. */
function quoteStrike(store: ChainStore, strike: number, ts: number, spot: number) {
  const years = yearsToExpiry(ts, 20260220);
  store.takeSpot([{ ts, bid: spot - 0.01, ask: spot + 0.01 }]);
  for (const right of ["C", "P"] as const) {
    const { price } = greeks(right, spot, strike, years, volatility(strike));
    store.takeQuotes([quote(`KO-2026-02-20-${strike}-${right}`, ts, price - 0.01, price + 0.01)]);
  }
}

Deno.test("ChainStore shows every listed strike, quoted or not, with its open interest", () => {
  const store = new ChainStore();
  quoteStrike(store, 100, NOW, 100);
  strictEqual(store.lines("2026-02-20").length, 1);
  strictEqual(store.lines("2026-02-20")[0]?.call?.openInterest, null);
  store.list(listing());
  quoteStrike(store, 112.5, NOW, 100); // listed since the open
  const lines = store.lines("2026-02-20");
  deepStrictEqual(lines.map(({ strike }) => strike), [90, 95, 100, 105, 110, 112.5]);
  deepStrictEqual(lines.map(({ put }) => put?.openInterest), [6, 7, 8, 9, 10, "new"]);
  deepStrictEqual(
    lines.map(({ call }) => call !== null && freshness(call, NOW)),
    ["none", "none", "fresh", "none", "none", "fresh"],
  );
  deepStrictEqual(store.expiries(), ["2026-02-20"]);
});

Deno.test("a contract without a quote says so in one cell, beside its volume and open interest", () => {
  const cells = cellsOf(chainColumns(1_600), false);
  const shown = cells.map((cell) => cell.kind === "value" ? cell.column.id : cell.span);
  deepStrictEqual(shown, ["net", "volume", "openInterest", "volumeOi", 9]);
});

Deno.test("a smile gives back the volatility that its quotes were made with, moves of the spot or not", () => {
  const store = new ChainStore();
  store.list(listing());
  // The underlying goes from 99 to 102 while one strike after another is quoted.
  [90, 95, 100, 105].forEach((strike, i) => quoteStrike(store, strike, NOW + 10_000 * i, 99 + i));
  const { points, of } = smileOf(store.lines("2026-02-20"), "2026-02-20", store.instant);
  strictEqual(of, 5);
  deepStrictEqual(points.map(({ x }) => x), [90, 95, 100, 105]);
  for (const { x, iv } of points) ok(Math.abs(iv - volatility(x)) < 2e-4, `${x}: ${iv}`);
  const money = moneyOf(store.lines("2026-02-20"), "2026-02-20", store.instant) ?? 0;
  ok(Math.abs(money - volatility(102)) < 2e-4, `${money}`);
});

Deno.test("a smile is of one instant: what is not fresh then is in the table and not in the curve", () => {
  const store = new ChainStore();
  store.list(listing());
  quoteStrike(store, 90, NOW, 100);
  quoteStrike(store, 110, NOW + 50_000, 100);
  quoteStrike(store, 100, NOW + 100_000, 100);
  const lines = store.lines("2026-02-20");
  const { points } = smileOf(lines, "2026-02-20", store.instant);
  deepStrictEqual(points.map(({ x }) => x), [100, 110]);
  const left = lines[0]?.put ?? null;
  ok(left !== null && modelOf(left, store.instant.track) !== null);
  strictEqual(freshness(left, NOW + 100_000), "aged");
  strictEqual(freshness(left, NOW + 400_000), "old");
});

Deno.test("an old quote without the underlying of its time has no volatility", () => {
  const store = new ChainStore();
  const id = "KO-2026-02-20-100-C";
  store.takeQuotes([quote(id, NOW, 3, 3.2)]);
  const leg = store.lines("2026-02-20")[0]?.call;
  ok(leg !== null && leg !== undefined);
  store.takeSpot([{ ts: NOW + 1_000, bid: 100, ask: 100 }]);
  strictEqual(modelOf(leg, store.instant.track), null);
  store.takeQuotes([quote(id, NOW + 2_000, 3, 3.2)]);
  ok(modelOf(leg, store.instant.track) !== null);
});

Deno.test("ChainStore.forget() takes what a replay's clock has not reached any more", () => {
  const store = new ChainStore();
  quoteStrike(store, 100, NOW + 60_000, 105);
  store.takePrints([print("KO-2026-02-20-100-C", 60_000, "A")]);
  for (const name of ["spot", "quotes", "prints", "events"] as const) store.forget(name);
  quoteStrike(store, 100, NOW, 100);
  const leg = store.lines("2026-02-20")[0]?.call;
  deepStrictEqual([store.spot, leg?.quotedAt, leg?.volume, store.since], [100, NOW, 0, 0]);
});

Deno.test("a chain shows fewer columns in less room, quotes last of all, bids left of asks", () => {
  const ids = (width: number) => chainColumns(width).map(({ id }) => id);
  deepStrictEqual(ids(390), ["volume", "bid", "ask"]);
  deepStrictEqual(ids(100), ["bid", "ask"]);
  strictEqual(ids(1_600).length, 13);
  const puts = mirrored(chainColumns(1_600)).map(({ id }) => id);
  ok(puts.indexOf("bid") < puts.indexOf("ask") && puts.at(-1) === "net");
});
