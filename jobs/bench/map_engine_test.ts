import { equal, ok } from "node:assert/strict";
import {
  concatBytes,
  DbnDecoder,
  encodeMetadata,
  newMetadata,
  schemaId,
} from "../../engine/dbn/mod.ts";
import { PressureEngine, ReplayFilter } from "../../engine/pressure/mod.ts";
import { FuturesTape } from "../../engine/tape/futures/mod.ts";
import { MapEngine } from "./map_engine.ts";

const START_NS = 1_767_709_740_000_000_000n;
const BASE_NS = START_NS - 86_400_000_000_000n;
const TICK_NANO = 250_000_000;

Deno.test("MapEngine does the work that it is a baseline for", () => {
  const tape = new FuturesTape({ seed: 5, startNs: START_NS });
  const out = tape.writer();
  tape.generate(20e9, out);
  const head = encodeMetadata(
    newMetadata({ dataset: "TEST", schema: schemaId("mbo"), startNs: START_NS }),
  );
  const bytes = concatBytes([head, out.bytes().slice()]);
  const naive = new MapEngine();
  naive.read(bytes);
  const engine = new PressureEngine({
    ticks: 8_192,
    tickNano: TICK_NANO,
    model: "compat",
    autoAnchor: true,
    strict: false,
  });
  const filter = new ReplayFilter({
    baseNs: BASE_NS,
    symbolOf: () => null,
    symbol: "",
    future: true,
    fromNs: -Infinity,
    toNs: Infinity,
    skipToNs: 0,
    resetSnapshotClock: false,
    onWarning: () => {},
  });
  const sink = {
    onEvent: (...event: Parameters<PressureEngine["update"]>) => engine.update(...event),
  };
  new DbnDecoder().push(bytes, { onMbo: (block) => filter.run(block, sink) });
  const { book } = engine;
  equal(naive.eventCount, engine.eventCount);
  ok(naive.eventCount > 5_000);
  equal(naive.orders.size, book.orders.size);
  equal(Number(naive.bestBid), book.bestBid);
  equal(Number(naive.bestAsk), book.bestAsk);
  for (const [price, size] of naive.bids) {
    equal(book.bidDepth[book.grid.indexOf(Number(price))], size, `depth at ${price}`);
  }
});
