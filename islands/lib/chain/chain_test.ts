import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { greeks, yearsToExpiry } from "../../../engine/options/mod.ts";
import { chainColumns, mirrored } from "./chain_columns.ts";
import { atTheMoney, modelOf, smileOf } from "./chain_math.ts";
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

Deno.test("a smile gives back the volatility that its quotes were made with", () => {
  const store = new ChainStore();
  const years = yearsToExpiry(NOW, 20260220);
  store.takeSpot([{ ts: NOW, bid: 99.98, ask: 100.02 }]);
  const volatility = (strike: number) => 0.3 + (100 - strike) / 400;
  for (const strike of [90, 95, 100, 105, 110]) {
    for (const right of ["C", "P"] as const) {
      const { price } = greeks(right, 100, strike, years, volatility(strike));
      store.takeQuotes([
        quote(`KO-2026-02-20-${strike}-${right}`, NOW, price - 0.01, price + 0.01),
      ]);
    }
  }
  const smile = smileOf(store.lines("2026-02-20"), store.spot, NOW + 600_000);
  strictEqual(smile.length, 5);
  for (const { x, iv } of smile) ok(Math.abs(iv - volatility(x)) < 1e-4, `${x}: ${iv}`);
  ok(Math.abs((atTheMoney(smile, 101) ?? 0) - 0.3) < 1e-4);
});

Deno.test("an old quote without the underlying of its time has no volatility", () => {
  const store = new ChainStore();
  const id = "KO-2026-02-20-100-C";
  store.takeQuotes([quote(id, NOW, 3, 3.2)]);
  const leg = store.lines("2026-02-20")[0]?.call ?? null;
  ok(modelOf(leg, 100, NOW + 1_000) !== null);
  strictEqual(modelOf(leg, 100, NOW + 60_000), null);
});

Deno.test("a chain shows fewer columns in less room, quotes last of all, bids left of asks", () => {
  const ids = (width: number) => chainColumns(width).map(({ id }) => id);
  deepStrictEqual(ids(390), ["volume", "bid", "ask"]);
  deepStrictEqual(ids(100), ["bid", "ask"]);
  ok(ids(1_400).length === 11);
  const puts = mirrored(chainColumns(800)).map(({ id }) => id);
  ok(puts.indexOf("bid") < puts.indexOf("ask") && puts.at(-1) === "net");
});
