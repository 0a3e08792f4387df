import { deepEqual, equal } from "node:assert/strict";
import { MBO_WORD } from "../../dbn/mod.ts";
import { Agenda, DUE } from "./_agenda.ts";
import { OrderFlow } from "./_order_flow.ts";
import { MboWriter } from "./mbo_writer.ts";
import { RegimeChain } from "./regime_chain.ts";

/** A flow with bids at 100, one ask for 5 at 101 that refills once, and asks at 102. */
function icebergFlow(): { flow: OrderFlow; agenda: Agenda; out: MboWriter } {
  const chain = new RegimeChain({ seed: 1, preset: "quiet_range", regime: "arb_calm" });
  const agenda = new Agenda();
  const flow = new OrderFlow(1, chain, agenda);
  const out = new MboWriter({ publisherId: 1, instrumentId: 2, tickNano: 1, baseNs: 0n });
  for (let i = 0; i < 60; i++) {
    flow.bids.add(flow.nextOrderId(), 100, 1, 0, 0);
    flow.asks.add(flow.nextOrderId(), 102, 1, 0, 0);
  }
  flow.asks.add(flow.nextOrderId(), 101, 5, 0, 1);
  return { flow, agenda, out };
}

function rows(out: MboWriter): (readonly [string, string, number, number, boolean])[] {
  const { words, strideWords, count } = out.block();
  return Array.from({ length: count }, (_, i) => {
    const at = i * strideWords;
    const packed = words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]!;
    return [
      String.fromCharCode((packed >>> 16) & 0xff),
      String.fromCharCode(packed >>> 24),
      words[at + MBO_WORD.PRICE_LOW]!,
      words[at + MBO_WORD.SIZE]!,
      (packed & 128) !== 0,
    ] as const;
  });
}

Deno.test("OrderFlow.market() writes T per level, F and C per order, LAST at the end", () => {
  const { flow, out } = icebergFlow();
  flow.market(flow.asks, 7, 1_000, out);
  deepEqual(rows(out), [
    ["T", "B", 101, 5, false],
    ["F", "A", 101, 5, false],
    ["C", "A", 101, 5, false],
    ["T", "B", 102, 2, false],
    ["F", "A", 102, 1, false],
    ["C", "A", 102, 1, false],
    ["F", "A", 102, 1, false],
    ["C", "A", 102, 1, true],
  ]);
  equal(flow.asks.best, 102);
});

/** What is next, if it is a refill. */
function refillNs(agenda: Agenda): number {
  const at = agenda.nextNs;
  if (at === Infinity) return at;
  agenda.take();
  return agenda.kind === DUE.REFILL ? at : refillNs(agenda);
}

Deno.test("OrderFlow.due() shows an iceberg again, as often as it may", () => {
  const { flow, agenda, out } = icebergFlow();
  flow.market(flow.asks, 3, 1_000, out);
  equal(refillNs(agenda), Infinity); // partly filled: nothing to refill yet
  flow.market(flow.asks, 2, 2_000, out);
  equal(refillNs(agenda), 12_000);
  out.reset();
  flow.due(agenda, 12_000, out);
  deepEqual(rows(out), [["A", "A", 101, 5, true]]);
  flow.market(flow.asks, 5, 20_000, out);
  equal(refillNs(agenda), Infinity);
});

Deno.test("OrderFlow.due() drops an iceberg that the market has moved through", () => {
  const { flow, agenda, out } = icebergFlow();
  flow.market(flow.asks, 5, 1_000, out);
  flow.bids.add(flow.nextOrderId(), 101, 1, 5_000, 0);
  out.reset();
  equal(refillNs(agenda), 11_000);
  flow.due(agenda, 11_000, out);
  equal(out.count, 0);
  equal(flow.asks.best, 102);
});

Deno.test("OrderFlow.due() takes a fleeting order back, unless it is gone or another stands in its place", () => {
  const { flow, agenda, out } = icebergFlow();
  const slot = flow.enter(flow.bids, 100, 3, 0, 1_000, out);
  const id = flow.bids.id(slot);
  out.reset();
  for (const wanted of [id + 1, id]) {
    agenda.add(2_000, DUE.WITHDRAW, 1, slot, 0, 0, wanted);
    agenda.take();
    flow.due(agenda, 2_000, out);
  }
  deepEqual(rows(out), [["C", "B", 100, 3, true]]);
});

Deno.test("OrderFlow keeps a thin side instead of emptying it", () => {
  const chain = new RegimeChain({ seed: 1, preset: "quiet_range", regime: "arb_calm" });
  const flow = new OrderFlow(1, chain, new Agenda());
  const out = new MboWriter({ publisherId: 1, instrumentId: 2, tickNano: 1, baseNs: 0n });
  for (let i = 0; i < 50; i++) flow.bids.add(flow.nextOrderId(), 100, 1, 0, 0);
  flow.market(flow.bids, 10, 1, out);
  flow.cancel(flow.bids, 2, out);
  equal(out.count, 0);
});
