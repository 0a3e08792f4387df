import { compact, fixed, percent, spanText } from "../../text/mod.ts";
import { StatusItem } from "../../pane/mod.ts";
import type { HeatmapDriver } from "../heatmap_driver.ts";

/** The line of figures at the bottom: where the data comes from and how well it flows. */
export function StatusBar({ driver }: { readonly driver: HeatmapDriver }) {
  const { state } = driver;
  state.beat.value;
  const feed = state.feed.value;
  const config = state.config.value;
  const store = driver.history?.store;
  const valid = store !== undefined && store.last >= 0
    ? store.bookValid[store.slot(store.last)] === 1
    : null;
  const dropped = state.dropped.value;
  const rejected = state.rejected.value;
  return (
    <footer class="status">
      <StatusItem label="Feed">
        {feed === null ? "–" : feed.kind === "replay" ? feed.name : "synthetic"}
      </StatusItem>
      <StatusItem label="Instrument">{feed?.symbol || "–"}</StatusItem>
      <StatusItem label="Speed">
        {feed === null ? "–" : feed.speed === "max" ? "max" : `${feed.speed}×`}
      </StatusItem>
      <StatusItem label="Bins">
        {feed === null ? "–" : `${fixed(feed.binsPerSecond, 1)}/s`}
        {config !== null && ` of ${config.cellMs} ms`}
      </StatusItem>
      <StatusItem label="Events">
        {feed === null ? "–" : `${compact(feed.eventsPerSecond)}/s`}
      </StatusItem>
      <StatusItem label="Lag" warn={(feed?.lagMs ?? 0) > 1_000}>
        {feed === null ? "–" : spanText(Math.max(0, feed.lagMs))}
      </StatusItem>
      <StatusItem label="Dropped" warn={dropped > 0}>{`${fixed(dropped, 0)} bins`}</StatusItem>
      {rejected > 0 && (
        <StatusItem label="Rejected" warn>{`${fixed(rejected, 0)} frames`}</StatusItem>
      )}
      <StatusItem label="Book" warn={valid === false}>
        {valid === null ? "–" : valid ? "✓ valid" : "▲ invalid"}
      </StatusItem>
      <span class="grow" />
      <StatusItem label="Seen by velocities">
        {feed === null || feed.events === 0
          ? "–"
          : `add ${percent(feed.coverage.add)} · pull ${percent(feed.coverage.pull)} · fill ${
            percent(feed.coverage.fill)
          }`}
      </StatusItem>
      <StatusItem label="Model">{feed?.model ?? "–"}</StatusItem>
    </footer>
  );
}
