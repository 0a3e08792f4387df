import { ok } from "node:assert/strict";
import { join } from "node:path";
import { createLogger, Hub } from "../kit/mod.ts";
import { openFiles } from "../kit/open_files.ts";
import { specOf } from "../testing/market_bench.ts";
import { tapeBytes, withTempDir } from "../testing/market_files.ts";
import { MarketSession } from "./session.ts";
import { PATIENCE_MS } from "../testing/patience.ts";

/** Sessions of single clients, at most so many at once, each of which connects again. */
const SESSIONS = 20;
const AT_ONCE = 4;
/** How often each connects again; `RECONNECTS` sets another number. */
const RECONNECTS = Number(Deno.env.get("RECONNECTS") ?? 1);

/** Files that may be open afterwards beyond those that were before: what the runtime keeps for itself. */
const SLACK = 4;

const LOG = createLogger("test", {
  level: "error",
  human: false,
  now: () => new Date(0),
  write: () => {},
});

function privateSession(path: string): MarketSession {
  return new MarketSession(specOf(path), {
    hub: new Hub(),
    log: LOG,
    nowMs: () => performance.now(),
    autoAck: false,
  });
}

/** A client that leaves while its market opens, comes again, and leaves for good. */
async function visit(path: string): Promise<void> {
  for (let n = 0; n < RECONNECTS; n++) await privateSession(path).stop();
  const session = privateSession(path);
  await session.opened();
  await session.stop();
}

Deno.test({
  name: "MarketSession leaves no file open, over 20 private sessions with reconnects",
  ignore: openFiles() === null,
  async fn() {
    await withTempDir(async (folder) => {
      const path = join(folder, "a.dbn");
      await Deno.writeFile(path, tapeBytes({ seconds: 1 }));
      await visit(path);
      const before = openFiles() ?? 0;
      for (let done = 0; done < SESSIONS; done += AT_ONCE) {
        await Promise.all(Array.from({ length: AT_ONCE }, () => visit(path)));
      }
      // A thread gives its files back a moment after it was ended.
      const startMs = performance.now();
      while ((openFiles() ?? 0) > before + SLACK && performance.now() - startMs < PATIENCE_MS) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const after = openFiles() ?? 0;
      ok(after <= before + SLACK, `${before} open files before, ${after} after`);
    });
  },
});
