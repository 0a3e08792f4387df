import { deepEqual, equal, notEqual, ok, throws } from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { ACTION, FLAG, MBO_WORD } from "../../dbn/mod.ts";
import { FLOW_REGIMES, FuturesTape, SYNTH_FUTURE } from "../futures/mod.ts";
import { SYNTH_OPTIONS } from "./listing.ts";
import { SessionAudit } from "./session_audit.ts";
import { SessionTape, type SessionTapeOptions } from "./session_tape.ts";

const START_NS = 1_767_709_740_000_000_000n; // 2026-01-06 14:29 UTC
const CLOSE_NS = 1_767_733_200_000_000_000n;
const SEC = 1e9;

function tape(options: Partial<SessionTapeOptions> = {}): SessionTape {
  return new SessionTape({ seed: 1, startNs: START_NS, expirationNs: CLOSE_NS, ...options });
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function hashOf(options: Partial<SessionTapeOptions>, untilNs: number): string {
  const market = tape(options);
  const out = market.writer();
  market.generate(untilNs, out);
  return sha256(out.bytes());
}

Deno.test("SessionTape gives the same bytes for the same seed, and always these", () => {
  const first = hashOf({}, 30 * SEC);
  equal(first, hashOf({ seed: 1n }, 30 * SEC));
  equal(first, "875d1e63b60573b177cbecdbd7485ffc7237c1c406116c77649750fcfb1c18d9");
  notEqual(first, hashOf({ seed: 2 }, 30 * SEC));
});

Deno.test("SessionTape.generate() gives the same bytes however it is chunked", () => {
  const untilNs = 3 * SEC;
  const want = hashOf({ regime: "event_ramp" }, untilNs);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: untilNs }), { maxLength: 60 }), (cuts) => {
      const market = tape({ regime: "event_ramp" });
      const out = market.writer();
      const hash = createHash("sha256");
      for (const cut of [...cuts].sort((a, b) => a - b).concat(untilNs)) {
        const before = out.count;
        equal(market.generate(cut, out), out.count - before);
        hash.update(out.bytes());
        out.reset();
      }
      equal(hash.digest("hex"), want);
    }),
    { seed: 20_260_106, numRuns: 15 },
  );
});

Deno.test("SessionTape.atmVolatility goes half of the way to what a path moves by, in logarithms", () => {
  for (const volatility of [0.1, 0.3, 0.7]) {
    const market = tape();
    const out = market.writer();
    const perSecond = volatility / Math.sqrt(31_536_000);
    // Up and down by as much, step by step: the mean square of a second's move is that of the volatility.
    const start = market.latentTicks;
    market.follow("trend_up", (ns) => start * (1 + (Math.floor(ns / SEC) % 2) * perSecond));
    market.generate(1_200 * SEC, out);
    const found = market.atmVolatility;
    const wanted = Math.sqrt(0.15 * volatility);
    ok(Math.abs(found / wanted - 1) < 0.1, `${found} where the path moves by ${volatility}`);
  }
});

Deno.test("SessionTape.generate() writes one time order, or the same records to two writers", () => {
  const [one, two] = [tape(), tape()];
  const all = one.writer();
  const [future, options] = [two.writer(), two.writer()];
  equal(one.generate(10 * SEC, all), two.generate(10 * SEC, future, options));
  equal(all.count, future.count + options.count);
  const { words, strideWords, count } = all.block();
  const parts = [future.bytes(), options.bytes()];
  const taken = [0, 0];
  let lastNs = 0n;
  for (let i = 0; i < count; i++) {
    const at = i * strideWords;
    const part = words[at + MBO_WORD.INSTRUMENT_ID] === SYNTH_FUTURE.instrumentId ? 0 : 1;
    const from = 56 * taken[part]!++;
    deepEqual(all.bytes().subarray(56 * i, 56 * i + 56), parts[part]!.subarray(from, from + 56));
    if ((words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]! & FLAG.SNAPSHOT) !== 0) continue;
    const ns = (BigInt(words[at + MBO_WORD.TS_EVENT_HIGH]!) << 32n) |
      BigInt(words[at + MBO_WORD.TS_EVENT_LOW]!);
    ok(ns >= lastNs, `record ${i}`);
    lastNs = ns;
  }
});

Deno.test("SessionTape keeps every rule of every book in every regime", () => {
  for (const regime of FLOW_REGIMES) {
    const market = tape({ seed: 11, regime });
    market.setRegime(regime);
    const out = market.writer();
    const audit = new SessionAudit(START_NS);
    for (let sec = 1; sec <= 60; sec++) {
      out.reset();
      market.generate(sec * SEC, out);
      audit.read(out.block());
      equal(audit.future.bestBid + audit.future.bestAsk, 2 * market.midTicks);
      audit.options.forEach(({ bestBid, bestAsk }, i) => {
        ok(bestAsk > 0, `${regime}: no ask of ${i}`);
        // Who would bid less than a tick does not bid.
        ok(bestBid > 0 || market.optionValues[i]! < 0.15, `${regime}: no bid of ${i}`);
        ok(bestAsk <= 100 || bestAsk % 5 === 0, `${regime}: ${bestAsk} is off the grid`);
      });
    }
    const traded = audit.options.reduce((sum, { counts }) => sum + counts.tradedContracts, 0);
    ok(traded > 100, `${regime}: ${traded}`);
  }
});

Deno.test("SessionTape.dealerPositions are what customers traded with makers", () => {
  const market = tape({ regime: "retail_chase" });
  market.setRegime("retail_chase");
  const out = market.writer();
  market.generate(60 * SEC, out);
  let long = 0;
  let short = 0;
  market.dealerPositions.forEach((contracts) => contracts > 0 ? long++ : contracts < 0 && short++);
  ok(short > 2 * long, `${short} short, ${long} long, as three of four customers buy`);
});

Deno.test("SessionTape makers hedge in the future", () => {
  const volume = (wrap: boolean) => {
    const options = { seed: 5, startNs: START_NS, regime: "retail_chase" } as const;
    const market = wrap ? tape(options) : new FuturesTape(options);
    market.setRegime("retail_chase");
    const out = market.writer();
    const audit = new SessionAudit(START_NS);
    for (let sec = 1; sec <= 60; sec++) {
      out.reset();
      market.generate(sec * SEC, out);
      audit.read(out.block());
    }
    return audit.future.counts.tradedContracts;
  };
  ok(volume(true) > 1.02 * volume(false));
});

Deno.test("SessionTape ends its options with a clear each, and lists the next ones", () => {
  const endNs = START_NS + 5n * BigInt(SEC);
  const market = tape({ expirationNs: endNs, seed: 3 });
  const [future, options] = [market.writer(), market.writer()];
  const audit = new SessionAudit(START_NS);
  market.generate(5 * SEC, future, options);
  audit.read(options.block());
  options.reset();
  market.generate(10 * SEC, future, options);
  equal(options.count, SYNTH_OPTIONS.count);
  audit.read(options.block());
  ok(audit.options.every(({ orders }) => orders === 0));
  throws(() => market.list(endNs), RangeError);
  market.list(endNs + 3_600n * BigInt(SEC));
  options.reset();
  market.generate(12 * SEC, future, options);
  audit.read(options.block());
  ok(audit.options.every(({ bestAsk }) => bestAsk > 0));
  ok(options.count > 700);
});

Deno.test("SessionTape.follow() takes the options along", () => {
  const market = tape({ seed: 3 });
  market.follow("trend_up", (ns) => 27_801 + 4 * ns / SEC);
  const out = market.writer();
  const audit = new SessionAudit(START_NS);
  market.generate(0, out);
  const money = market.optionValues[60]!;
  market.generate(40 * SEC, out);
  audit.read(out.block());
  equal(market.regime, "trend_up");
  ok(Math.abs(market.midTicks - 27_961) < 6, `${market.midTicks}`);
  // 40 points up: a call at the old money is worth about that much.
  ok(market.optionValues[60]! > money + 20);
  const { bestBid, bestAsk } = audit.options[60]!;
  const mid = (bestBid + bestAsk) / 2 / SYNTH_OPTIONS.unitsPerPoint;
  ok(Math.abs(mid - market.optionValues[60]!) < 1, `${mid} of ${market.optionValues[60]}`);
});

Deno.test("SessionTape refuses options that have ended", () => {
  throws(() => tape({ expirationNs: START_NS }), RangeError);
  throws(() => tape({ seed: -1 }), RangeError);
});

Deno.test("SessionTape makers update an order eight times a second at most, and pull quotes before an event", () => {
  const market = tape({ regime: "event_ramp" });
  market.setRegime("event_ramp");
  const out = market.writer();
  const future = market.writer();
  const lastNs = new Map<number, bigint>();
  let pulled = 0;
  for (let sec = 1; sec <= 20; sec++) {
    out.reset();
    future.reset();
    market.generate(sec * SEC, future, out);
    const { words, strideWords, count } = out.block();
    for (let i = 0; i < count; i++) {
      const at = i * strideWords;
      const packed = words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]!;
      const action = (packed >>> 16) & 0xff;
      const isAlone = (packed & FLAG.LAST) !== 0 && (i === 0 ||
        (words[at - strideWords + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]! & FLAG.LAST) !== 0);
      if (action === ACTION.CANCEL && isAlone) pulled++;
      if (action !== ACTION.MODIFY) continue;
      const id = words[at + MBO_WORD.ORDER_ID_LOW]!;
      const ns = (BigInt(words[at + MBO_WORD.TS_EVENT_HIGH]!) << 32n) |
        BigInt(words[at + MBO_WORD.TS_EVENT_LOW]!);
      ok(ns - (lastNs.get(id) ?? 0n) >= 125_000_000n, `order ${id}`);
      lastNs.set(id, ns);
    }
  }
  ok(pulled > 500, `${pulled}`);
});
