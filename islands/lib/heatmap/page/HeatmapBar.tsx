import { EXCHANGE_ZONE_LABEL, exchangeClock, exchangeDate } from "../../text/mod.ts";
import { PagesMenu } from "../../pane/mod.ts";
import type { HealthKind } from "../health.ts";
import type { HeatmapDriver } from "../heatmap_driver.ts";

const SHAPES: Readonly<Record<HealthKind, string>> = {
  loading: "○",
  live: "●",
  late: "◐",
  stale: "◌",
  invalid: "▲",
  paused: "❚❚",
  seeking: "»",
  ended: "■",
  reconnecting: "↻",
  replay: "◷",
  error: "✕",
};

/** Product, feed, instrument, exchange clock and health. */
export function HeatmapBar({ driver }: { readonly driver: HeatmapDriver }) {
  const { state } = driver;
  state.beat.value;
  const feed = state.feed.value;
  const health = driver.health();
  const nowMs = driver.nowMs();
  return (
    <header class="top">
      <PagesMenu current="/heatmap" />
      <h1 class="brand">Lotus</h1>
      <button
        type="button"
        class="feed-name"
        onClick={() => state.feedOpen.value = true}
        title="Choose a feed (J)"
      >
        <strong>{feed?.symbol || "No instrument"}</strong>
        <span>{feed === null ? "no feed" : feed.kind === "replay" ? "Replay" : "Synthetic"}</span>
        {feed?.kind === "replay" && <span class="file">{feed.name}</span>}
      </button>
      <span class="grow" />
      <time
        class="clock mono"
        title={nowMs === null
          ? ""
          : `${new Date(nowMs).toISOString().slice(0, 23).replace("T", " ")} UTC`}
      >
        <span class="date">{nowMs === null ? "" : exchangeDate(nowMs)}</span>
        {nowMs === null ? "--:--:--" : exchangeClock(nowMs)}
        <abbr title="New York time">{EXCHANGE_ZONE_LABEL}</abbr>
      </time>
      <span class="health" role="status" data-kind={health.kind}>
        <span aria-hidden="true">{SHAPES[health.kind]}</span>
        {health.label}
      </span>
    </header>
  );
}
