import { msSince, runCrowd } from "./_crowd.ts";

/**
 * Many clients on the surfaces' two streams, in turns: when the last byte of each window arrived, less its
 * end. A process of its own, so that reading does not slow the server's sending. Arguments: URL of the
 * server, clients, seconds.
 */
const [url = "", clients = "1", seconds = "10"] = Deno.args;

/** Only what comes, nothing of what is kept. */
const QUERY = `ext=1&start_ts_ns=${2n ** 63n - 1n}`;
const PATHS = ["/v1/velocity/stream", "/v1/hud/stream"] as const;

await runCrowd({
  clients: Number(clients),
  runMs: Number(seconds) * 1_000,
  urlOf: (index) => `${url}${PATHS[index % 2]}?${QUERY}`,
  reader(tally) {
    // A market that nobody followed makes a second at once: the window under way is late by that.
    let isFirst = true;
    return (data, isMeasured) => {
      if (!isMeasured) return;
      if (typeof data !== "string") {
        tally.bytes += data.byteLength;
        return;
      }
      const type = /^\{"type":"(\w+)"/.exec(data)?.[1];
      if (type === "gap") tally.dropped += Number(/"dropped":(\d+)/.exec(data)?.[1] ?? 0);
      else if (type === "batch_end") {
        if (!isFirst) {
          tally.delaysMs.push(msSince(/"window_end_ts_ns":"(\d+)"/.exec(data)?.[1] ?? "0"));
        }
        isFirst = false;
      }
    };
  },
});
