/// <reference lib="deno.worker" />
import { systemClock } from "../kit/mod.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";
import { MarketRunner } from "./runner.ts";

const scope = self as unknown as DedicatedWorkerGlobalScope;

function post(message: FromWorker): void {
  const moved = message.type === "bin" ? [message.bin.arrow.buffer] : [];
  scope.postMessage(message, moved);
}

const runner = new MarketRunner(systemClock, post);

scope.onmessage = (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  switch (message.type) {
    case "open":
      return runner.open(message.id, message.spec);
    case "command":
      return runner.command(message.id, message.command);
    case "control":
      return runner.control(message.timeline);
    case "measure":
      return runner.measure(message.latency);
    case "signals":
      return runner.signals(message.id, message.from, message.to);
    case "ack":
      return runner.ack(message.bins);
    case "stop":
      return runner.stop();
  }
};

await runner.run();
post({ type: "stopped" });
scope.close();
