import type { ComponentChildren } from "preact";
import type { ReadonlySignal } from "@preact/signals";
import type { Provenance } from "../../../modules/kit/contract.ts";
import type { ScreenAge } from "../clock/mod.ts";
import type { BadgeState } from "./ScreenBadge.tsx";
import type { Desk, PaneLabel } from "./desk.ts";
import type { PaneNode } from "./pane_node.ts";

/** What every pane is made with. */
export interface PaneProps<D extends Desk = Desk> {
  readonly desk: D;
  readonly node: PaneNode;
}

/** What a view that is fetched when it is first shown tells the frame around it. */
export interface PaneFace {
  readonly screen: ScreenAge;
  /** What is true of the picture. */
  readonly read: () => BadgeState;
  readonly provenance: ReadonlySignal<Provenance | null>;
  readonly exports: readonly (readonly [string, () => void])[];
}

/** A kind of pane that can stand in the grid. */
export interface PaneKind<D extends Desk = Desk> extends PaneLabel {
  readonly component: (props: PaneProps<D>) => ComponentChildren;
}
