import type { ComponentChildren } from "preact";
import type { Desk, PaneLabel } from "./desk.ts";
import type { PaneNode } from "./pane_node.ts";

/** What every pane is made with. */
export interface PaneProps<D extends Desk = Desk> {
  readonly desk: D;
  readonly node: PaneNode;
}

/** A kind of pane that can stand in the grid. */
export interface PaneKind<D extends Desk = Desk> extends PaneLabel {
  readonly component: (props: PaneProps<D>) => ComponentChildren;
}
