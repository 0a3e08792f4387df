/// <reference lib="deno.worker" />
import type { FeedState } from "../../../modules/feed/contract.ts";
import { serveWorker, type WorkerProgram } from "../../kit/worker.ts";
import { failedState } from "../../market/state.ts";
import type { MarketHostPort, MarketVerbs } from "../../market/worker_contract.ts";

/** A market that opens, sends one bin, and dies at the first command. */
function dyingMarket(host: MarketHostPort): WorkerProgram<MarketVerbs> {
  return {
    on: {
      open: (spec) => {
        const state: FeedState = { ...failedState(spec, ""), message: null, phase: "live" };
        host.notify("config", { type: "runtime_config" });
        host.notify("state", { ...state, events: 0 });
        host.notify("state", { ...state, events: 500 });
        host.send("bin", { seq: 0, live: true, header: "{}", arrow: new Uint8Array(1), parts: [] });
        return { ...state, events: 500 };
      },
      command: () => {
        setTimeout(() => {
          throw new Error("the engine broke");
        });
        return new Promise<FeedState>(() => {});
      },
      control: () => {},
      watched: () => {},
      measure: () => {},
      signals: () => null,
    },
  };
}

serveWorker(dyingMarket);
