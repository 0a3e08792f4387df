import { type Clock, Pace } from "../../kit/mod.ts";
import type { FeedSink, ReplayFeed } from "../../feeds/mod.ts";

/** What comes due within this goes in at once: shorter waits are not worth a timer, ms. */
const LEAST_WAIT_MS = 4;

/** Records that are taken before the clock and the signal are looked at again. */
const RECORDS_PER_STEP = 1_000;

const NS_PER_MS = 1_000_000;

/** Later than any record of a file, epoch ns. */
const FOREVER_NS = 1n << 64n;

/** How fast records are handed on. */
export interface PlaybackOptions {
  readonly clock: Clock;
  /** Recorded seconds per second, > 0, or "max" for no pacing. */
  readonly speed: number | "max";
  /** Everything before this goes in at once, epoch ns. */
  readonly unpacedUntilNs: bigint;
  readonly signal: AbortSignal;
  readonly sink: FeedSink;
  /** After every step, of at most 1,000 records. */
  readonly onStep: () => void;
}

/**
 * Hands the records of a file on as their time comes, to the end or until the signal aborts. The
 * first one after the unpaced stretch sets the clock; a snapshot does not wait.
 *
 * @throws {DbnError} When the file is damaged; what came before it was delivered.
 */
export async function play(feed: ReplayFeed, options: PlaybackOptions): Promise<void> {
  const { clock, speed, unpacedUntilNs, signal, sink, onStep } = options;
  const pace = new Pace(() => clock.nowMs(), NS_PER_MS, speed);
  while (!signal.aborted) {
    const dueNs = pace.due(LEAST_WAIT_MS);
    const dueAtNs = unpacedUntilNs + BigInt(Number.isNaN(dueNs) ? 0 : dueNs);
    const untilNs = speed === "max" ? FOREVER_NS : dueAtNs;
    const got = await feed.pull(untilNs, RECORDS_PER_STEP, sink);
    onStep();
    if (got === "ended") return;
    if (got === "more" || speed === "max") continue;
    if (feed.nextNs === null) {
      await feed.pull(FOREVER_NS, 1, sink);
      continue;
    }
    const nextNs = Number(feed.nextNs - unpacedUntilNs);
    if (Number.isNaN(dueNs)) pace.rebase(nextNs);
    await clock.sleep(Math.max(0, pace.msUntil(nextNs)), signal);
  }
}
