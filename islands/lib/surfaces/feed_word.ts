import type { FeedState } from "../../../modules/feed/contract.ts";
import { feedProvenance, type Provenance } from "../../../modules/kit/contract.ts";
import type { Motion } from "../clock/mod.ts";
import { exchangeDate, nsToMs } from "../text/mod.ts";

/** What the page needs to know of the feed. */
export type FeedWord = Pick<
  FeedState,
  | "kind"
  | "isSynthetic"
  | "phase"
  | "name"
  | "symbol"
  | "speed"
  | "startNs"
  | "endNs"
  | "nowNs"
  | "clock"
  | "progress"
  | "message"
>;

const PHASES = ["opening", "live", "paused", "seeking", "ended", "error"] as const;

/** Asks the server for the state of its feed; null while it has none or cannot be asked. */
export async function askFeed(signal: AbortSignal): Promise<FeedWord | null> {
  try {
    const response = await fetch("/v1/feed", { signal });
    return response.ok ? feedWordOf(await response.json()) : null;
  } catch {
    return null; // the link tells that the server is gone
  }
}

/** Reads a state; null when it is none. */
export function feedWordOf(value: unknown): FeedWord | null {
  if (typeof value !== "object" || value === null) return null;
  const from = value as Readonly<Record<string, unknown>>;
  const phase = PHASES.find((name) => name === from["phase"]);
  const { kind, isSynthetic, name, symbol } = from;
  const isKnown = (kind === "synthetic" || kind === "replay") && phase !== undefined;
  if (!isKnown || typeof name !== "string" || typeof symbol !== "string") return null;
  return {
    kind,
    isSynthetic: isSynthetic === true,
    phase,
    name,
    symbol,
    speed: typeof from["speed"] === "number" ? from["speed"] : "max",
    startNs: nsOf(from["startNs"]),
    endNs: nsOf(from["endNs"]),
    nowNs: nsOf(from["nowNs"]),
    clock: clockOf(from["clock"]),
    progress: typeof from["progress"] === "number" ? from["progress"] : null,
    message: typeof from["message"] === "string" ? from["message"] : null,
  };
}

function nsOf(value: unknown): string | null {
  return typeof value === "string" && /^\d{1,19}$/.test(value) ? value : null;
}

function clockOf(value: unknown): FeedWord["clock"] {
  if (typeof value !== "object" || value === null) return null;
  const { dueNs, atMs, rate } = value as Readonly<Record<string, unknown>>;
  const due = nsOf(dueNs);
  if (due === null || typeof atMs !== "number" || typeof rate !== "number") return null;
  return { dueNs: due, atMs, rate };
}

/** What moves the time of a feed. */
export function motionOf(feed: FeedWord | null): Motion {
  if (feed === null) return "opening";
  if (feed.phase === "live") return "runs";
  return feed.phase === "error" ? "failed" : feed.phase;
}

/** Whose market a feed shows; null while none is open. @param isReplay The page plays it again. */
export function marketOf(feed: FeedWord | null, isReplay: boolean): Provenance | null {
  const market = feed === null ? null : feedProvenance(feed, (ns) => exchangeDate(nsToMs(ns)));
  return market !== null && isReplay ? { ...market, isReplay } : market;
}
