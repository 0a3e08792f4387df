/// <reference lib="deno.worker" />
import { serveWorker, type WorkerProgram } from "../../kit/worker.ts";
import type { TapeHostPort, TapeVerbs } from "../../tape/protocol.ts";

/** A tape that is live at once, and dies at the first change of the control state. */
function dyingTape(host: TapeHostPort): WorkerProgram<TapeVerbs> {
  return {
    on: {
      start: () => {
        host.notify("state", {
          phase: "live",
          progress: 1,
          firstTs: 0,
          positionTs: 0,
          lagMs: 0,
          revision: 1,
          activateAt: 0,
          inForce: true,
          scene: null,
          message: null,
        });
      },
      control: () => {
        throw new Error("the tape broke");
      },
      realism: () => null,
      outline: () => null,
      opening: () => null,
      listing: () => null,
    },
  };
}

serveWorker(dyingTape);
