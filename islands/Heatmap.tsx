import { Icon, type IconName, News } from "./lib/pane/mod.ts";
import { useEffect, useMemo } from "preact/hooks";
import type { ScreenAge } from "./lib/clock/mod.ts";
import type { FeedState } from "../modules/feed/contract.ts";
import {
  attachKeyboard,
  COLUMN,
  createActions,
  createState,
  HeatmapDriver,
  type HeatmapState,
  restorePalette,
  sharedMarket,
  type Tab,
} from "./lib/heatmap/mod.ts";
import { ExperimentTab, restoreExperiment } from "./lib/heatmap/experiment/mod.ts";
import { PictureTabs } from "./lib/picture/page/mod.ts";
import { HeatmapBar, HelpSheet, lookAt, Rail, StatusBar } from "./lib/heatmap/page/mod.ts";
import {
  CellTable,
  FeedGate,
  HeatmapPane,
  PrintsSide,
  ReplayBar,
  SideTabs,
  SignalPanel,
} from "./lib/heatmap/ui/mod.ts";

/** What the server knows when it renders the page. */
export interface HeatmapPageProps {
  readonly feed: FeedState | null;
}

declare global {
  /** Drawing costs and geometry of the running page, for tests and the curious. */
  var __lotus: {
    /** What drawing cost in the last frames, ms. */
    frameStats(): unknown;
    resetFrameStats(): void;
    /** Where the newest column lies: view, layout and bin number, see islands/lib/canvas/view.ts. */
    geometry(): unknown;
    /** How old the picture is, and when it was drawn. */
    readonly screen: ScreenAge;
    /** Blend of the signals in the newest columns, oldest first. */
    composites(columns: number): number[];
  } | undefined;
}

/** The heatmap on a page of its own: picture, signals, feed controls. */
export default function HeatmapPage({ feed }: HeatmapPageProps) {
  const { driver, actions } = useMemo(() => {
    const driver = new HeatmapDriver(createState(feed));
    return { driver, actions: createActions(driver) };
  }, []);
  const { state } = driver;
  useEffect(() => {
    restorePalette(driver);
    void restoreExperiment(driver, true);
    const at = Number(new URLSearchParams(location.search).get("at") ?? NaN);
    if (at > 0) lookAt(driver, at);
    globalThis.__lotus = {
      screen: driver.screen,
      frameStats: () => driver.stats.summary(),
      resetFrameStats: () => driver.stats.reset(),
      composites: (columns) => {
        const store = driver.history?.store;
        if (!store || store.last < 0) return [];
        const first = Math.max(store.first, store.last - columns + 1);
        return Array.from(
          { length: store.last - first + 1 },
          (_, i) => store.composite[store.slot(first + i)]!,
        );
      },
      geometry: () => {
        const { picture: heatmap, history } = driver;
        const store = history?.store;
        if (!heatmap || !store || store.last < 0) return null;
        const newestBin = store.binSeq[store.slot(store.last)];
        const { first, last, length } = store;
        const holes = Array.from({ length }, (_, i) => store.kind[store.slot(first + i)])
          .filter((kind) => kind === COLUMN.GAP).length;
        return { view: heatmap.view, layout: heatmap.layout, last, length, holes, newestBin };
      },
    };
    return attachKeyboard(driver, actions);
  }, []);
  const tab = state.tab.value;
  return (
    <div class="terminal" data-tab={tab}>
      <HeatmapBar driver={driver} />
      <Rail state={state} actions={actions} />
      <main class="panes">
        <HeatmapPane
          driver={driver}
          actions={actions}
          source={() => sharedMarket(import.meta.url)}
        />
        <aside class="pane side" aria-label="Signals and table">
          <SideTabs state={state} />
          <SignalPanel driver={driver} />
          <ExperimentTab driver={driver} inLink />
          <CellTable driver={driver} />
          <PrintsSide driver={driver} />
        </aside>
      </main>
      <ReplayBar driver={driver} actions={actions} />
      <StatusBar driver={driver} />
      <Tabs state={state} />
      <Notice state={state} />
      <News news={state.news} />
      <HelpSheet state={state} />
      <FeedGate driver={driver} />
    </div>
  );
}

const TABS: readonly (readonly [Tab, string, IconName])[] = [
  ["heatmap", "Heatmap", "heatmap"],
  ["signals", "Signals", "signals"],
  ["experiment", "Experiment", "experiment"],
  ["table", "Table", "table"],
  ["prints", "Prints", "docs"],
];

/** The panes of the narrow layout, and the choice of a feed. */
function Tabs({ state }: { readonly state: HeatmapState }) {
  return (
    <PictureTabs tab={state.tab} tabs={TABS}>
      <button type="button" aria-haspopup="dialog" onClick={() => state.feedOpen.value = true}>
        <Icon name="feed" />
        Feed
      </button>
    </PictureTabs>
  );
}

/** What went wrong last, until it is closed. */
function Notice({ state }: { readonly state: HeatmapState }) {
  const notice = state.notice.value;
  if (notice === null || state.feedOpen.value) return null;
  return (
    <div class="notice" role="alert">
      <p>
        {notice.field !== null && <strong class="field">{notice.field}</strong>}
        {notice.text}
      </p>
      <button type="button" onClick={() => state.notice.value = null}>Close</button>
    </div>
  );
}
