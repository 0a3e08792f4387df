import type { ComponentChildren } from "preact";
import { stampWord } from "../../../../modules/kit/contract.ts";
import type { GridPicture, PlotArea } from "../../canvas/mod.ts";
import { type BadgeState, PagesMenu, ScreenBadge } from "../../pane/mod.ts";
import { EXCHANGE_ZONE_LABEL, exchangeClock, exchangeDate } from "../../text/mod.ts";
import type { PictureDriver } from "../picture_driver.ts";

/** What the bar is made with. */
export interface PictureBarProps {
  readonly driver: Pick<PictureDriver<GridPicture<PlotArea>>, "screen">;
  /** Path of the page. */
  readonly page: string;
  /** Exchange time reached, epoch ms; null while there is none. */
  readonly nowMs: number | null;
  readonly health: () => BadgeState;
  /** What names the feed. */
  readonly children: ComponentChildren;
}

/** Product, feed, exchange clock and health. */
export function PictureBar({ driver, page, nowMs, health, children }: PictureBarProps) {
  const utc = nowMs === null ? "" : new Date(nowMs).toISOString().slice(0, 23).replace("T", " ");
  return (
    <header class="top">
      <PagesMenu current={page} />
      <h1 class="brand">Lotus</h1>
      {children}
      <span class="grow" />
      <time class="clock mono" title={nowMs === null ? "" : `${utc} UTC`}>
        <span class="date">{nowMs === null ? "" : exchangeDate(nowMs)}</span>
        {nowMs === null ? "--:--:--" : exchangeClock(nowMs)}
        <abbr title="New York time">{EXCHANGE_ZONE_LABEL}</abbr>
      </time>
      <ScreenBadge class="health" screen={driver.screen} read={health} />
    </header>
  );
}

/** What a bar says of the feed. */
export interface NamedFeed {
  readonly symbol: string;
  readonly name: string;
  readonly kind: string;
  readonly isSynthetic: boolean;
}

/** Instrument, kind of market as its stamp says, and the file of a recording. */
export function FeedName({ feed }: { readonly feed: NamedFeed | null }) {
  return (
    <>
      <strong>{feed?.symbol || "No instrument"}</strong>
      <span>{feed === null ? "no feed" : kindOf(feed)}</span>
      {feed?.kind === "replay" && <span class="file">{feed.name}</span>}
    </>
  );
}

function kindOf({ isSynthetic, kind }: NamedFeed): string {
  const word = stampWord({ isSynthetic, isReplay: kind === "replay" });
  return word.charAt(0) + word.slice(1).toLowerCase();
}
