import { newYorkDate } from "../../engine/clock/mod.ts";
import { EMBEDDED_MARKET, feedProvenance, type Provenance } from "../../modules/kit/mod.ts";
import { systemClock } from "../kit/mod.ts";
import type { LatencySummary } from "../market/latency/mod.ts";
import type { State } from "./state.ts";

/** How a part of the process is: in order, worth a look, or broken. */
export type StatusMark = "ok" | "warn" | "bad" | "plain";

/** One figure of the status page. */
export interface StatusRow {
  readonly name: string;
  readonly value: string;
  readonly mark: StatusMark;
}

/** Figures that belong together. */
export interface StatusGroup {
  readonly title: string;
  readonly rows: readonly StatusRow[];
  /** Whose market the figures are of; absent where they are of none, or it is not known yet. */
  readonly of?: Provenance | null;
  /** One sentence below, or null. */
  readonly note: string | null;
}

/** Lag from which the feed or the tape is worth a look, ms. */
const LATE_MS = 1_000;

function row(name: string, value: string, mark: StatusMark = "plain"): StatusRow {
  return { name, value, mark };
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en-US").replaceAll(",", "\u2009");
}

/** A stretch of time for people: two of days, hours, minutes and seconds. */
export function uptimeText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(whole / 86_400), "d"],
    [Math.floor(whole / 3_600) % 24, "h"],
    [Math.floor(whole / 60) % 60, "min"],
    [whole % 60, "s"],
  ];
  const first = parts.findIndex(([value]) => value > 0);
  const shown = first < 0 ? parts.slice(-1) : parts.slice(first, first + 2);
  return shown.map(([value, unit]) => `${value} ${unit}`).join(" ");
}

/** Everything that the status page shows of the process, asked now. */
export async function statusOf(
  state: State,
  uptimeSeconds: number,
): Promise<readonly StatusGroup[]> {
  return [
    processGroup(state, uptimeSeconds),
    feedGroup(state),
    latencyGroup(state.market.session.latency),
    tapeGroup(state),
    await storeGroup(state),
    socketGroup(state),
  ];
}

function processGroup(_state: State, uptimeSeconds: number): StatusGroup {
  const memory = Deno.memoryUsage();
  const mib = (bytes: number) => `${count(bytes / 1_048_576)} MiB`;
  return {
    title: "Process",
    rows: [
      row("Up", uptimeText(uptimeSeconds)),
      row("Resident memory", mib(memory.rss)),
      row("Heap of the main thread", mib(memory.heapUsed)),
      row("Deno", Deno.version.deno),
    ],
    note: null,
  };
}

function feedGroup({ market }: State): StatusGroup {
  const feed = market.session.state;
  const { lastBinAgeMs } = market;
  const { ok: ready } = market.readiness();
  const phase = feed?.phase ?? "opening";
  const lagMs = feed?.lagMs ?? 0;
  return {
    title: "Feed",
    of: feed === null ? null : feedProvenance(feed, (ns) => newYorkDate(BigInt(ns))),
    rows: [
      row("Source", feed === null ? "none yet" : `${feed.name}, ${feed.symbol || "no symbol"}`),
      row("Phase", phase, phase === "error" ? "bad" : ready || phase !== "live" ? "ok" : "warn"),
      row("Bins per second", (feed?.binsPerSecond ?? 0).toFixed(1)),
      row("Events per second", count(feed?.eventsPerSecond ?? 0)),
      row("Behind its clock", `${count(lagMs)} ms`, lagMs > LATE_MS ? "warn" : "ok"),
      row("Newest bin", lastBinAgeMs === null ? "none yet" : `${count(lastBinAgeMs)} ms ago`),
    ],
    note: feed?.message ?? null,
  };
}

function latencyGroup(latency: LatencySummary | null): StatusGroup {
  const title = "Producer latency";
  if (latency === null) {
    const note = "Not measured: name a file in LOTUS_LATENCY_FILE and start again.";
    return { title, rows: [], note };
  }
  const us = (value: number | undefined) =>
    value === undefined
      ? "–"
      : value < 1_000
      ? `${value.toFixed(0)} µs`
      : `${(value / 1_000).toFixed(2)} ms`;
  const total = latency.lastIngestToQueuePutDoneUs;
  const block = latency.queueBlockUs;
  return {
    title,
    rows: [
      row("Last event to hand-over, p50", us(total?.p50)),
      row("Last event to hand-over, p95", us(total?.p95)),
      row("Last event to hand-over, p99", us(total?.p99)),
      row("Hand-over alone, p50", us(block?.p50)),
      row("Hand-over alone, p95", us(block?.p95)),
      row("Hand-over alone, p99", us(block?.p99)),
      row("Bins measured", count(latency.bins)),
      row("File", latency.writes ? "written" : "given up", latency.writes ? "ok" : "bad"),
    ],
    note: null,
  };
}

function tapeGroup({ tapeService: tape }: State): StatusGroup {
  const { ready, phase, lagMs } = tape.readiness();
  const { perSecond, gaps } = tape.figures();
  const channels = Object.entries(tape.health());
  const stale = channels.filter(([, health]) => !health.healthy).map(([name]) => name);
  const { message } = tape.status();
  const making = tape.making();
  // While the past is made the tape is late by design, which is neither in order nor worth a look.
  const markOf = (isOk: boolean) => isOk ? "ok" : making === null ? "warn" : "plain";
  return {
    title: "Tape",
    of: {
      ...EMBEDDED_MARKET,
      instrument: "all symbols",
      date: newYorkDate(systemClock.wallNs()),
    },
    rows: [
      row("Phase", phase, phase === "failed" ? "bad" : markOf(ready)),
      row("Rows per second", count(perSecond)),
      row("Behind its clock", `${count(lagMs)} ms`, markOf(lagMs <= LATE_MS)),
      row(
        "Fresh channels",
        `${channels.length - stale.length} of ${channels.length}`,
        markOf(stale.length === 0 || phase === "off"),
      ),
      row("Gaps in the history", count(gaps), gaps === 0 ? "ok" : "warn"),
    ],
    note: message ?? making?.message ??
      (stale.length > 0 && phase !== "off" ? `Stale: ${stale.join(", ")}.` : null),
  };
}

async function storeGroup({ readiness, tapeService }: State): Promise<StatusGroup> {
  const checks = await readiness.look();
  const { stored, lost, failures, storeDelayMs, queued } = tapeService.figures();
  const store = checks["store"];
  return {
    title: "Store",
    rows: [
      row("State", store?.detail ?? "not checked", store?.ok === false ? "bad" : "ok"),
      row("Rows stored", count(stored)),
      row("Rows lost", count(lost), lost === 0 ? "ok" : "bad"),
      row("Refused writes", count(failures), failures === 0 ? "ok" : "warn"),
      row("Last batch took", `${storeDelayMs.toFixed(1)} ms`),
      row("Batches that wait", count(queued)),
    ],
    note: null,
  };
}

function socketGroup({ market, tapeService, sockets, live, streams, replays }: State): StatusGroup {
  const { clients, replays: privateReplays } = market.streams;
  const { dropped } = market.session;
  const rowsDropped = tapeService.rows.dropped;
  return {
    title: "Sockets",
    rows: [
      row("Heatmap streams", count(clients)),
      row("Heatmap replays of one client", count(privateReplays)),
      row(
        "Bins of this feed left out for slow readers",
        count(dropped),
        dropped === 0 ? "ok" : "warn",
      ),
      row("Tape sockets", count(live.clients + streams.clients + replays.sockets)),
      row("Tape replays", count(replays.count)),
      row("Refused at a limit", count(sockets.refused), sockets.refused === 0 ? "ok" : "warn"),
      row(
        "Rows left out for slow readers",
        count(rowsDropped),
        rowsDropped === 0 ? "ok" : "warn",
      ),
    ],
    note: null,
  };
}
