import { stampWord } from "../../../../modules/kit/contract.ts";
import { PagesMenu, ScreenBadge } from "../../pane/mod.ts";
import { EXCHANGE_ZONE_LABEL, exchangeClock, exchangeDate } from "../../text/mod.ts";
import type { FeedWord } from "../feed_word.ts";
import type { SurfaceDriver } from "../surface_driver.ts";

/** Product, instrument, exchange clock and health. */
export function SurfaceBar({ driver }: { readonly driver: SurfaceDriver }) {
  const { state } = driver;
  state.beat.value;
  const feed = state.feed.value;
  const nowMs = driver.nowMs();
  return (
    <header class="top">
      <PagesMenu current="/surfaces" />
      <h1 class="brand">Lotus</h1>
      <span class="feed-name">
        <strong>{feed?.symbol || "No instrument"}</strong>
        <span>{feed === null ? "no feed" : kindOf(feed)}</span>
        {feed?.kind === "replay" && <span class="file">{feed.name}</span>}
      </span>
      <span class="grow" />
      <time
        class="clock mono"
        title={nowMs === null
          ? ""
          : `${new Date(nowMs).toISOString().slice(0, 19).replace("T", " ")} UTC`}
      >
        <span class="date">{nowMs === null ? "" : exchangeDate(nowMs)}</span>
        {nowMs === null ? "--:--:--" : exchangeClock(nowMs)}
        <abbr title="New York time">{EXCHANGE_ZONE_LABEL}</abbr>
      </time>
      <ScreenBadge class="health" screen={driver.screen} read={() => driver.health()} />
    </header>
  );
}

/** What kind of market it is, as its stamp says. */
function kindOf({ isSynthetic, kind }: FeedWord): string {
  const word = stampWord({ isSynthetic, isReplay: kind === "replay" });
  return word.charAt(0) + word.slice(1).toLowerCase();
}
