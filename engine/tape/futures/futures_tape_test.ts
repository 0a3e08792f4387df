import { deepEqual, equal, notEqual, ok, throws } from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { ACTION, FLAG, MBO_WORD } from "../../dbn/mod.ts";
import { FuturesTape, type FuturesTapeOptions } from "./futures_tape.ts";
import type { LatentPath } from "./latent_price.ts";
import { FLOW_REGIMES } from "./regimes.ts";
import { TapeAudit } from "./tape_audit.ts";

const START_NS = 1_767_709_740_000_000_000n; // 2026-01-06 14:29 UTC
const SEC = 1e9;

function tape(options: Partial<FuturesTapeOptions> = {}): FuturesTape {
  return new FuturesTape({ seed: 1, startNs: START_NS, ...options });
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function bytesOf(options: Partial<FuturesTapeOptions>, untilNs: number): Uint8Array {
  const market = tape(options);
  const out = market.writer();
  market.generate(untilNs, out);
  return out.bytes();
}

Deno.test("FuturesTape gives the same bytes for the same seed, and always these", () => {
  const first = sha256(bytesOf({}, 30 * SEC));
  equal(first, sha256(bytesOf({ seed: 1n }, 30 * SEC)));
  equal(first, "234d556cf17509b2152d2a4250397483c08b7fa1a282b68cc0648e7e9e216486");
});

Deno.test("FuturesTape gives other bytes for another seed, preset or first regime", () => {
  const options: Partial<FuturesTapeOptions>[] = [
    {},
    { seed: 2 },
    { regime: "event_ramp" },
    { preset: "dealer_day" },
  ];
  equal(new Set(options.map((each) => sha256(bytesOf(each, 5 * SEC)))).size, options.length);
});

Deno.test("FuturesTape.generate() gives the same bytes however it is chunked", () => {
  const untilNs = 4 * SEC;
  const want = sha256(bytesOf({ regime: "event_ramp" }, untilNs));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: untilNs }), { maxLength: 60 }), (cuts) => {
      const market = tape({ regime: "event_ramp" });
      const out = market.writer();
      const hash = createHash("sha256");
      for (const cut of [...cuts].sort((a, b) => a - b).concat(untilNs)) {
        market.generate(cut, out);
        hash.update(out.bytes());
        out.reset();
      }
      equal(hash.digest("hex"), want);
    }),
    { seed: 20_260_106, numRuns: 15 },
  );
});

Deno.test("FuturesTape.generate() writes only events before the asked time, each whole", () => {
  const market = tape();
  const out = market.writer();
  for (let i = 1; i <= 2_000; i++) {
    out.reset();
    const count = market.generate(i * 1e6, out);
    const { words, strideWords } = out.block();
    equal(count, out.count);
    if (count === 0) continue;
    const at = (count - 1) * strideWords;
    const eventNs = (BigInt(words[at + MBO_WORD.TS_EVENT_HIGH]!) << 32n) |
      BigInt(words[at + MBO_WORD.TS_EVENT_LOW]!);
    ok(eventNs - START_NS < BigInt(i) * 1_000_000n);
    ok((words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]! & FLAG.LAST) !== 0);
  }
});

Deno.test("FuturesTape keeps every rule of the tape in every regime", () => {
  for (const regime of FLOW_REGIMES) {
    const market = tape({ seed: 11, regime });
    market.setRegime(regime);
    const out = market.writer();
    const audit = new TapeAudit(START_NS, 250_000_000);
    for (let sec = 1; sec <= 70; sec += 3) {
      out.reset();
      market.generate(sec * SEC, out);
      audit.read(out.block());
      equal(audit.bestBid + audit.bestAsk, 2 * market.midTicks);
    }
    const { counts } = audit;
    ok(counts.events > 5_000 && counts.records > counts.events, regime);
    equal(counts.filledContracts, counts.tradedContracts, regime);
    ok(counts.withdrawnContracts > 0 && counts.addedContracts > 0, regime);
  }
});

Deno.test("FuturesTape starts with a clear and the whole profile as a snapshot", () => {
  const market = tape();
  const out = market.writer();
  equal(market.generate(0, out), out.count);
  const { words, strideWords, count } = out.block();
  ok(count > 1_000, `${count}`);
  let farthest = 0;
  for (let i = 0; i < count; i++) {
    const at = i * strideWords;
    const packed = words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]!;
    equal(packed & 0xff, i === count - 1 ? 168 : 40);
    equal((packed >>> 16) & 0xff, i === 0 ? ACTION.CLEAR : ACTION.ADD);
    const recvNs = (BigInt(words[at + MBO_WORD.TS_RECV_HIGH]!) << 32n) |
      BigInt(words[at + MBO_WORD.TS_RECV_LOW]!);
    equal(recvNs, START_NS);
    const eventNs = (BigInt(words[at + MBO_WORD.TS_EVENT_HIGH]!) << 32n) |
      BigInt(words[at + MBO_WORD.TS_EVENT_LOW]!);
    ok(eventNs < START_NS && eventNs >= START_NS - 3_600_000_000_000n);
    if (i === 0) continue;
    const nano = words[at + MBO_WORD.PRICE_HIGH]! * 2 ** 32 + words[at + MBO_WORD.PRICE_LOW]!;
    farthest = Math.max(farthest, Math.abs(nano / 250_000_000 - 27_801.5));
  }
  equal(farthest, 200.5);
});

Deno.test("FuturesTape is a market from its first second", () => {
  const market = tape();
  const out = market.writer();
  market.generate(0, out);
  const perSec: number[] = [];
  for (let sec = 1; sec <= 20; sec++) {
    out.reset();
    perSec.push(market.generate(sec * SEC, out));
  }
  const later = perSec.slice(5).reduce((sum, n) => sum + n) / 15;
  ok(perSec[0]! > later / 3, `first second ${perSec[0]} of ${later}`);
});

Deno.test("FuturesTape.setRegime() switches a running market", () => {
  const market = tape({ regime: "arb_calm" });
  market.setRegime("arb_calm");
  const out = market.writer();
  const rate = (fromSec: number, toSec: number) => {
    market.generate(fromSec * SEC, out);
    out.reset();
    const count = market.generate(toSec * SEC, out);
    out.reset();
    return count / (toSec - fromSec);
  };
  const calm = rate(5, 25);
  market.setRegime("event_ramp");
  equal(market.regime, "event_ramp");
  const ramp = rate(40, 60);
  ok(ramp > 2.5 * calm, `${ramp} records/s after ${calm}`);
  market.setRegime(null);
  rate(120, 121);
  ok(["trend_up", "trend_down"].includes(market.regime), market.regime);
});

Deno.test("FuturesTape at the same switch gives the same bytes; another switch, others", () => {
  const run = (switchSec: number) => {
    const market = tape();
    const out = market.writer();
    market.generate(switchSec * SEC, out);
    market.setRegime("trend_down");
    market.generate(6 * SEC, out);
    return sha256(out.bytes());
  };
  equal(run(2), run(2));
  notEqual(run(2), run(3));
});

Deno.test("FuturesTape.follow() goes along a path of which it knows no more than has come", () => {
  const run = (path: LatentPath, untilNs: number) => {
    const asked: number[] = [];
    const market = tape({ seed: 3 });
    market.follow("mean_revert", (ns) => {
      asked.push(ns);
      return path(ns);
    });
    const out = market.writer();
    market.generate(untilNs, out);
    ok(asked.every((ns, i) => ns < untilNs && (i === 0 || ns > asked[i - 1]!)));
    return { bytes: sha256(out.bytes()), off: Math.abs(market.midTicks - path(untilNs)) };
  };
  const rising: LatentPath = (ns) => 27_801 + 2 * ns / SEC;
  const turning: LatentPath = (ns) => ns < 30 * SEC ? rising(ns) : 27_861 - 5 * (ns / SEC - 30);
  equal(run(rising, 30 * SEC).bytes, run(turning, 30 * SEC).bytes);
  const [up, down] = [run(rising, 40 * SEC), run(turning, 40 * SEC)];
  notEqual(up.bytes, down.bytes);
  ok(up.off < 3 && down.off < 4, `${up.off} and ${down.off} ticks away`);
});

Deno.test("FuturesTape comes after a jump of a hundred ticks at once", () => {
  const market = tape({ seed: 4 });
  market.follow("mean_revert", (ns) => ns < 10 * SEC ? 27_801 : 27_901);
  const out = market.writer();
  const audit = new TapeAudit(START_NS, 250_000_000);
  for (let tenth = 1; tenth <= 110; tenth++) {
    market.generate(tenth * SEC / 10, out);
    audit.read(out.block());
    out.reset();
  }
  ok(Math.abs(market.midTicks - 27_901) < 10, `${market.midTicks}`);
  ok(audit.bestAsk - audit.bestBid < 8, `${audit.bestAsk - audit.bestBid}`);
});

Deno.test("FuturesTape regimes differ in depth, trading and direction", () => {
  const measure = (regime: typeof FLOW_REGIMES[number]) => {
    const market = tape({ seed: 5, regime });
    market.setRegime(regime);
    const out = market.writer();
    const audit = new TapeAudit(START_NS, 250_000_000);
    let depth = 0;
    for (let sec = 1; sec <= 90; sec++) {
      market.generate(sec * SEC, out);
      audit.read(out.block());
      out.reset();
      depth += audit.depthWithin(10);
    }
    const buys = audit.signs.filter((sign) => sign > 0).length / audit.signs.length;
    return { depth: depth / 90, trades: audit.counts.marketOrders, buys };
  };
  const calm = measure("arb_calm");
  const ramp = measure("event_ramp");
  const chase = measure("retail_chase");
  const down = measure("trend_down");
  ok(ramp.depth < 0.5 * calm.depth, `${ramp.depth} of ${calm.depth}`);
  ok(chase.trades > 2 * calm.trades);
  ok(chase.buys > 0.54 && down.buys < 0.48, `${chase.buys} and ${down.buys}`);
});

Deno.test("FuturesTape refuses what it cannot start from", () => {
  for (const basePriceTicks of [0, 999, 1.5, NaN, 2e7]) {
    throws(() => tape({ basePriceTicks }), RangeError);
  }
  throws(() => tape({ seed: -1 }), RangeError);
});

Deno.test("FuturesTape.writer() writes publisher, instrument and whole prices", () => {
  const market = tape({ basePriceTicks: 1_000 });
  const out = market.writer();
  market.generate(1, out);
  const { words, strideWords } = out.block();
  const view = new DataView(words.buffer);
  deepEqual([view.getUint8(0), view.getUint8(1), view.getUint16(2, true)], [14, 160, 60_000]);
  equal(view.getUint32(4, true), 4_916);
  equal(view.getBigInt64(24, true), 0x7fff_ffff_ffff_ffffn);
  equal(Number(view.getBigInt64(strideWords * 4 + 24, true)) % 250_000_000, 0);
});
