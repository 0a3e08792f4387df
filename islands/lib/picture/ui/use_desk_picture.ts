import { computed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { GridPicture, PlotArea } from "../../canvas/mod.ts";
import { type BadgeState, isPageKey, type PaneFace, type PaneProps } from "../../pane/mod.ts";
import type { PictureDriver } from "../picture_driver.ts";

/** What makes a picture a pane of a desk. */
export interface DeskPicture extends PaneProps {
  readonly driver: PictureDriver<GridPicture<PlotArea>>;
  readonly health: () => BadgeState;
  readonly savePicture: () => void;
  /** Hears what the frame is to say of it. */
  readonly tell: (face: PaneFace) => void;
  /** Puts back how it looked, and listens to keys that it may take. Returns the undo. */
  readonly begin: (mayTake: (key: string) => boolean) => () => void;
}

/** A picture as a pane: its frame tells of it, it obeys the desk's clock, its keys work while it has the focus. */
export function useDeskPicture(
  { desk, node, driver, health, savePicture, tell, begin }: DeskPicture,
): void {
  useEffect(() => {
    const provenance = computed(() => {
      const shown = driver.provenance.value;
      const isReplay = desk.clock.mode.value === "replay";
      return shown !== null && isReplay ? { ...shown, isReplay } : shown;
    });
    const exports = [["Save picture", savePicture]] as const;
    tell({ screen: driver.screen, read: health, provenance, exports });
  }, []);
  // What the desk's clock says is obeyed in the very next frame.
  useEffect(() => desk.clock.mode.subscribe(() => driver.wake()), []);
  useEffect(() => desk.clock.reading.subscribe(() => driver.wake()), []);
  useEffect(() =>
    begin((key) => {
      const pane = desk.focusedPane();
      return pane?.key === node.key && desk.overlays.value.length === 0 && !isPageKey(key) &&
        !desk.kinds.some((kind) => kind.key === key);
    }), []);
}
