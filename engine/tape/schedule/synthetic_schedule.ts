import {
  type ControlState,
  type ControlTimeline,
  fixedTimeline,
  sessionById,
  SessionMarket,
} from "../../regime/mod.ts";
import type { Parent } from "../parent.ts";
import { SessionSchedule } from "./session_schedule.ts";

/**
 * Labelled parents of a session with all their prints, in order of time, at least up to `untilTs`.
 *
 * @param control One state, or the timeline of states. @param untilTs Epoch ms.
 * @throws {RangeError} When no session has this id.
 */
export function getSyntheticSchedule(
  sessionId: number,
  control: ControlState | ControlTimeline,
  untilTs: number,
): readonly Parent[] {
  const timeline = "preset_id" in control ? fixedTimeline(control) : control;
  const session = sessionById(sessionId);
  const clock = session.loop > 0 ? "loop" : "et";
  const schedule = new SessionSchedule(new SessionMarket(session, timeline, clock));
  schedule.extendTo(untilTs);
  return schedule.parents.filter(({ ts }) => ts < untilTs);
}
