import { computed } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { isPageKey, type PaneFace, type PaneProps } from "../../pane/mod.ts";
import { createActions, restorePalette } from "../actions.ts";
import { attachKeyboard } from "../keyboard.ts";
import { ExperimentTab, restoreExperiment } from "../experiment/mod.ts";
import { createState } from "../state.ts";
import { sharedMarket } from "../bin_source.ts";
import { HeatmapDriver } from "../heatmap_driver.ts";
import {
  CellTable,
  FeedGate,
  HeatmapPane,
  PrintsSide,
  ReplayBar,
  SideTabs,
  SignalPanel,
} from "../ui/mod.ts";

/** What the view is made with: `tell` hears what the frame is to say of it. */
export interface HeatmapViewProps extends PaneProps {
  readonly tell: (face: PaneFace) => void;
}

/** The heatmap as a pane: picture, signals, feed controls. Its keys work while it has the focus. */
export function HeatmapView({ desk, node, tell }: HeatmapViewProps) {
  const { driver, actions } = useMemo(() => {
    const driver = new HeatmapDriver(
      createState(null),
      () => desk.clock.mode.peek() === "live" ? null : desk.clock.now(),
    );
    return { driver, actions: createActions(driver) };
  }, []);
  const { state } = driver;
  useEffect(() => {
    const { screen } = driver;
    const provenance = computed(() => {
      const shown = driver.provenance.value;
      const isReplay = desk.clock.mode.value === "replay";
      return shown !== null && isReplay ? { ...shown, isReplay } : shown;
    });
    const exports = [["Save picture", actions.savePicture]] as const;
    tell({ screen, read: () => driver.health(), provenance, exports });
  }, []);
  // What the page's clock says is obeyed in the very next frame.
  useEffect(() => desk.clock.mode.subscribe(() => driver.wake()), []);
  useEffect(() => desk.clock.reading.subscribe(() => driver.wake()), []);
  useEffect(() => {
    restorePalette(driver);
    void restoreExperiment(driver, false);
    return attachKeyboard(driver, actions, (key) => {
      const pane = desk.focusedPane();
      return pane?.key === node.key && desk.overlays.value.length === 0 && !isPageKey(key) &&
        !desk.kinds.some((kind) => kind.key === key);
    });
  }, []);
  const notice = state.notice.value;
  return (
    <div class="terminal embedded" data-tab={state.tab.value}>
      <div class="panes">
        <HeatmapPane
          driver={driver}
          actions={actions}
          source={() => sharedMarket(desk.bundleUrl)}
        />
        <aside class="pane side" aria-label="Signals and table">
          <SideTabs state={state} />
          <SignalPanel driver={driver} />
          <ExperimentTab driver={driver} inLink={false} />
          <CellTable driver={driver} />
          <PrintsSide driver={driver} />
        </aside>
      </div>
      {desk.clock.mode.value === "live" && <ReplayBar driver={driver} actions={actions} />}
      {notice !== null && !state.feedOpen.value && (
        <div class="notice" role="alert">
          <p>{notice.text}</p>
          <button type="button" onClick={() => state.notice.value = null}>Close</button>
        </div>
      )}
      <FeedGate driver={driver} />
    </div>
  );
}
