import type { ServerProcess } from "./server_process.ts";

const POLL_MS = 1_000;

/** Resident memory of a server over time. */
export class MemoryTrack {
  readonly #server: ServerProcess;
  readonly #samples: number[] = [];

  constructor(server: ServerProcess) {
    this.#server = server;
  }

  /** Looks once a second until `work` has ended. */
  async during<T>(work: Promise<T>): Promise<T> {
    let running = true;
    const watch = (async () => {
      while (running) {
        this.#samples.push(await this.#server.metric("lotus_memory_rss_bytes") / 1e6);
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    })();
    try {
      return await work;
    } finally {
      running = false;
      await watch;
    }
  }

  /** MB. The growth compares medians, as collections make the memory go up and down. */
  summary(): { startMb: number; endMb: number; mostMb: number; growthMb: number } {
    const mb = this.#samples;
    const third = Math.floor(mb.length / 3);
    const median = (values: readonly number[]) =>
      values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
    return {
      startMb: mb[0] ?? 0,
      endMb: mb.at(-1) ?? 0,
      mostMb: Math.max(...mb),
      growthMb: median(mb.slice(2 * third)) - median(mb.slice(third, 2 * third)),
    };
  }
}
