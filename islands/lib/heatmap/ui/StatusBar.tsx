import type { ComponentChildren } from "preact";
import { compact, fixed, percent, spanText } from "../../text/mod.ts";
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
      <Item label="Feed">
        {feed === null ? "–" : feed.kind === "replay" ? feed.name : "synthetic"}
      </Item>
      <Item label="Instrument">{feed?.symbol || "–"}</Item>
      <Item label="Speed">
        {feed === null ? "–" : feed.speed === "max" ? "max" : `${feed.speed}×`}
      </Item>
      <Item label="Bins">
        {feed === null ? "–" : `${fixed(feed.binsPerSecond, 1)}/s`}
        {config !== null && ` of ${config.cellMs} ms`}
      </Item>
      <Item label="Events">{feed === null ? "–" : `${compact(feed.eventsPerSecond)}/s`}</Item>
      <Item label="Lag" warn={(feed?.lagMs ?? 0) > 1_000}>
        {feed === null ? "–" : spanText(Math.max(0, feed.lagMs))}
      </Item>
      <Item label="Dropped" warn={dropped > 0}>{`${fixed(dropped, 0)} bins`}</Item>
      {rejected > 0 && <Item label="Rejected" warn>{`${fixed(rejected, 0)} frames`}</Item>}
      <Item label="Book" warn={valid === false}>
        {valid === null ? "–" : valid ? "✓ valid" : "▲ invalid"}
      </Item>
      <span class="grow" />
      <Item label="Seen by velocities">
        {feed === null || feed.events === 0
          ? "–"
          : `add ${percent(feed.coverage.add)} · pull ${percent(feed.coverage.pull)} · fill ${
            percent(feed.coverage.fill)
          }`}
      </Item>
      <Item label="Model">{feed?.model ?? "–"}</Item>
    </footer>
  );
}

function Item(
  { label, warn = false, children }: {
    readonly label: string;
    readonly warn?: boolean;
    readonly children: ComponentChildren;
  },
) {
  return (
    <span class={warn ? "item warn" : "item"}>
      <span class="name">{label}</span> <span class="mono">{children}</span>
    </span>
  );
}
