/// <reference lib="deno.worker" />
import type { MarketTape } from "../../engine/tape/mod.ts";
import { systemClock } from "../kit/mod.ts";
import { LiveProbe } from "./live_probe.ts";
import { createFlow } from "./flow.ts";
import { createParts } from "./parts.ts";
import type { FromTapeWorker, ToTapeWorker } from "./protocol.ts";
import { sessionOutline } from "./session_outline.ts";
import { TapeRunner } from "./tape_runner.ts";

const scope = self as unknown as DedicatedWorkerGlobalScope;

function post(message: FromTapeWorker): void {
  if (message.type !== "batch") return scope.postMessage(message);
  const { stream, ts, seq } = message.rows;
  scope.postMessage(message, [stream.buffer, ts.buffer, seq.buffer]);
}

const probe = new LiveProbe();
let market: MarketTape | null = null;
const runner = new TapeRunner({
  clock: systemClock,
  post,
  createParts: (spec) => {
    const parts = createParts(spec);
    probe.watchSource(parts.source);
    market = parts.source;
    return parts;
  },
  createFlow: (spec, sink) => probe.watchFlow((watched) => createFlow(spec, watched), sink),
});

scope.onmessage = async (event: MessageEvent<ToTapeWorker>) => {
  const message = event.data;
  switch (message.type) {
    case "start":
      await runner.run(message.spec);
      return scope.close();
    case "control":
      return runner.control(message.timeline, message.revision);
    case "ack":
      return runner.ack(message.batches);
    case "realism":
      return post({ type: "realism", report: probe.report() });
    case "outline": {
      const { symbol } = message;
      const outline = market === null ? null : sessionOutline(market, symbol);
      return post({ type: "outline", symbol, outline });
    }
    case "stop":
      return runner.stop();
  }
};
