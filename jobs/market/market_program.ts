import type { Clock, WorkerProgram } from "../kit/mod.ts";
import { MarketRunner } from "./runner.ts";
import type { MarketHostPort, MarketVerbs } from "./worker_contract.ts";

/** A market's work: one runner that is told by its host what to do. */
export function marketProgram(
  host: MarketHostPort,
  clock: Clock,
  breathe?: () => Promise<void>,
): WorkerProgram<MarketVerbs> & { readonly runner: MarketRunner } {
  const runner = new MarketRunner(clock, host, breathe);
  const running = runner.run();
  return {
    runner,
    on: {
      open: (spec) => runner.open(spec),
      command: (command) => runner.command(command),
      control: (timeline) => runner.control(timeline),
      watched: (isWatched) => runner.setWatched(isWatched),
      measure: (settings) => runner.measure(settings),
      signals: ({ from, to }) => runner.signals(from, to),
    },
    end: () => {
      runner.stop();
      return running;
    },
  };
}
