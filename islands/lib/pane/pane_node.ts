/** Colour groups that link panes: panes of one group look at the same symbol. */
export const GROUP_COLOURS = ["blue", "amber", "green", "violet"] as const;
/** A colour group. */
export type GroupColour = (typeof GROUP_COLOURS)[number];

/** What a colour group looks at. */
export interface GroupLook {
  readonly symbols: readonly string[];
  /** Key of the pane in which a row was chosen, which does not follow itself; null: all follow. */
  readonly chosenIn: string | null;
}
/** What each group looks at; a group that is not there looks at the symbols of the page. */
export type GroupLooks = Readonly<Partial<Record<GroupColour, GroupLook>>>;

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
