import type { FeedPhase, FeedState } from "../../modules/feed/contract.ts";
import type { Market } from "./market.ts";
import type { MarketSpec } from "./protocol.ts";

interface Parts {
  readonly spec: MarketSpec | null;
  readonly market: Market | null;
  readonly phase: FeedPhase;
  readonly message: string | null;
  readonly speed: number | "max";
  readonly eventsPerSecond: number;
  readonly binsPerSecond: number;
  readonly lagMs: number;
  /** Time that is due, ns offset; NaN before it is known. */
  readonly dueNs: number;
  /** Exchange time per wall time. */
  readonly rate: number;
  /** Wall clock, epoch ms. */
  readonly atMs: number;
  /** Unpaced stretch under way, ns offsets. */
  readonly goal: { readonly fromNs: number; readonly toNs: number } | null;
}

function nameOf(spec: MarketSpec | null): string {
  return spec?.source.split(/[\\/]/).at(-1) ?? "";
}

function progressOf(market: Market | null, goal: Parts["goal"]): number | null {
  if (market === null || goal === null) return null;
  const span = goal.toNs - goal.fromNs;
  const done = market.closedUntilNs - goal.fromNs;
  return span > 0 && done >= 0 ? Math.min(1, done / span) : 0;
}

/** The feed's state as clients see it. */
export function feedState(parts: Parts): FeedState {
  const { spec, market } = parts;
  const closed = market?.closedUntilNs ?? NaN;
  return {
    kind: spec?.source === "synthetic" ? "synthetic" : "replay",
    isSynthetic: market?.feed.isSynthetic ?? spec?.source === "synthetic",
    phase: parts.phase,
    name: nameOf(spec),
    symbol: market?.feed.symbol ?? "",
    model: market?.model ?? spec?.model ?? "complete",
    speed: parts.speed,
    regime: market?.regime.name ?? null,
    regimeHeld: market?.regime.held ?? false,
    seed: spec?.source === "synthetic" ? spec.seed : null,
    startNs: market?.startNs?.toString() ?? null,
    endNs: market?.feed.endNs?.toString() ?? null,
    nowNs: market !== null && !Number.isNaN(closed)
      ? (market.baseNs + BigInt(closed)).toString()
      : null,
    clock: market !== null && !Number.isNaN(parts.dueNs)
      ? {
        dueNs: (market.baseNs + BigInt(Math.round(parts.dueNs))).toString(),
        atMs: parts.atMs,
        rate: parts.rate,
      }
      : null,
    events: market?.eventCount ?? 0,
    bins: market?.binCount ?? 0,
    eventsPerSecond: parts.eventsPerSecond,
    binsPerSecond: parts.binsPerSecond,
    lagMs: parts.lagMs,
    coverage: market?.coverage() ?? { add: 0, pull: 0, fill: 0 },
    progress: progressOf(market, parts.goal),
    message: parts.message,
  };
}

/** The state of a feed that failed before it had one. */
export function failedState(spec: MarketSpec, message: string): FeedState {
  return feedState({
    spec,
    market: null,
    phase: "error",
    message,
    speed: spec.speed,
    eventsPerSecond: 0,
    binsPerSecond: 0,
    lagMs: 0,
    dueNs: NaN,
    rate: 0,
    atMs: 0,
    goal: null,
  });
}
