import type { Desk } from "../pane/mod.ts";
import type { EventMarks } from "./event_marks.ts";
import type { FirstRows } from "./first_rows.ts";
import type { TapeHub } from "./hub.ts";

/** What a tape's pane gets of its page beyond what every pane gets. */
export interface TapeDesk extends Desk {
  readonly hub: TapeHub;
  readonly marks: EventMarks;
  /** What the server rendered, until the first rows come. */
  readonly first: FirstRows;
}
