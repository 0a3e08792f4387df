import type { FeedState } from "../../modules/feed/contract.ts";
import type { Hub, Logger } from "../kit/mod.ts";
import { MarketSession, type MarketSpec } from "../market/mod.ts";
import { failedState } from "../market/state.ts";
import type { MarketHostPort } from "../market/worker_contract.ts";
import { FIRST_END_NS, ScriptedSurfaces } from "./scripted_surfaces.ts";

const BINS_PER_WINDOW = 10;
const SECOND_NS = 1_000_000_000n;

const SPEC: MarketSpec = {
  source: "scripted.dbn",
  seed: 1,
  regime: null,
  plan: null,
  instrument: "",
  model: null,
  projection: { form: "quadratic", cubicScale: 0, dampingLambda: 0 },
  date: "2026-01-06",
  start: null,
  speed: "max",
  maxInFlight: 256,
};

/** A market's worker, inline, that closes so many windows as fast as its bins are taken, and then ends. */
class ScriptedProgram {
  readonly #host: MarketHostPort;
  readonly #windows: number;
  #script = new ScriptedSurfaces();
  #bin = 0;
  /** Windows before the one that the script begins with. */
  #first = 0;

  constructor(host: MarketHostPort, windows: number) {
    this.#host = host;
    this.#windows = windows;
    host.onGrant = () => this.#run();
  }

  open(): FeedState {
    this.#host.notify("config", { type: "runtime_config", symbol: "ESH6" });
    this.#run();
    return this.#tell("live");
  }

  /** Closes the windows anew from the one that begins at a time. */
  seek(tsNs: bigint): FeedState {
    this.#first = Number((tsNs + SECOND_NS - FIRST_END_NS) / SECOND_NS);
    if (this.#first >= this.#windows) throw new RangeError("The time lies behind the end");
    this.#script = new ScriptedSurfaces();
    this.#script.next(this.#first - 1);
    this.#bin = this.#first * BINS_PER_WINDOW;
    this.#host.notify("reset", "seek");
    this.#host.notify("config", { type: "runtime_config", symbol: "ESH6" });
    this.#run();
    return this.#tell("live");
  }

  #run(): void {
    const end = this.#windows * BINS_PER_WINDOW;
    while (this.#bin < end && this.#host.inFlight < SPEC.maxInFlight) {
      const arrow = new Uint8Array(0);
      this.#host.send("bin", { seq: this.#bin++, live: true, header: "", arrow, parts: [] });
      if (this.#bin % BINS_PER_WINDOW !== 0) continue;
      const window = this.#script.next();
      this.#host.notify("surfaces", window, [window.buffer]);
    }
    if (this.#bin === end) this.#tell("ended");
  }

  #tell(phase: FeedState["phase"]): FeedState {
    const startNs = (FIRST_END_NS - SECOND_NS).toString();
    const state = { ...failedState(SPEC, ""), phase, message: null, startNs };
    this.#host.notify("state", state);
    return state;
  }
}

/** A market that is replayed for one reader, of so many windows, behind a real session. */
export function scriptedReplay(hub: Hub, log: Logger, windows: number): MarketSession {
  return new MarketSession(SPEC, {
    hub,
    log,
    nowMs: () => performance.now(),
    autoAck: false,
    worker: (host) => {
      const program = new ScriptedProgram(host, windows);
      return {
        on: {
          open: () => program.open(),
          command: (command) => {
            if (command.op !== "seek") throw new RangeError("It only seeks");
            return program.seek(BigInt(command.tsNs));
          },
          control: () => {},
          watched: () => {},
          measure: () => {},
          signals: () => null,
        },
      };
    },
  });
}
