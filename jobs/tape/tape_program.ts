import { MarketTape } from "../../engine/tape/mod.ts";
import type { StartProgram } from "../kit/mod.ts";
import { LiveProbe } from "./live_probe.ts";
import { optionListing } from "./option_listing.ts";
import type { TapeNews, TapeVerbs } from "./protocol.ts";
import { sessionOpen } from "./session_open.ts";
import { sessionOutline } from "./session_outline.ts";
import { TapeRunner, type TapeRunnerOptions } from "./tape_runner.ts";

/** A tape's work: one runner, and a probe that measures what it makes. */
export function tapeProgram(
  options: Omit<TapeRunnerOptions, "host">,
): StartProgram<TapeVerbs, TapeNews> {
  return (host) => {
    const probe = new LiveProbe();
    let market: MarketTape | null = null;
    let running: Promise<void> = Promise.resolve();
    const runner = new TapeRunner({
      ...options,
      host,
      createParts: (spec) => {
        const parts = options.createParts(spec);
        probe.watchSource(parts.source);
        market = parts.source instanceof MarketTape ? parts.source : null;
        return parts;
      },
      createFlow: (spec, fromTs, sink) =>
        probe.watchFlow((watched) => options.createFlow(spec, fromTs, watched), sink),
    });
    return {
      on: {
        start: (spec) => {
          running = runner.run(spec);
          return running;
        },
        control: ({ timeline, revision }) => runner.control(timeline, revision),
        realism: () => probe.report(),
        outline: (symbol) => market === null ? null : sessionOutline(market, symbol),
        opening: () => market === null ? null : sessionOpen(market),
        listing: (symbol) => market === null ? null : optionListing(market, symbol),
      },
      end: () => {
        runner.stop();
        return running;
      },
    };
  };
}
