import { useEffect, useMemo } from "preact/hooks";
import type { FeedState } from "../modules/feed/contract.ts";
import type { ScreenAge } from "./lib/clock/mod.ts";
import { type IconName, News } from "./lib/pane/mod.ts";
import {
  attachKeyboard,
  createActions,
  createState,
  ownSurfaces,
  restoreLook,
  SurfaceDriver,
  type SurfaceTab,
} from "./lib/surfaces/mod.ts";
import { PictureRail, PictureTabs } from "./lib/picture/page/mod.ts";
import { SurfaceBar, SurfaceHelp, SurfaceStatus } from "./lib/surfaces/page/mod.ts";
import { GammaPanel, SurfacePane } from "./lib/surfaces/ui/mod.ts";

/** What the server knows when it renders the page. */
export interface SurfacesPageProps {
  readonly feed: FeedState | null;
}

declare global {
  /** Drawing costs and geometry of the running page, for tests and the curious. */
  var __lotusSurfaces: {
    /** What drawing cost in the last frames, ms. */
    frameStats(): unknown;
    resetFrameStats(): void;
    /** Seconds kept, and how the picture lies; null while there is none. */
    geometry(): unknown;
    readonly screen: ScreenAge;
  } | undefined;
}

/** The surfaces on a page of their own: picture, gamma, quality. */
export default function SurfacesPage({ feed }: SurfacesPageProps) {
  const { driver, actions } = useMemo(() => {
    const driver = new SurfaceDriver(createState(feed));
    return { driver, actions: createActions(driver) };
  }, []);
  const { state } = driver;
  useEffect(() => {
    restoreLook(state, new URLSearchParams(location.search));
    driver.repaint();
    globalThis.__lotusSurfaces = {
      screen: driver.screen,
      frameStats: () => driver.stats.summary(),
      resetFrameStats: () => driver.stats.reset(),
      geometry: () => {
        const { picture: view, store } = driver;
        if (view === null || store.last < 0) return null;
        const { first, last } = store;
        const seconds = Array.from({ length: last - first + 1 }, (_, i) => first + i);
        const coming = seconds.filter((second) => store.isOnTheWay(second)).length;
        return { view: view.view, layout: view.layout, first, last, coming };
      },
    };
    return attachKeyboard(driver, actions);
  }, []);
  const notice = state.notice.value;
  return (
    <div class="terminal surfaces-page" data-view={state.tab.value}>
      <SurfaceBar driver={driver} />
      <PictureRail page="/surfaces" state={state} actions={actions} />
      <main class="panes">
        <SurfacePane
          driver={driver}
          actions={actions}
          source={() => ownSurfaces(import.meta.url)}
        />
        <GammaPanel driver={driver} actions={actions} />
      </main>
      <SurfaceStatus driver={driver} />
      <PictureTabs tab={state.tab} tabs={TABS} />
      {notice !== null && (
        <div class="notice" role="alert">
          <p>{notice}</p>
          <button type="button" onClick={() => state.notice.value = null}>Close</button>
        </div>
      )}
      <News news={state.news} />
      <SurfaceHelp state={state} />
    </div>
  );
}

const TABS: readonly (readonly [SurfaceTab, string, IconName])[] = [
  ["surfaces", "Surfaces", "surfaces"],
  ["gamma", "Gamma", "signals"],
];
