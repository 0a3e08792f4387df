import { log } from "../../dmath/mod.ts";
import { extend, mix, prefix, type PresetId, tag, toUnit } from "../../regime/mod.ts";
import { isBusySpell } from "../spells.ts";

/** Parents per minute before the intraday shape and follow-ons. */
const BASE_PER_MINUTE: Readonly<Record<PresetId, number>> = {
  balanced_demo: 2.2,
  event_day: 2.6,
  dealer_day: 2.5,
  retail_chase: 3,
  quiet_range: 1.5,
};

const PARENT = tag("par");
const FIRES = tag("par.fire");
const BUSY = tag("par.busy");
const FOLLOW = tag("par.follow");
const BUSY_CELL_MS = 97_000;
const BUSY_SHARE = 0.35;
const FOLLOW_SHARE = 0.22;
const FOLLOW_LEAST_MS = 2_000;
const FOLLOW_MEAN_MS = 38_000;

/** When a parent starts, and the number that seeds everything about it. */
export interface Slot {
  /** Epoch ms of the first print. */
  readonly ts: number;
  /** Unsigned 32-bit; the same whatever families were drawn before. */
  readonly key: number;
}

/** Activity at an instant, epoch ms: mostly 0.55, in busy spells of 150 s on average 1.9. */
export function slotActivity(seed: number, sessionId: number, tsMs: number): number {
  const draws = prefix(seed, PARENT, BUSY, sessionId);
  return isBusySpell(draws, tsMs, BUSY_CELL_MS, BUSY_SHARE) ? 1.9 : 0.55;
}

/** Parents per minute at a second; `shape`: intraday volume shape, 0.62 … 1.92. */
export function slotRate(preset: PresetId, shape: number, busy: number): number {
  return BASE_PER_MINUTE[preset] * (0.75 + 0.25 * 0.6 * shape / 0.62) * busy;
}

/**
 * The slot that a second starts by itself, or null.
 *
 * @param second Seconds since the open. @param perMinute Rate from {@link slotRate}.
 */
export function rootSlot(
  seed: number,
  sessionId: number,
  openTs: number,
  second: number,
  perMinute: number,
): Slot | null {
  const state = prefix(seed, PARENT, FIRES, sessionId, second);
  if (toUnit(extend(state, 0)) >= perMinute / 60) return null;
  return {
    ts: openTs + second * 1_000 + Math.floor(toUnit(extend(state, 1)) * 1_000),
    key: second,
  };
}

/** The slot that a parent draws after itself, or null: one in 4.5 does, 2 s plus 38 s on average later. */
export function followOnSlot(seed: number, sessionId: number, slot: Slot): Slot | null {
  const state = prefix(seed, PARENT, FOLLOW, sessionId, slot.key);
  if (toUnit(extend(state, 0)) >= FOLLOW_SHARE) return null;
  const wait = -log(1 - toUnit(extend(state, 1))) * FOLLOW_MEAN_MS;
  return { ts: slot.ts + FOLLOW_LEAST_MS + Math.floor(wait), key: mix(slot.key, FOLLOW) };
}
