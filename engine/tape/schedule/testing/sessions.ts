import {
  type ControlState,
  DEFAULT_CONTROL,
  fixedTimeline,
  sessionById,
  SessionMarket,
} from "../../../regime/mod.ts";
import { SessionSchedule } from "../session_schedule.ts";

/** Exchange sessions of two ordinary weeks, so that every weekday is among them. */
export const TEST_SESSIONS: readonly number[] = [
  202601140,
  202601150,
  202601160,
  202601200,
  202601210,
  202601220,
  202601230,
  202601260,
  202601270,
  202601280,
];

/** The default control state with some fields changed. */
export function controlWith(change: Partial<ControlState> = {}): ControlState {
  return { ...DEFAULT_CONTROL, ...change };
}

/** An unbuilt schedule of a session under one control state. */
export function scheduleOf(sessionId: number, control: ControlState): SessionSchedule {
  return new SessionSchedule(
    new SessionMarket(sessionById(sessionId), fixedTimeline(control), "et"),
  );
}

/** Built schedules of the first `count` sessions, each with its own seed from 11 on. */
export function* builtSchedules(
  count: number,
  change: Partial<ControlState> = {},
): Generator<SessionSchedule> {
  for (let i = 0; i < count; i++) {
    const sessionId = TEST_SESSIONS[i % TEST_SESSIONS.length] ?? 0;
    const schedule = scheduleOf(sessionId, controlWith({ shared_seed: 11 + i, ...change }));
    schedule.extendTo(Infinity);
    yield schedule;
  }
}
