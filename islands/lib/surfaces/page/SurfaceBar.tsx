import { FeedName, PictureBar } from "../../picture/page/mod.ts";
import type { SurfaceDriver } from "../surface_driver.ts";

/** Product, instrument, exchange clock and health. */
export function SurfaceBar({ driver }: { readonly driver: SurfaceDriver }) {
  const { state } = driver;
  state.beat.value;
  return (
    <PictureBar
      driver={driver}
      page="/surfaces"
      nowMs={driver.nowMs()}
      health={() => driver.health()}
    >
      <span class="feed-name">
        <FeedName feed={state.feed.value} />
      </span>
    </PictureBar>
  );
}
