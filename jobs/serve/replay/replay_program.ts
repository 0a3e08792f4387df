import type { Clock, StartProgram } from "../../kit/mod.ts";
import type { CreateFlow } from "../../tape/mod.ts";
import type { ReadPage } from "./_stored_stream.ts";
import type { ReplayNews, ReplayVerbs } from "./protocol.ts";
import { ReplayRunner } from "./replay_runner.ts";

/** A replay's work: one runner that reads the store through its host. */
export function replayProgram(
  options: { readonly clock: Clock; readonly createFlow: CreateFlow },
): StartProgram<ReplayVerbs, ReplayNews> {
  return (host) => {
    // The host answers with rows of the stream that was asked for.
    const read =
      ((stream, after, untilTs, limit) =>
        host.call("read", { stream, after, untilTs, limit })) as ReadPage;
    let runner: ReplayRunner | null = null;
    return {
      on: {
        start: ({ spec, originTs }) => {
          runner = new ReplayRunner(spec, originTs, { ...options, host, read });
          return runner.run();
        },
        patch: ({ patch, originTs }) => runner?.patch(patch, originTs),
      },
      end: () => runner?.stop(),
    };
  };
}
