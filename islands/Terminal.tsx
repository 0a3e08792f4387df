import { useEffect, useMemo } from "preact/hooks";
import type { FeedState } from "../modules/feed/contract.ts";
import {
  attachKeyboard,
  createActions,
  createState,
  rememberedPalette,
  streamUrl,
  type Tab,
  Terminal as Clockwork,
  type TerminalState,
} from "./lib/heatmap/mod.ts";
import { ExperimentTab, restoreExperiment } from "./lib/heatmap/experiment/mod.ts";
import {
  CellTable,
  FeedDialog,
  HeatmapPane,
  HelpSheet,
  Icon,
  type IconName,
  Rail,
  ReplayBar,
  SideTabs,
  SignalPanel,
  StatusBar,
  TopBar,
} from "./lib/heatmap/ui/mod.ts";

/** What the server knows when it renders the page. */
export interface TerminalProps {
  readonly feed: FeedState | null;
}

declare global {
  /** Drawing costs and geometry of the running page, for tests and the curious. */
  var __lotus: {
    /** What drawing cost in the last frames, ms. */
    frameStats(): unknown;
    resetFrameStats(): void;
    /** Where the newest column lies: view, layout and bin number, see islands/lib/canvas/geometry.ts. */
    geometry(): unknown;
    /** Blend of the signals in the newest columns, oldest first. */
    composites(columns: number): number[];
  } | undefined;
}

/** The heatmap on a page of its own: picture, signals, feed controls. */
export default function Terminal({ feed }: TerminalProps) {
  const { terminal, actions } = useMemo(() => {
    const terminal = new Clockwork(createState(feed));
    return { terminal, actions: createActions(terminal) };
  }, []);
  const { state } = terminal;
  useEffect(() => {
    const palette = rememberedPalette();
    if (palette !== null) {
      state.palette.value = palette;
      terminal.repaint();
    }
    void restoreExperiment(terminal, true);
    globalThis.__lotus = {
      frameStats: () => terminal.stats.summary(),
      resetFrameStats: () => terminal.stats.reset(),
      composites: (columns) => {
        const store = terminal.history?.store;
        if (!store || store.last < 0) return [];
        const first = Math.max(store.first, store.last - columns + 1);
        return Array.from(
          { length: store.last - first + 1 },
          (_, i) => store.composite[store.slot(first + i)]!,
        );
      },
      geometry: () => {
        const { heatmap, history } = terminal;
        const store = history?.store;
        if (!heatmap || !store || store.last < 0) return null;
        const newestBin = store.binSeq[store.slot(store.last)];
        return { view: heatmap.view, layout: heatmap.layout, last: store.last, newestBin };
      },
    };
    return attachKeyboard(terminal, actions);
  }, []);
  const tab = state.tab.value;
  return (
    <div class="terminal" data-tab={tab}>
      <TopBar terminal={terminal} />
      <Rail state={state} actions={actions} />
      <main class="panes">
        <HeatmapPane
          terminal={terminal}
          actions={actions}
          streamUrl={typeof location === "undefined" ? "" : streamUrl()}
        />
        <aside class="pane side" aria-label="Signals and table">
          <SideTabs state={state} />
          <SignalPanel terminal={terminal} />
          <ExperimentTab terminal={terminal} inLink />
          <CellTable terminal={terminal} />
        </aside>
      </main>
      <ReplayBar terminal={terminal} actions={actions} />
      <StatusBar terminal={terminal} />
      <Tabs state={state} />
      <Notice state={state} />
      <HelpSheet state={state} />
      <FeedDialog terminal={terminal} />
    </div>
  );
}

const TABS: readonly (readonly [Tab, string, IconName])[] = [
  ["heatmap", "Heatmap", "heatmap"],
  ["signals", "Signals", "signals"],
  ["experiment", "Experiment", "experiment"],
  ["table", "Table", "table"],
];

/** The panes of the narrow layout, within reach of a thumb. */
function Tabs({ state }: { readonly state: TerminalState }) {
  return (
    <nav class="tabs" aria-label="Panes">
      {TABS.map(([tab, label, icon]) => (
        <button
          key={tab}
          type="button"
          aria-current={state.tab.value === tab ? "page" : undefined}
          onClick={() => state.tab.value = tab}
        >
          <Icon name={icon} />
          {label}
        </button>
      ))}
      <button type="button" aria-haspopup="dialog" onClick={() => state.feedOpen.value = true}>
        <Icon name="feed" />
        Feed
      </button>
    </nav>
  );
}

/** What went wrong last, until it is closed. */
function Notice({ state }: { readonly state: TerminalState }) {
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
