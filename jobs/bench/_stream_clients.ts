import { msSince, runCrowd } from "./_crowd.ts";

/**
 * Many clients of one stream of bins: when each live bin arrived, less its end. A process of its own, so
 * that reading does not slow the server's sending. Arguments: URL, clients, seconds.
 */
const [url = "", clients = "1", seconds = "10"] = Deno.args;

await runCrowd({
  clients: Number(clients),
  runMs: Number(seconds) * 1_000,
  urlOf: () => `${url}?backfill=0`,
  reader(tally) {
    let endNs = "";
    let live = false;
    return (data, isMeasured) => {
      if (typeof data !== "string") {
        tally.bytes += data.byteLength;
        if (isMeasured && live) tally.delaysMs.push(msSince(endNs));
        return;
      }
      const type = /^\{"type":"(\w+)"/.exec(data)?.[1];
      if (type === "grid_update") {
        endNs = /"bin_end_ns":"(\d+)"/.exec(data)?.[1] ?? "0";
        live = data.includes('"live":true');
      } else if (type === "dropped") tally.dropped++;
    };
  },
});
