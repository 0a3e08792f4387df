import type { ComponentType } from "preact";
import type { PaneNode, Workspace } from "../workspace/mod.ts";

/** What every pane is made with. */
export interface PaneProps {
  readonly workspace: Workspace;
  readonly node: PaneNode;
}

/** A kind of pane that can stand in the grid. */
export interface PaneKind {
  /** Name in layouts and links. */
  readonly id: string;
  readonly title: string;
  /** Title where space is short: the tabs of the narrow layout. */
  readonly short: string;
  /** Key that focuses the first pane of this kind. */
  readonly key: string;
  /** False for panes that the narrow layout offers in its menu only. */
  readonly hasTab: boolean;
  readonly component: ComponentType<PaneProps>;
}
