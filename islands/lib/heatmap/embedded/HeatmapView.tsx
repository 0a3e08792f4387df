import { useMemo } from "preact/hooks";
import type { PaneFace, PaneProps } from "../../pane/mod.ts";
import { useDeskPicture } from "../../picture/ui/mod.ts";
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
  useDeskPicture({
    desk,
    node,
    driver,
    health: () => driver.health(),
    savePicture: actions.savePicture,
    tell,
    begin: (mayTake) => {
      restorePalette(driver);
      void restoreExperiment(driver, false);
      return attachKeyboard(driver, actions, mayTake);
    },
  });
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
