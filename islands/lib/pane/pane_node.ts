/** Colour groups that link panes: panes of one group look at the same symbol. */
export const GROUP_COLOURS = ["blue", "amber", "green", "violet"] as const;
/** A colour group. */
export type GroupColour = (typeof GROUP_COLOURS)[number];

/** A pane of the grid. */
export interface PaneNode {
  readonly kind: "pane";
  /** Unique in its layout. */
  readonly key: string;
  /** What it shows: the id of a kind of pane. */
  readonly pane: string;
  readonly group: GroupColour | null;
  /** Settings of its own as a query string; the pane knows what they mean. */
  readonly settings: string;
}
