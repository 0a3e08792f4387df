import { useMemo } from "preact/hooks";
import type { PaneFace, PaneProps } from "../../pane/mod.ts";
import { useDeskPicture } from "../../picture/ui/mod.ts";
import { createActions } from "../actions.ts";
import { attachKeyboard } from "../keyboard.ts";
import { restoreLook } from "../memory.ts";
import { createState } from "../state.ts";
import { ownSurfaces, SurfaceDriver } from "../surface_driver.ts";
import { GammaPanel, SurfacePane } from "../ui/mod.ts";

/** What the view is made with: `tell` hears what the frame is to say of it. */
export interface SurfaceDeskViewProps extends PaneProps {
  readonly tell: (face: PaneFace) => void;
}

/** The surfaces as a pane. Its keys work while it has the focus; a replay shows what the page keeps. */
export function SurfaceDeskView({ desk, node, tell }: SurfaceDeskViewProps) {
  const { driver, actions } = useMemo(() => {
    const replayTs = () => desk.clock.mode.peek() === "live" ? null : desk.clock.now();
    const driver = new SurfaceDriver(createState(null), replayTs);
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
      restoreLook(state, null);
      driver.repaint();
      return attachKeyboard(driver, actions, mayTake);
    },
  });
  const notice = state.notice.value;
  return (
    <div class="terminal embedded surfaces-page">
      <div class="panes">
        <SurfacePane driver={driver} actions={actions} source={() => ownSurfaces(desk.bundleUrl)} />
        <GammaPanel driver={driver} actions={actions} />
      </div>
      {notice !== null && (
        <div class="notice" role="alert">
          <p>{notice}</p>
          <button type="button" onClick={() => state.notice.value = null}>Close</button>
        </div>
      )}
    </div>
  );
}
