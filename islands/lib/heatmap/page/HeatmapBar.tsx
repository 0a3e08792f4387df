import { FeedName, PictureBar } from "../../picture/page/mod.ts";
import type { HeatmapDriver } from "../heatmap_driver.ts";

/** Product, feed, instrument, exchange clock and health. */
export function HeatmapBar({ driver }: { readonly driver: HeatmapDriver }) {
  const { state } = driver;
  state.beat.value;
  return (
    <PictureBar
      driver={driver}
      page="/heatmap"
      nowMs={driver.nowMs()}
      health={() => driver.health()}
    >
      <button
        type="button"
        class="feed-name"
        onClick={() => state.feedOpen.value = true}
        title="Choose a feed (J)"
      >
        <FeedName feed={state.feed.value} />
      </button>
    </PictureBar>
  );
}
